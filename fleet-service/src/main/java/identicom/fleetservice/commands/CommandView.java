package identicom.fleetservice.commands;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A command as it is shown.
 *
 * @param ticket unique among all that are kept, 1..4294967295
 * @param arguments as they were given
 * @param state queued, sent, done, failed, expired or cancelled
 * @param since when it came into this state
 * @param sentAt when a station last sent it; null: none has, as far as is known
 * @param result what the unit said beside that it is done: {@code picture}, or {@code clockBefore}
 * @param reason why it failed; null unless it has
 */
@JsonInclude(JsonInclude.Include.ALWAYS)
public record CommandView(
        long ticket,
        String serial,
        String command,
        Map<String, Object> arguments,
        String state,
        Instant since,
        String requestedBy,
        Instant createdAt,
        Instant expiresAt,
        @Nullable Instant sentAt,
        @Nullable String station,
        @Nullable Instant answeredAt,
        @Nullable Instant cancelledAt,
        @Nullable String cancelledBy,
        Map<String, Object> result,
        @Nullable String reason) {}
