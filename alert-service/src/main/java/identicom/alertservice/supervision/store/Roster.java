package identicom.alertservice.supervision.store;

import identicom.alertservice.supervision.rule.Distress;
import identicom.alertservice.supervision.rule.Journal;
import identicom.alertservice.supervision.rule.Plan;
import identicom.alertservice.supervision.rule.Power;
import identicom.alertservice.supervision.rule.Unit;
import identicom.alertservice.supervision.rule.Watch;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The supervised units. Rows are read with a lock, changed by the rules, and written: two statements a batch, and the
 * rules stand in one place. Locks are taken in the order of the serials; the sweep takes none that is held.
 */
public final class Roster {

    static final String COLUMNS = """
            serial, site, network, interval_s, grace_s, commissioned, unit_version, heard_us, due_us, overdue_us, alone,
            missed_in, session, opened_us, session_over, phase, off_session, log_id, sequence, older_logs, distress,
            distress_log_id, distress_sequence""";

    private static final String INSERT = """
            insert into alerts.supervised as s (%1$s)
            select %1$s
              from unnest(?::text[], ?::text[], ?::text[], ?::int[], ?::int[], ?::boolean[], ?::bigint[], ?::bigint[],
                          ?::bigint[], ?::bigint[], ?::boolean[], ?::bigint[], ?::text[], ?::bigint[], ?::boolean[],
                          ?::smallint[], ?::text[], ?::int[], ?::bigint[], ?::text[], ?::smallint[], ?::int[], ?::bigint[])
                   as n (%1$s)
             order by serial""".formatted(COLUMNS);

    private static final String OR_UPDATE = " on conflict (serial) do update set "
            + Stream.of(COLUMNS.split(",\\s*"))
                    .skip(1)
                    .map(column -> column + " = excluded." + column)
                    .collect(Collectors.joining(", "));

    private Roster() {}

    /** Those of them that are known, locked. */
    public static Map<String, Unit> lock(Connection tx, Collection<String> serials) throws SQLException {
        String sql =
                "select " + COLUMNS + " from alerts.supervised where serial = any(?) order by serial for no key update";
        try (PreparedStatement query = tx.prepareStatement(sql)) {
            query.setArray(1, tx.createArrayOf("text", serials.toArray()));
            Map<String, Unit> units = new LinkedHashMap<>();
            read(query).forEach(unit -> units.put(unit.serial(), unit));
            return units;
        }
    }

    /** Whose deadline is not later than this, earliest first, locked; without those of which there is news just now. */
    public static List<Unit> due(Connection tx, long us, int atMost) throws SQLException {
        String sql = "select " + COLUMNS
                + " from alerts.supervised where due_us <= ? order by due_us limit ? for no key update skip locked";
        try (PreparedStatement query = tx.prepareStatement(sql)) {
            query.setLong(1, us);
            query.setInt(2, atMost);
            return read(query);
        }
    }

    /** Told of as missing by themselves, with a deadline after this, not named by a loss; locked. */
    public static List<Unit> missingSince(Connection tx, long us, int atMost) throws SQLException {
        String sql = "select " + COLUMNS + """
                 from alerts.supervised
                where overdue_us > ? and alone and missed_in is null
                order by overdue_us limit ? for no key update skip locked""";
        try (PreparedStatement query = tx.prepareStatement(sql)) {
            query.setLong(1, us);
            query.setInt(2, atMost);
            return read(query);
        }
    }

    private static List<Unit> read(PreparedStatement query) throws SQLException {
        List<Unit> units = new ArrayList<>();
        try (ResultSet row = query.executeQuery()) {
            while (row.next()) {
                units.add(unit(row));
            }
        }
        return units;
    }

    static Unit unit(ResultSet row) throws SQLException {
        return new Unit(
                row.getString("serial"),
                new Plan(
                        row.getString("site"),
                        row.getInt("interval_s"),
                        row.getInt("grace_s"),
                        row.getBoolean("commissioned"),
                        row.getLong("unit_version")),
                row.getString("network"),
                new Watch(
                        Columns.longOrNull(row, "heard_us"),
                        Columns.longOrNull(row, "due_us"),
                        Columns.longOrNull(row, "overdue_us"),
                        row.getBoolean("alone"),
                        Columns.longOrNull(row, "missed_in")),
                new Power(
                        Power.Phase.values()[row.getInt("phase")],
                        row.getString("off_session"),
                        row.getString("session"),
                        row.getLong("opened_us"),
                        row.getBoolean("session_over")),
                new Journal(row.getInt("log_id"), row.getLong("sequence"), numbers(row.getString("older_logs"))),
                Distress.values()[row.getInt("distress")],
                new Journal.Place(row.getInt("distress_log_id"), row.getLong("distress_sequence")));
    }

    /** Writes units whose rows are locked. */
    public static void write(Connection tx, Collection<Unit> changed) throws SQLException {
        write(tx, changed, INSERT + OR_UPDATE);
    }

    /**
     * Writes units that had no row, which nobody can lock.
     *
     * @throws SQLException unique violation (23505): somebody else was first, all of the transaction is to be done again
     */
    public static void add(Connection tx, Collection<Unit> fresh) throws SQLException {
        write(tx, fresh, INSERT);
    }

    private static void write(Connection tx, Collection<Unit> changed, String sql) throws SQLException {
        if (changed.isEmpty()) {
            return;
        }
        List<Unit> units =
                changed.stream().sorted(Comparator.comparing(Unit::serial)).toList();
        try (PreparedStatement write = tx.prepareStatement(sql)) {
            new Columns(tx, write, 0)
                    .add("text", units, Unit::serial)
                    .add("text", units, unit -> unit.plan().site())
                    .add("text", units, Unit::network)
                    .add("int4", units, unit -> unit.plan().intervalSeconds())
                    .add("int4", units, unit -> unit.plan().graceSeconds())
                    .add("bool", units, unit -> unit.plan().commissioned())
                    .add("int8", units, unit -> unit.plan().version())
                    .add("int8", units, unit -> unit.watch().heardUs())
                    .add("int8", units, unit -> unit.watch().dueUs())
                    .add("int8", units, unit -> unit.watch().overdueUs())
                    .add("bool", units, unit -> unit.watch().alone())
                    .add("int8", units, unit -> unit.watch().missedIn())
                    .add("text", units, unit -> unit.power().session())
                    .add("int8", units, unit -> unit.power().openedUs())
                    .add("bool", units, unit -> unit.power().over())
                    .add("int2", units, unit -> (short) unit.power().phase().ordinal())
                    .add("text", units, unit -> unit.power().offSession())
                    .add("int4", units, unit -> unit.journal().logId())
                    .add("int8", units, unit -> unit.journal().sequence())
                    .add("text", units, unit -> text(unit.journal().olderLogs()))
                    .add("int2", units, unit -> (short) unit.distress().ordinal())
                    .add("int4", units, unit -> unit.distressAt().logId())
                    .add("int8", units, unit -> unit.distressAt().sequence());
            write.executeUpdate();
        }
    }

    private static String text(List<Integer> numbers) {
        return numbers.stream().map(String::valueOf).collect(Collectors.joining(","));
    }

    private static List<Integer> numbers(String text) {
        return text.isEmpty()
                ? List.of()
                : Stream.of(text.split(",")).map(Integer::valueOf).toList();
    }
}
