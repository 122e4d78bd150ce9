package identicom.alertservice.supervision.store;

import identicom.alertservice.supervision.rule.Gap;
import identicom.alertservice.supervision.rule.Process.Jump;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** Clocks that jumped, until the deadlines have been put right; and the stretches of time that excuse a unit. */
public final class Jumps {

    /** @param foundUs the database's clock */
    public record Found(long id, Jump jump, long foundUs) {}

    /** Rows changed at once where deadlines are brought back. */
    private static final int CHUNK = 20_000;

    private Jumps() {}

    static void found(Connection tx, List<Jump> jumps, long nowUs) throws SQLException {
        if (jumps.isEmpty()) {
            return;
        }
        String sql = """
                insert into alerts.clock_jump (station, started_us, uptime_us, from_us, to_us, found_us)
                values (?, ?, ?, ?, ?, ?) on conflict do nothing""";
        try (PreparedStatement insert = tx.prepareStatement(sql)) {
            for (Jump jump : jumps) {
                insert.setString(1, jump.station());
                insert.setLong(2, jump.startedUs());
                insert.setLong(3, jump.uptimeUs());
                insert.setLong(4, jump.fromUs());
                insert.setLong(5, jump.toUs());
                insert.setLong(6, nowUs);
                insert.addBatch();
            }
            insert.executeBatch();
        }
    }

    /** Those not put right yet, oldest first. */
    public static List<Found> open(Connection tx) throws SQLException {
        List<Found> all = new ArrayList<>();
        try (PreparedStatement query =
                        tx.prepareStatement("select * from alerts.clock_jump where not done order by id limit 100");
                ResultSet row = query.executeQuery()) {
            while (row.next()) {
                Jump jump = new Jump(
                        row.getString("station"),
                        row.getLong("started_us"),
                        row.getLong("uptime_us"),
                        row.getLong("from_us"),
                        row.getLong("to_us"));
                all.add(new Found(row.getLong("id"), jump, row.getLong("found_us")));
            }
        }
        return all;
    }

    public static void done(Connection tx, Found found) throws SQLException {
        try (PreparedStatement update = tx.prepareStatement("update alerts.clock_jump set done = true where id = ?")) {
            update.setLong(1, found.id());
            update.executeUpdate();
        }
    }

    /**
     * The clock was put back: no unit was heard after what it says now, and no deadline is further away than a unit's
     * whole span. One that was put off because this clock had been put on is again what it was. A chunk of the units
     * after this serial.
     *
     * @return the last serial of the chunk; empty: that was all
     */
    public static String bringBack(Connection tx, String station, long toUs, String after) throws SQLException {
        String sql = """
                with chunk as (
                    select serial from alerts.supervised where serial > ? order by serial limit ? for no key update),
                changed as (
                    update alerts.supervised s
                       set heard_us = least(s.heard_us, ?),
                           opened_us = least(s.opened_us, ?),
                           due_us = least(
                               case when s.due_us - (s.interval_s + s.grace_s) * 1000000::bigint
                                         in (select to_us from alerts.gap where cause = 'clock' and station = ?)
                                    then s.heard_us + (s.interval_s + s.grace_s) * 1000000::bigint else s.due_us end,
                               ? + (s.interval_s + s.grace_s) * 1000000::bigint),
                           overdue_us = least(s.overdue_us, ?)
                      from chunk
                     where s.serial = chunk.serial
                       and (s.heard_us > ? or s.due_us > ? + (s.interval_s + s.grace_s) * 1000000::bigint))
                select coalesce(max(serial), '') as last from chunk""";
        try (PreparedStatement update = tx.prepareStatement(sql)) {
            update.setString(1, after);
            update.setInt(2, CHUNK);
            update.setLong(3, toUs);
            update.setLong(4, toUs);
            update.setString(5, station);
            for (int at = 6; at <= 9; at++) {
                update.setLong(at, toUs);
            }
            try (ResultSet row = update.executeQuery()) {
                row.next();
                return row.getString("last");
            }
        }
    }

    /** Nobody could be heard in it. One that goes on grows. */
    public static void unheard(Connection tx, Gap gap) throws SQLException {
        add(tx, gap, "");
    }

    /** The station's clock was put on: this stretch of its time was none. */
    public static void skipped(Connection tx, String station, long fromUs, long toUs) throws SQLException {
        add(tx, new Gap(fromUs, toUs, true), station);
    }

    private static void add(Connection tx, Gap gap, String station) throws SQLException {
        String sql = """
                insert into alerts.gap as g (from_us, to_us, cause, station) values (?, ?, ?, ?)
                on conflict (from_us, cause, station) do update set to_us = excluded.to_us where g.to_us < excluded.to_us""";
        try (PreparedStatement insert = tx.prepareStatement(sql)) {
            insert.setLong(1, gap.fromUs());
            insert.setLong(2, gap.toUs());
            insert.setString(3, gap.jump() ? "clock" : "unheard");
            insert.setString(4, station);
            insert.executeUpdate();
        }
    }

    /** The station's clock was put back: what it had skipped ends earlier by as much, or was never skipped. */
    public static void unskipped(Connection tx, Jump back) throws SQLException {
        String later = " where cause = 'clock' and station = ? and to_us > ?";
        try (PreparedStatement shorten = tx.prepareStatement("update alerts.gap set to_us = to_us - ?" + later);
                PreparedStatement delete = tx.prepareStatement(
                        "delete from alerts.gap where cause = 'clock' and station = ? and to_us <= from_us")) {
            shorten.setLong(1, back.fromUs() - back.toUs());
            shorten.setString(2, back.station());
            shorten.setLong(3, back.toUs());
            shorten.executeUpdate();
            delete.setString(1, back.station());
            delete.executeUpdate();
        }
    }

    /**
     * Those that end after this. Of the skipped ones only those that the watermark has skipped too: while another station
     * holds it before their end, no unit's deadline has been skipped.
     */
    public static List<Gap> gaps(Connection tx, long sinceUs, long watermarkUs) throws SQLException {
        List<Gap> gaps = new ArrayList<>();
        String sql = "select * from alerts.gap where to_us > ? and (cause <> 'clock' or to_us <= ?)";
        try (PreparedStatement query = tx.prepareStatement(sql)) {
            query.setLong(1, sinceUs);
            query.setLong(2, watermarkUs);
            try (ResultSet row = query.executeQuery()) {
                while (row.next()) {
                    gaps.add(new Gap(
                            row.getLong("from_us"),
                            row.getLong("to_us"),
                            row.getString("cause").equals("clock")));
                }
            }
        }
        return gaps;
    }

    /** What lies so far back that no unit's span reaches there. */
    public static void forget(Connection tx, long watermarkUs) throws SQLException {
        long back = Stations.LONG_AGO_US;
        try (PreparedStatement gaps = tx.prepareStatement("delete from alerts.gap where to_us < ?");
                PreparedStatement jumps =
                        tx.prepareStatement("delete from alerts.clock_jump where done and to_us < ?")) {
            gaps.setLong(1, watermarkUs - back);
            gaps.executeUpdate();
            jumps.setLong(1, watermarkUs - back);
            jumps.executeUpdate();
        }
    }
}
