package identicom.fleetservice.commands;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A row of {@code fleet.commands} as it is shown. */
final class CommandRow {
    private static final int DONE = 0;

    private CommandRow() {}

    static CommandView view(ResultSet row, Instant now) throws SQLException {
        String kind = row.getString("kind");
        Instant createdAt = time(row, "created_at", Instant.EPOCH);
        Instant expiresAt = time(row, "expires_at", Instant.EPOCH);
        Instant sentAt = time(row, "sent_at");
        Instant answeredAt = time(row, "answered_at");
        Instant cancelledAt = time(row, "cancelled_at");
        int status = row.getInt("status");
        byte[] result = row.getBytes("result");
        State state;
        if (answeredAt != null) {
            state = new State(status == DONE ? "done" : "failed", answeredAt);
        } else if (cancelledAt != null) {
            state = new State("cancelled", cancelledAt);
        } else if (sentAt != null) {
            state = new State("sent", sentAt);
        } else if (!expiresAt.isAfter(now)) {
            state = new State("expired", expiresAt);
        } else {
            state = new State("queued", createdAt);
        }
        return new CommandView(
                row.getLong("ticket"),
                row.getString("serial"),
                kind,
                arguments(row),
                state.word(),
                state.since(),
                row.getString("requested_by"),
                createdAt,
                expiresAt,
                sentAt,
                row.getString("station"),
                answeredAt,
                cancelledAt,
                row.getString("cancelled_by"),
                answeredAt == null || status != DONE || result == null ? Map.of() : result(kind, result),
                answeredAt == null || status == DONE ? null : reason(status));
    }

    private record State(String word, Instant since) {}

    private static Map<String, Object> arguments(ResultSet row) throws SQLException {
        Integer minutes = row.getObject("minutes", Integer.class);
        if (minutes != null) {
            return Map.of("minutes", minutes);
        }
        String message = row.getString("message");
        return message == null ? Map.of() : Map.of("text", message);
    }

    /** A unit's bytes: what is not as the protocol has it is left out. */
    private static Map<String, Object> result(String kind, byte[] bytes) {
        ByteBuffer data = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        if (kind.equals(Order.Kind.TAKE_PICTURE.word()) && bytes.length == Short.BYTES) {
            return Map.of("picture", Short.toUnsignedInt(data.getShort()));
        }
        if (kind.equals(Order.Kind.SET_CLOCK.word()) && bytes.length == Integer.BYTES) {
            return Map.of("clockBefore", Instant.ofEpochSecond(Integer.toUnsignedLong(data.getInt())));
        }
        return Map.of();
    }

    private static String reason(int status) {
        return switch (status) {
            case 1 -> "the unit does not know this command";
            case 2 -> "the unit does not take these arguments";
            case 3 -> "the unit was busy";
            case 4 -> "the unit could not do it";
            default -> "the unit answered with status " + status;
        };
    }

    private static @Nullable Instant time(ResultSet row, String column) throws SQLException {
        Timestamp time = row.getTimestamp(column);
        return time == null ? null : time.toInstant();
    }

    private static Instant time(ResultSet row, String column, Instant otherwise) throws SQLException {
        Instant time = time(row, column);
        return time == null ? otherwise : time;
    }
}
