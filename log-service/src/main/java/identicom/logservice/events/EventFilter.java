package identicom.logservice.events;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Which events a list is of; null: not asked.
 *
 * @param typeCode 0 to 255
 * @param eventClass {@code routine}, {@code high}, {@code critical}
 * @param from event time, included
 * @param to event time, excluded
 * @param trust {@code unregistered}, {@code unverified}, {@code whitelisted}
 */
public record EventFilter(
        @Nullable String serial,
        @Nullable Integer typeCode,
        @Nullable String eventClass,
        @Nullable Instant from,
        @Nullable Instant to,
        @Nullable String trust) {

    /** Every event. */
    public static final EventFilter ALL = new EventFilter(null, null, null, null, null, null);
}
