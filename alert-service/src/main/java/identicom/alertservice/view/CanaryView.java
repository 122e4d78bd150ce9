package identicom.alertservice.view;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What the stream says of a canary in place of an alert.
 *
 * @param reachedAt when it stood in this instance's stream
 * @param latencySeconds from the station's acceptance to that
 */
public record CanaryView(
        UUID id,
        @Nullable String serial,
        @Nullable String reference,
        @Nullable Instant unitTime,
        Instant acceptedAt,
        @Nullable Instant decodedAt,
        Instant raisedAt,
        Instant reachedAt,
        double latencySeconds) {

    public static CanaryView of(AlertView alert, Instant reachedAt) {
        Journey way = alert.journey();
        return new CanaryView(
                alert.id(),
                alert.serial(),
                alert.reference(),
                way.unitTime(),
                way.acceptedAt(),
                way.decodedAt(),
                way.raisedAt(),
                reachedAt,
                Journey.between(way.acceptedAt(), reachedAt).toMillis() / 1000d);
    }
}
