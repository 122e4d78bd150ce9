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
        Order order = order(row);
        Instant createdAt = row.getTimestamp("created_at").toInstant();
        Instant expiresAt = row.getTimestamp("expires_at").toInstant();
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
                order.kind().word(),
                order.arguments(),
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
                answeredAt == null || status != DONE || result == null ? Map.of() : result(order.kind(), result),
                answeredAt == null || status == DONE ? null : reason(status));
    }

    private record State(String word, Instant since) {}

    private static Order order(ResultSet row) throws SQLException {
        return new Order(
                Order.Kind.stored(row.getString("kind")),
                row.getObject("minutes", Integer.class),
                row.getString("message"));
    }

    /** A unit's bytes: what is not as the protocol has it is left out. */
    private static Map<String, Object> result(Order.Kind kind, byte[] bytes) {
        ByteBuffer data = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        return switch (kind) {
            case TAKE_PICTURE ->
                bytes.length == Short.BYTES ? Map.of("picture", Short.toUnsignedInt(data.getShort())) : Map.of();
            case SET_CLOCK ->
                bytes.length == Integer.BYTES
                        ? Map.of("clockBefore", Instant.ofEpochSecond(Integer.toUnsignedLong(data.getInt())))
                        : Map.of();
            case SET_CHECK_IN_INTERVAL, REPORT_POSITION, SHOW_MESSAGE -> Map.of();
        };
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
}
