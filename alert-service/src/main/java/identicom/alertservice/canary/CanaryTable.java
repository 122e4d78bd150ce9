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
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The one row of {@code alerts.canary}. */
final class CanaryTable {

    /**
     * By the database's clock, but for {@code lastAt}.
     *
     * @param lastAt when a station accepted the last one that came through, by that station's clock
     * @param throughAt when that one came through
     * @param watchedFrom since when somebody has looked whether one is missing
     * @param missingFrom set: it was told that none comes through
     * @param texted the last text message about it; null: there was none
     */
    record Known(
            @Nullable Instant lastAt,
            @Nullable Duration latency,
            @Nullable Instant throughAt,
            @Nullable Instant lookedAt,
            @Nullable Instant watchedFrom,
            @Nullable Instant missingFrom,
            @Nullable Texted texted) {

        /** One that a station took before the last one that came through is no end of what was missing. */
        Known through(Instant acceptedAt, Duration took, Instant now) {
            boolean newer = lastAt == null || acceptedAt.isAfter(lastAt);
            return new Known(acceptedAt, took, now, lookedAt, watchedFrom, newer ? null : missingFrom, texted);
        }

        Known texted(UUID alert, Instant at) {
            Instant failing = texted == null ? null : texted.failingFrom();
            return with(new Texted(alert, at, failing));
        }

        Known with(@Nullable Texted message) {
            return new Known(lastAt, latency, throughAt, lookedAt, watchedFrom, missingFrom, message);
        }

        Known looked(Instant at, Instant from, @Nullable Instant missing) {
            return new Known(lastAt, latency, throughAt, at, from, missing, texted);
        }
    }

    /**
     * A text message about a canary.
     *
     * @param alert whose notification it is; null: that was not written down
     * @param at when it was handed to the outbox
     * @param failingFrom set: it was told that text messages do not get out
     */
    record Texted(
            @Nullable UUID alert, Instant at, @Nullable Instant failingFrom) {

        Texted failing(@Nullable Instant from) {
            return new Texted(alert, at, from);
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
            Duration took = row.wasNull() ? null : Duration.ofMillis(latency);
            Instant textedAt = instant(row, "sms_at");
            return new Known(
                    instant(row, "last_at"),
                    took,
                    instant(row, "through_at"),
                    instant(row, "looked_at"),
                    instant(row, "watched_from"),
                    instant(row, "missing_from"),
                    textedAt == null
                            ? null
                            : new Texted(row.getObject("sms_alert", UUID.class), textedAt, instant(row, "sms_from")));
        }
    }

    static void write(Connection tx, Known known) throws SQLException {
        String sql = """
                update alerts.canary set last_at = ?, latency_ms = ?, through_at = ?, looked_at = ?, watched_from = ?,
                       missing_from = ?, sms_at = ?, sms_alert = ?, sms_from = ?""";
        Texted texted = known.texted();
        try (PreparedStatement update = tx.prepareStatement(sql)) {
            set(update, 1, known.lastAt());
            if (known.latency() == null) {
                update.setNull(2, Types.BIGINT);
            } else {
                update.setLong(2, known.latency().toMillis());
            }
            set(update, 3, known.throughAt());
            set(update, 4, known.lookedAt());
            set(update, 5, known.watchedFrom());
            set(update, 6, known.missingFrom());
            set(update, 7, texted == null ? null : texted.at());
            update.setObject(8, texted == null ? null : texted.alert(), Types.OTHER);
            set(update, 9, texted == null ? null : texted.failingFrom());
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
