package identicom.alertservice.supervision.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How far the sweep is, and which stations people were told of. One instance sweeps at a time. */
public final class Progress {

    private static final long SWEEP_LOCK = 0x1DE27_0004L;
    private static final long SHORTEST_US = 60_000_000;

    /**
     * @param sweptUs the database's clock
     * @param inStepUs the watermark from before which all topics are known to have been read; null: not yet
     * @param inStepSeenUs the database's clock when that was found, or when nobody had looked before
     */
    public record State(
            @Nullable Long watermarkUs,
            long sweptUs,
            boolean paused,
            @Nullable Long inStepUs,
            long inStepSeenUs) {

        /**
         * What a unit said before it fell silent, and what was said of it, is known for deadlines up to this one; null: for
         * none. No interval is shorter than a minute, so it said so a minute before its deadline at least.
         */
        public @Nullable Long judgedUs() {
            return watermarkUs == null || inStepUs == null ? null : Math.min(watermarkUs, inStepUs + SHORTEST_US);
        }

        public boolean behind() {
            Long judged = judgedUs();
            return watermarkUs != null && (judged == null || judged < watermarkUs);
        }
    }

    private Progress() {}

    /** Whether this transaction may sweep. */
    public static boolean mine(Connection tx) throws SQLException {
        try (PreparedStatement query = tx.prepareStatement("select pg_try_advisory_xact_lock(?)")) {
            query.setLong(1, SWEEP_LOCK);
            try (ResultSet row = query.executeQuery()) {
                row.next();
                return row.getBoolean(1);
            }
        }
    }

    public static State state(Connection tx) throws SQLException {
        try (PreparedStatement query = tx.prepareStatement("select * from alerts.sweep");
                ResultSet row = query.executeQuery()) {
            row.next();
            return new State(
                    Columns.longOrNull(row, "watermark_us"),
                    row.getLong("swept_us"),
                    row.getBoolean("paused"),
                    Columns.longOrNull(row, "in_step_us"),
                    row.getLong("in_step_seen_us"));
        }
    }

    public static void write(Connection tx, @Nullable Long watermarkUs, long nowUs, boolean paused)
            throws SQLException {
        try (PreparedStatement update =
                tx.prepareStatement("update alerts.sweep set watermark_us = ?, swept_us = ?, paused = ?")) {
            update.setObject(1, watermarkUs, Types.BIGINT);
            update.setLong(2, nowUs);
            update.setBoolean(3, paused);
            update.executeUpdate();
        }
    }

    /** Somebody is sweeping still. */
    public static void sweeping(Connection tx, long nowUs) throws SQLException {
        set(tx, "update alerts.sweep set swept_us = ?", nowUs);
    }

    /** All topics have been read to where they ended when the watermark was this; unless it was put back since. */
    public static void inStep(Connection tx, long watermarkUs, long nowUs) throws SQLException {
        String sql = "update alerts.sweep set in_step_us = ?, in_step_seen_us = ? where watermark_us >= ?";
        set(tx, sql, watermarkUs, nowUs, watermarkUs);
    }

    /** Nobody has looked for a while: how long topics lag is measured from now on. */
    public static void stepFromNow(Connection tx, long nowUs) throws SQLException {
        set(tx, "update alerts.sweep set in_step_seen_us = ?", nowUs);
    }

    /** A clock that everything went by was put back to this. */
    public static void putBack(Connection tx, long us) throws SQLException {
        set(
                tx,
                "update alerts.sweep set watermark_us = least(watermark_us, ?), in_step_us = least(in_step_us, ?)",
                us,
                us);
    }

    private static void set(Connection tx, String sql, long... values) throws SQLException {
        try (PreparedStatement update = tx.prepareStatement(sql)) {
            for (int i = 0; i < values.length; i++) {
                update.setLong(i + 1, values[i]);
            }
            update.executeUpdate();
        }
    }

    /** Remembers which stations are blind. @return those that were not before */
    public static List<String> blind(Connection tx, List<String> stations, long nowUs) throws SQLException {
        try (PreparedStatement delete =
                        tx.prepareStatement("delete from alerts.blind where not (station = any(?::text[]))");
                PreparedStatement insert = tx.prepareStatement("""
                        insert into alerts.blind (station, since_us) select unnest(?::text[]), ?
                        on conflict do nothing returning station""")) {
            delete.setArray(1, tx.createArrayOf("text", stations.toArray()));
            delete.executeUpdate();
            insert.setArray(1, tx.createArrayOf("text", stations.toArray()));
            insert.setLong(2, nowUs);
            return names(insert);
        }
    }

    public static List<String> blind(Connection tx) throws SQLException {
        try (PreparedStatement query = tx.prepareStatement("select station from alerts.blind order by station")) {
            return names(query);
        }
    }

    private static List<String> names(PreparedStatement query) throws SQLException {
        List<String> names = new ArrayList<>();
        try (ResultSet row = query.executeQuery()) {
            while (row.next()) {
                names.add(row.getString(1));
            }
        }
        return names;
    }
}
