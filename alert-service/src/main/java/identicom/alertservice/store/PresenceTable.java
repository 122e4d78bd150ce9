package identicom.alertservice.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Rows of {@code alerts.presence}: when an instance last had a sign of whom on a live stream of alerts. */
final class PresenceTable {

    private static final Duration KEPT = Duration.ofHours(1);

    private PresenceTable() {}

    static boolean present(Connection tx, String user, Instant now) throws SQLException {
        String sql = "select exists (select from alerts.presence where user_name = ? and seen_at > ?)";
        try (PreparedStatement query = tx.prepareStatement(sql)) {
            query.setString(1, user);
            Rows.set(query, 2, now.minus(PresenceLog.PRESENT));
            try (ResultSet row = query.executeQuery()) {
                row.next();
                return row.getBoolean(1);
            }
        }
    }

    static boolean anybody(Connection tx, Instant now) throws SQLException {
        try (PreparedStatement query =
                tx.prepareStatement("select exists (select from alerts.presence where seen_at > ?)")) {
            Rows.set(query, 1, now.minus(PresenceLog.PRESENT));
            try (ResultSet row = query.executeQuery()) {
                row.next();
                return row.getBoolean(1);
            }
        }
    }

    static void seen(Connection tx, UUID instance, Map<String, Duration> signs, Instant now) throws SQLException {
        String sql = """
                insert into alerts.presence (user_name, instance, seen_at) select name, ?, at from unnest(?, ?) as u (name, at)
                on conflict (user_name, instance) do update set seen_at = excluded.seen_at""";
        try (PreparedStatement insert = tx.prepareStatement(sql);
                PreparedStatement old = tx.prepareStatement("delete from alerts.presence where seen_at < ?")) {
            insert.setObject(1, instance);
            insert.setArray(2, Rows.texts(tx, List.copyOf(signs.keySet())));
            insert.setArray(
                    3, Rows.times(tx, signs.values().stream().map(now::minus).toList()));
            insert.executeUpdate();
            Rows.set(old, 1, now.minus(KEPT));
            old.executeUpdate();
        }
    }
}
