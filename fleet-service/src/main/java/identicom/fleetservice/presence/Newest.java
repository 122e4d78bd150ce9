package identicom.fleetservice.presence;

import identicom.schema.v1.Event;
import org.jspecify.annotations.Nullable;

/**
 * The newest that a batch says of one unit and one log of it.
 *
 * @param event the one with the highest sequence
 * @param positioned the one with the highest sequence that has a position
 * @param heardAtUs when a station accepted the latest
 */
record Newest(Event event, @Nullable Event positioned, long heardAtUs) {
    static Newest of(Event event) {
        return new Newest(event, event.getPositionValid() ? event : null, event.getAcceptedAtUs());
    }

    Newest with(Event other) {
        return new Newest(
                later(event, other),
                other.getPositionValid() ? positioned == null ? other : later(positioned, other) : positioned,
                Math.max(heardAtUs, other.getAcceptedAtUs()));
    }

    long sequence() {
        return Integer.toUnsignedLong(event.getSequence());
    }

    /** Per cent; null: the unit does not know. */
    @Nullable Integer battery() {
        int battery = event.getBattery();
        return battery <= 100 ? battery : null;
    }

    private static Event later(Event one, Event other) {
        return Integer.compareUnsigned(other.getSequence(), one.getSequence()) > 0 ? other : one;
    }
}
