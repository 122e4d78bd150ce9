package identicom.alertservice.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Rows of {@code alerts.history}: only ever added. */
final class History {

    /** What can happen to an alert here. */
    enum What {
        RAISED,
        JOINED,
        NOTIFIED,
        DELIVERED,
        FAILED,
        ACKNOWLEDGED,
        REOPENED,
        UNIT_HEARD,
        STEP,
        NOTE,
        CLOSED;

        String text() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }

        static What of(String text) {
            return valueOf(text.toUpperCase(Locale.ROOT).replace('-', '_'));
        }
    }

    record Entry(
            UUID alertId,
            Instant at,
            What what,
            @Nullable String who,
            @Nullable String detail) {}

    private History() {}

    static void add(Connection tx, Collection<Entry> entries) throws SQLException {
        String sql = "insert into alerts.history (alert_id, at, what, who, detail) values (?, ?, ?, ?, ?)";
        try (PreparedStatement insert = tx.prepareStatement(sql)) {
            for (Entry entry : entries) {
                insert.setObject(1, entry.alertId());
                Rows.set(insert, 2, entry.at());
                insert.setString(3, entry.what().text());
                insert.setString(4, entry.who());
                insert.setString(5, entry.detail());
                insert.addBatch();
            }
            insert.executeBatch();
        }
    }
}
