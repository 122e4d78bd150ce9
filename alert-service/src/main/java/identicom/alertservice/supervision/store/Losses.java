package identicom.alertservice.supervision.store;

import identicom.alertservice.supervision.rule.Group;
import identicom.alertservice.supervision.rule.Unit;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Mass losses, and how many of each group are missing and met their deadline. */
public final class Losses {

    /**
     * @param alert null: it was not told of yet
     * @param told how many of those it named its alert says were heard again
     * @param remaining how many of those it named are still missing
     */
    public record Open(
            long id, Group group, @Nullable UUID alert, long named, long told, long remaining, boolean alertClosed) {}

    private Losses() {}

    public static List<Open> open(Connection tx) throws SQLException {
        String sql = """
                select l.id, l.scope, l.name, l.alert_id, l.named, l.heard,
                       (select count(*) from alerts.supervised s where s.missed_in = l.id) as remaining,
                       coalesce((select a.state = 'closed' from alerts.alert a where a.id = l.alert_id), false) as closed
                  from alerts.mass_loss l where l.back_us is null order by l.id""";
        List<Open> all = new ArrayList<>();
        try (PreparedStatement query = tx.prepareStatement(sql);
                ResultSet row = query.executeQuery()) {
            while (row.next()) {
                all.add(new Open(
                        row.getLong("id"),
                        group(row),
                        row.getObject("alert_id", UUID.class),
                        row.getLong("named"),
                        row.getLong("heard"),
                        row.getLong("remaining"),
                        row.getBoolean("closed")));
            }
        }
        return all;
    }

    private static Group group(ResultSet row) throws SQLException {
        return new Group(Group.Scope.valueOf(row.getString("scope")), row.getString("name"));
    }

    /** Since when each group's open loss is. */
    public static Map<Group, Long> openSince(Connection tx) throws SQLException {
        Map<Group, Long> since = new HashMap<>();
        try (PreparedStatement query = tx.prepareStatement("select * from alerts.mass_loss where back_us is null");
                ResultSet row = query.executeQuery()) {
            while (row.next()) {
                since.put(group(row), row.getLong("since_us"));
            }
        }
        return since;
    }

    /** Its alert says now that so many of those named were heard again. */
    public static void told(Connection tx, long loss, long heard) throws SQLException {
        try (PreparedStatement update = tx.prepareStatement("update alerts.mass_loss set heard = ? where id = ?")) {
            update.setLong(1, heard);
            update.setLong(2, loss);
            update.executeUpdate();
        }
    }

    /** The group's open loss, or a new one; it names this many more. @param anew it begins now, though it is open */
    public static long naming(Connection tx, Group group, int more, long watermarkUs, boolean anew)
            throws SQLException {
        String sql = """
                insert into alerts.mass_loss as l (scope, name, named, since_us) values (?, ?, ?, ?)
                on conflict (scope, name) where back_us is null do update
                   set named = l.named + excluded.named, since_us = case when ? then excluded.since_us else l.since_us end
                returning id""";
        try (PreparedStatement upsert = tx.prepareStatement(sql)) {
            upsert.setString(1, group.scope().name());
            upsert.setString(2, group.name());
            upsert.setInt(3, more);
            upsert.setLong(4, watermarkUs);
            upsert.setBoolean(5, anew);
            try (ResultSet row = upsert.executeQuery()) {
                row.next();
                return row.getLong(1);
            }
        }
    }

    /** Which alert tells of it: of a row that this transaction has written, so it waits for nobody. */
    public static void toldBy(Connection tx, long loss, UUID alert) throws SQLException {
        try (PreparedStatement update = tx.prepareStatement("update alerts.mass_loss set alert_id = ? where id = ?")) {
            update.setObject(1, alert);
            update.setLong(2, loss);
            update.executeUpdate();
        }
    }

    public static void back(Connection tx, long loss, long watermarkUs) throws SQLException {
        try (PreparedStatement update = tx.prepareStatement("update alerts.mass_loss set back_us = ? where id = ?")) {
            update.setLong(1, watermarkUs);
            update.setLong(2, loss);
            update.executeUpdate();
        }
    }

    /** Who is still missing of a loss that is over has an interval and a grace from now on. @return how many got it */
    public static int restart(Connection tx, long watermarkUs, int atMost) throws SQLException {
        String sql = """
                update alerts.supervised s
                   set due_us = case when s.alone then null
                                     else ? + (s.interval_s + s.grace_s) * 1000000::bigint end,
                       missed_in = null
                  from (select serial from alerts.supervised
                         where missed_in in (select id from alerts.mass_loss where back_us is not null)
                         order by serial limit ? for no key update skip locked) as who
                 where s.serial = who.serial""";
        try (PreparedStatement update = tx.prepareStatement(sql)) {
            update.setLong(1, watermarkUs);
            update.setInt(2, atMost);
            return update.executeUpdate();
        }
    }

    /** Of each group, how many missed a deadline after this and are still missing. */
    public static Map<Group, Long> missing(Connection tx, long sinceUs) throws SQLException {
        return count(tx, "overdue_us > ?", sinceUs);
    }

    /** Of each group, how many were heard after this and are not missing. */
    public static Map<Group, Long> met(Connection tx, long sinceUs) throws SQLException {
        return count(tx, "heard_us > ? and overdue_us is null", sinceUs);
    }

    private static Map<Group, Long> count(Connection tx, String condition, long sinceUs) throws SQLException {
        String sql = "select network, site, count(*) from alerts.supervised where " + condition + " group by 1, 2";
        Map<Group, Long> counts = new HashMap<>();
        try (PreparedStatement query = tx.prepareStatement(sql)) {
            query.setLong(1, sinceUs);
            try (ResultSet row = query.executeQuery()) {
                while (row.next()) {
                    long count = row.getLong(3);
                    Group.of(row.getString(1), row.getString(2))
                            .forEach(group -> counts.merge(group, count, Long::sum));
                }
            }
        }
        return counts;
    }

    /** Those of them that have an emergency of their own which is not closed. */
    public static Set<String> inEmergency(Connection tx, Collection<Unit> units) throws SQLException {
        String sql = """
                select serial from alerts.alert
                 where serial = any(?::text[]) and state <> 'closed' and not test and kind <> 'missed-check-in'""";
        Set<String> serials = new HashSet<>();
        try (PreparedStatement query = tx.prepareStatement(sql)) {
            query.setArray(
                    1, tx.createArrayOf("text", units.stream().map(Unit::serial).toArray()));
            try (ResultSet row = query.executeQuery()) {
                while (row.next()) {
                    serials.add(row.getString(1));
                }
            }
        }
        return serials;
    }
}
