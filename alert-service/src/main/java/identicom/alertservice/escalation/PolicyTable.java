package identicom.alertservice.escalation;

import identicom.alertservice.escalation.Policy.Level;
import identicom.alertservice.escalation.Policy.Member;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Rows of policies, contact groups and assignments. Whoever writes takes {@link #lock} first: they name each other. */
final class PolicyTable {

    private static final long POLICIES_LOCK = 0x1DE27_0003L;

    private PolicyTable() {}

    static void lock(Connection tx) throws SQLException {
        try (PreparedStatement lock = tx.prepareStatement("select pg_advisory_xact_lock(?)")) {
            lock.setLong(1, POLICIES_LOCK);
            lock.execute();
        }
    }

    /** By name, in its order; of one name where one is given. */
    static Map<String, List<Level>> policies(Connection tx, @Nullable String name) throws SQLException {
        Map<String, List<Level>> policies = new TreeMap<>();
        documents(tx, "select name, levels from alerts.escalation_policy", name)
                .forEach((its, json) -> policies.put(its, Policy.levels(json)));
        return policies;
    }

    /** As they are stored: one that cannot be read stands in no other's way. Names that there are not are absent. */
    static Map<String, String> documents(Connection tx, Collection<String> names) throws SQLException {
        Map<String, String> documents = new TreeMap<>();
        String sql = "select name, levels from alerts.escalation_policy where name = any(?)";
        try (PreparedStatement query = tx.prepareStatement(sql)) {
            query.setArray(1, tx.createArrayOf("text", names.toArray()));
            try (ResultSet row = query.executeQuery()) {
                while (row.next()) {
                    documents.put(row.getString(1), row.getString(2));
                }
            }
        }
        return documents;
    }

    static Map<String, List<Member>> groups(Connection tx, @Nullable String name) throws SQLException {
        Map<String, List<Member>> groups = new TreeMap<>();
        documents(tx, "select name, members from alerts.contact_group", name)
                .forEach((its, json) -> groups.put(its, Policy.members(json)));
        return groups;
    }

    private static Map<String, String> documents(Connection tx, String select, @Nullable String name)
            throws SQLException {
        Map<String, String> documents = new TreeMap<>();
        try (PreparedStatement query = tx.prepareStatement(select + (name == null ? "" : " where name = ?"))) {
            if (name != null) {
                query.setString(1, name);
            }
            try (ResultSet row = query.executeQuery()) {
                while (row.next()) {
                    documents.put(row.getString(1), row.getString(2));
                }
            }
        }
        return documents;
    }

    static void putPolicy(Connection tx, String name, List<Level> levels) throws SQLException {
        put(
                tx,
                "insert into alerts.escalation_policy (name, levels) values (?, ?::jsonb)"
                        + " on conflict (name) do update set levels = excluded.levels",
                name,
                levels);
    }

    static void putGroup(Connection tx, String name, List<Member> members) throws SQLException {
        put(
                tx,
                "insert into alerts.contact_group (name, members) values (?, ?::jsonb)"
                        + " on conflict (name) do update set members = excluded.members",
                name,
                members);
    }

    private static void put(Connection tx, String sql, String name, Object document) throws SQLException {
        try (PreparedStatement put = tx.prepareStatement(sql)) {
            put.setString(1, name);
            put.setString(2, Policy.json(document));
            put.executeUpdate();
        }
    }

    static boolean deletePolicy(Connection tx, String name) throws SQLException {
        return delete(tx, "delete from alerts.escalation_policy where name = ?", name);
    }

    static boolean deleteGroup(Connection tx, String name) throws SQLException {
        return delete(tx, "delete from alerts.contact_group where name = ?", name);
    }

    private static boolean delete(Connection tx, String sql, String name) throws SQLException {
        try (PreparedStatement delete = tx.prepareStatement(sql)) {
            delete.setString(1, name);
            return delete.executeUpdate() > 0;
        }
    }

    static List<Assignment> assignments(Connection tx) throws SQLException {
        String sql = "select serial, site, kind, policy from alerts.escalation_assignment order by ordinal";
        try (PreparedStatement query = tx.prepareStatement(sql)) {
            return read(query);
        }
    }

    /** Those that may apply to alerts of these units, sites and kinds. */
    static List<Assignment> assignments(
            Connection tx, Collection<String> serials, Collection<String> sites, Collection<String> kinds)
            throws SQLException {
        String sql = """
                select serial, site, kind, policy from alerts.escalation_assignment
                 where (serial is null or serial = any(?)) and (site is null or site = any(?))
                   and (kind is null or kind = any(?))""";
        try (PreparedStatement query = tx.prepareStatement(sql)) {
            query.setArray(1, tx.createArrayOf("text", serials.toArray()));
            query.setArray(2, tx.createArrayOf("text", sites.toArray()));
            query.setArray(3, tx.createArrayOf("text", kinds.toArray()));
            return read(query);
        }
    }

    private static List<Assignment> read(PreparedStatement query) throws SQLException {
        List<Assignment> assignments = new ArrayList<>();
        try (ResultSet row = query.executeQuery()) {
            while (row.next()) {
                assignments.add(new Assignment(
                        row.getString("serial"),
                        row.getString("site"),
                        row.getString("kind"),
                        row.getString("policy")));
            }
        }
        return assignments;
    }

    static void replaceAssignments(Connection tx, List<Assignment> assignments) throws SQLException {
        String sql =
                "insert into alerts.escalation_assignment (ordinal, serial, site, kind, policy) values (?, ?, ?, ?, ?)";
        try (PreparedStatement delete = tx.prepareStatement("delete from alerts.escalation_assignment");
                PreparedStatement insert = tx.prepareStatement(sql)) {
            delete.executeUpdate();
            int ordinal = 0;
            for (Assignment assignment : assignments) {
                insert.setInt(1, ordinal++);
                insert.setString(2, assignment.serial());
                insert.setString(3, assignment.site());
                insert.setString(4, assignment.kind());
                insert.setString(5, assignment.policy());
                insert.addBatch();
            }
            insert.executeBatch();
        }
    }
}
