package identicom.alertservice.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.UUID;

/** Rows of {@code alerts.presence}: which instance last served whom a live stream of alerts. */
final class PresenceTable {

    /** Somebody seen at most this long ago has a live stream: each instance writes it every five seconds. */
    static final Duration PRESENT = Duration.ofSeconds(15);

    private static final Duration KEPT = Duration.ofHours(1);

    private PresenceTable() {}

    static boolean present(Connection tx, String user, Instant now) throws SQLException {
        String sql = "select exists (select from alerts.presence where user_name = ? and seen_at > ?)";
        try (PreparedStatement query = tx.prepareStatement(sql)) {
            query.setString(1, user);
            Rows.set(query, 2, now.minus(PRESENT));
            try (ResultSet row = query.executeQuery()) {
                row.next();
                return row.getBoolean(1);
            }
        }
    }

    static boolean anybody(Connection tx, Instant now) throws SQLException {
        try (PreparedStatement query =
                tx.prepareStatement("select exists (select from alerts.presence where seen_at > ?)")) {
            Rows.set(query, 1, now.minus(PRESENT));
            try (ResultSet row = query.executeQuery()) {
                row.next();
                return row.getBoolean(1);
            }
        }
    }

    static void seen(Connection tx, UUID instance, Collection<String> users, Instant now) throws SQLException {
        String sql = """
                insert into alerts.presence (user_name, instance, seen_at) select name, ?, ? from unnest(?) as u (name)
                on conflict (user_name, instance) do update set seen_at = excluded.seen_at""";
        try (PreparedStatement insert = tx.prepareStatement(sql);
                PreparedStatement old = tx.prepareStatement("delete from alerts.presence where seen_at < ?")) {
            insert.setObject(1, instance);
            Rows.set(insert, 2, now);
            insert.setArray(3, Rows.texts(tx, users));
            insert.executeUpdate();
            Rows.set(old, 1, now.minus(KEPT));
            old.executeUpdate();
        }
    }
}
