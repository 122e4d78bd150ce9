package identicom.alertservice.canary;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;

/** The one row of {@code alerts.canary}. */
final class CanaryTable {

    /**
     * @param lastAt when a station accepted the last one that came through
     * @param watchedFrom since when somebody has looked whether one is missing
     * @param missingFrom set: it was told that none comes through
     */
    record Known(
            @Nullable Instant lastAt,
            @Nullable Duration latency,
            @Nullable Instant smsAt,
            @Nullable Instant lookedAt,
            @Nullable Instant watchedFrom,
            @Nullable Instant missingFrom) {

        Known through(Instant acceptedAt, Duration took) {
            return new Known(acceptedAt, took, smsAt, lookedAt, watchedFrom, null);
        }

        Known texted(Instant at) {
            return new Known(lastAt, latency, at, lookedAt, watchedFrom, missingFrom);
        }

        Known looked(Instant at, Instant from, @Nullable Instant missing) {
            return new Known(lastAt, latency, smsAt, at, from, missing);
        }
    }

    private CanaryTable() {}

    static Known read(Connection tx) throws SQLException {
        return read(tx, "select * from alerts.canary");
    }

    static Known lock(Connection tx) throws SQLException {
        return read(tx, "select * from alerts.canary for update");
    }

    private static Known read(Connection tx, String sql) throws SQLException {
        try (PreparedStatement query = tx.prepareStatement(sql);
                ResultSet row = query.executeQuery()) {
            row.next();
            long latency = row.getLong("latency_ms");
            return new Known(
                    instant(row, "last_at"),
                    row.wasNull() ? null : Duration.ofMillis(latency),
                    instant(row, "sms_at"),
                    instant(row, "looked_at"),
                    instant(row, "watched_from"),
                    instant(row, "missing_from"));
        }
    }

    static void write(Connection tx, Known known) throws SQLException {
        String sql = """
                update alerts.canary set last_at = ?, latency_ms = ?, sms_at = ?, looked_at = ?, watched_from = ?,
                       missing_from = ?""";
        try (PreparedStatement update = tx.prepareStatement(sql)) {
            set(update, 1, known.lastAt());
            if (known.latency() == null) {
                update.setNull(2, Types.BIGINT);
            } else {
                update.setLong(2, known.latency().toMillis());
            }
            set(update, 3, known.smsAt());
            set(update, 4, known.lookedAt());
            set(update, 5, known.watchedFrom());
            set(update, 6, known.missingFrom());
            update.executeUpdate();
        }
    }

    private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
        return time == null ? null : time.toInstant();
    }

    private static void set(PreparedStatement statement, int at, @Nullable Instant value) throws SQLException {
        if (value == null) {
            statement.setNull(at, Types.TIMESTAMP_WITH_TIMEZONE);
        } else {
            statement.setObject(at, value.atOffset(ZoneOffset.UTC));
        }
    }
}
