package identicom.alertservice.event;

import identicom.schema.EventIdentity;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One critical event of a unit; or what a {@link ManDownCleared} says, which its alert shows beside them.
 *
 * @param unitTime by the unit's clock; null when the unit says that its clock is not set
 * @param acceptedAt by the station's clock
 * @param battery per cent; null when the unit does not know
 * @param signalDbm null when the unit does not know
 */
public record CriticalEvent(
        EventIdentity id,
        String serial,
        Trust trust,
        int logId,
        long sequence,
        int typeCode,
        String typeName,
        @Nullable Instant unitTime,
        Instant acceptedAt,
        Instant decodedAt,
        @Nullable Position position,
        @Nullable Integer battery,
        @Nullable Integer signalDbm,
        String station) {

    /** An event accepted more than this after its unit time is marked late. It rings like any other. */
    public static final Duration LATE_AFTER = Duration.ofSeconds(300);

    public boolean late() {
        return unitTime != null && Duration.between(unitTime, acceptedAt).compareTo(LATE_AFTER) > 0;
    }

    /** The best that is known of when it happened. */
    public Instant happenedAt() {
        return unitTime != null ? unitTime : acceptedAt;
    }
}
