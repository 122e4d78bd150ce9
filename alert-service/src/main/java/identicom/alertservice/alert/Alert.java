package identicom.alertservice.alert;

import identicom.alertservice.event.CriticalEvent;
import identicom.alertservice.event.Position;
import identicom.alertservice.event.Trust;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One emergency of one unit, or one flood of units that the whitelist does not vouch for.
 *
 * @param serial null for a flood
 * @param eventClass {@code critical}; the gravest of what joined
 * @param acceptedAt when a station accepted its first event
 * @param eventTime unit's clock, of the first event of the alert's kind, or of the first one in time if there is one;
 *     null when that clock was not set
 * @param late whether that event was late
 * @param positionAt when the unit was where {@code position} says
 * @param serialCount of a flood: how many serials it stands for; else 1
 * @param rings how often it rang
 * @param reopenAt set when it rang while acknowledged: then it opens again unless acknowledged again
 */
public record Alert(
        UUID id,
        @Nullable String serial,
        String kind,
        String eventClass,
        AlertState state,
        Trust trust,
        boolean test,
        boolean flood,
        Instant raisedAt,
        Instant acceptedAt,
        @Nullable Instant eventTime,
        boolean late,
        @Nullable Position position,
        @Nullable Instant positionAt,
        long eventCount,
        long serialCount,
        @Nullable String acknowledgedBy,
        @Nullable String outcome,
        int rings,
        Instant rangAt,
        @Nullable Instant reopenAt) {

    /** An acknowledged alert that rang opens again after this, unless acknowledged again. */
    public static final Duration REOPEN_AFTER = Duration.ofSeconds(30);

    static final String CRITICAL = "critical";

    static Alert raised(UUID id, CriticalEvent e, Instant now) {
        return first(id, e.serial(), Kinds.of(e), false, e, now);
    }

    static Alert flood(UUID id, CriticalEvent e, Instant now) {
        String kind = e.trust() == Trust.UNREGISTERED ? Kinds.UNREGISTERED_UNIT : Kinds.UNVERIFIED_UNIT;
        return first(id, null, kind, true, e, now);
    }

    private static Alert first(
            UUID id, @Nullable String serial, String kind, boolean flood, CriticalEvent e, Instant now) {
        return new Alert(
                id,
                serial,
                kind,
                CRITICAL,
                AlertState.OPEN,
                e.trust(),
                false,
                flood,
                now,
                e.acceptedAt(),
                e.unitTime(),
                e.late(),
                flood ? null : e.position(),
                flood || e.position() == null ? null : e.happenedAt(),
                1,
                1,
                null,
                null,
                1,
                now,
                null);
    }

    public boolean closed() {
        return state == AlertState.CLOSED;
    }

    /** A further event of the same unit: the gravest kind, the highest trust, the newest position; it rings. */
    Alert joined(CriticalEvent e, Instant now) {
        return risen(e, e.trust()).withEventCount(eventCount + 1).rung(now);
    }

    /** A further event of a flood, of a serial that is new to it or not. */
    Alert flooded(boolean newSerial, Instant now) {
        Alert more = withEventCount(eventCount + 1).withSerialCount(serialCount + (newSerial ? 1 : 0));
        return newSerial ? more.rung(now) : more;
    }

    /** One of its events came again, now vouched for by the whitelist. */
    Alert vouchedFor(CriticalEvent e, boolean ring, Instant now) {
        Alert risen = ring ? risen(e, e.trust()) : withTrust(trust.highest(e.trust()));
        return ring ? risen.rung(now) : risen;
    }

    private Alert risen(CriticalEvent e, Trust by) {
        String its = Kinds.of(e);
        boolean graver = Kinds.graver(its, kind);
        boolean telling = graver || (its.equals(kind) && late && !e.late());
        boolean newer =
                e.position() != null && (positionAt == null || !e.happenedAt().isBefore(positionAt));
        return new Alert(
                id,
                serial,
                graver ? its : kind,
                eventClass,
                state,
                trust.highest(by),
                test,
                flood,
                raisedAt,
                acceptedAt,
                telling ? e.unitTime() : eventTime,
                telling ? e.late() : late,
                newer ? e.position() : position,
                newer ? e.happenedAt() : positionAt,
                eventCount,
                serialCount,
                acknowledgedBy,
                outcome,
                rings,
                rangAt,
                reopenAt);
    }

    /** Rings; in an acknowledged alert it rings its holder, and the first unanswered ring says when it opens again. */
    private Alert rung(Instant now) {
        Instant due = state == AlertState.ACKNOWLEDGED && reopenAt == null ? now.plus(REOPEN_AFTER) : reopenAt;
        return new Alert(
                id,
                serial,
                kind,
                eventClass,
                state,
                trust,
                test,
                flood,
                raisedAt,
                acceptedAt,
                eventTime,
                late,
                position,
                positionAt,
                eventCount,
                serialCount,
                acknowledgedBy,
                outcome,
                rings + 1,
                now,
                due);
    }

    private Alert withTrust(Trust to) {
        return copy(to, eventCount, serialCount);
    }

    private Alert withEventCount(long to) {
        return copy(trust, to, serialCount);
    }

    private Alert withSerialCount(long to) {
        return copy(trust, eventCount, to);
    }

    private Alert copy(Trust newTrust, long newEventCount, long newSerialCount) {
        return new Alert(
                id,
                serial,
                kind,
                eventClass,
                state,
                newTrust,
                test,
                flood,
                raisedAt,
                acceptedAt,
                eventTime,
                late,
                position,
                positionAt,
                newEventCount,
                newSerialCount,
                acknowledgedBy,
                outcome,
                rings,
                rangAt,
                reopenAt);
    }
}
