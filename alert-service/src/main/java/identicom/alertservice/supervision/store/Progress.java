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

    /** @param sweptUs the database's clock */
    public record State(@Nullable Long watermarkUs, long sweptUs, boolean paused) {}

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
                    Columns.longOrNull(row, "watermark_us"), row.getLong("swept_us"), row.getBoolean("paused"));
        }
    }

    public static void write(Connection tx, State state) throws SQLException {
        try (PreparedStatement update =
                tx.prepareStatement("update alerts.sweep set watermark_us = ?, swept_us = ?, paused = ?")) {
            update.setObject(1, state.watermarkUs(), Types.BIGINT);
            update.setLong(2, state.sweptUs());
            update.setBoolean(3, state.paused());
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
