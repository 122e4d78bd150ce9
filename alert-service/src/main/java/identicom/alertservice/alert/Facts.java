package identicom.alertservice.alert;

import identicom.alertservice.event.CriticalEvent;
import identicom.alertservice.event.Position;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What is known of what happened.
 *
 * @param acceptedAt when a station accepted the first event; without any, when the alert was raised
 * @param eventTime unit's clock, of the first event of the alert's kind, or of the first one in time if there is one;
 *     null when that clock was not set, and for a kind that no event gives
 * @param late whether that event was late
 * @param positionAt when the unit was where {@code position} says
 * @param serialCount how many serials a flood stands for, or a mass loss names; of a single unit 1
 */
public record Facts(
        Instant raisedAt,
        Instant acceptedAt,
        @Nullable Instant eventTime,
        boolean late,
        @Nullable Position position,
        @Nullable Instant positionAt,
        long eventCount,
        long serialCount) {

    static Facts of(CriticalEvent e, boolean flood, Instant now) {
        return new Facts(
                now,
                e.acceptedAt(),
                e.unitTime(),
                e.late(),
                flood ? null : e.position(),
                flood || e.position() == null ? null : e.happenedAt(),
                1,
                1);
    }

    static Facts withoutEvent(long serialCount, Instant now) {
        return new Facts(now, now, null, false, null, null, 0, serialCount);
    }

    /** @param telling whether the event's time is now the alert's */
    Facts risen(CriticalEvent e, boolean telling) {
        return withTime(telling ? e.unitTime() : eventTime, telling ? e.late() : late)
                .withPosition(e.position(), e.happenedAt());
    }

    /** The other's position where it is the newer one. */
    Facts withPosition(@Nullable Position other, @Nullable Instant at) {
        boolean newer = other != null && at != null && (positionAt == null || !at.isBefore(positionAt));
        return newer ? new Facts(raisedAt, acceptedAt, eventTime, late, other, at, eventCount, serialCount) : this;
    }

    Facts withTime(@Nullable Instant time, boolean wasLate) {
        return new Facts(raisedAt, acceptedAt, time, wasLate, position, positionAt, eventCount, serialCount);
    }

    Facts raisedAt(Instant at) {
        return new Facts(at, acceptedAt, eventTime, late, position, positionAt, eventCount, serialCount);
    }

    Facts withMore(int events, int serials) {
        return new Facts(
                raisedAt,
                acceptedAt,
                eventTime,
                late,
                position,
                positionAt,
                eventCount + events,
                serialCount + serials);
    }
}
