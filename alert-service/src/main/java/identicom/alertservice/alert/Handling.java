package identicom.alertservice.alert;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What people may do to an alert, and what its timer does.
 *
 * <pre>
 *   from \ what     acknowledge (same user / other)      note      close             rang, 30 s unanswered
 *   open            acknowledged                         open      closed            –
 *   acknowledged    answers the ring / refused           same      closed, unless    open
 *                                                                  a ring is unanswered
 *   closed          refused                              refused   refused           –
 * </pre>
 */
public final class Handling {

    /** How an alert ended. */
    public enum Outcome {
        GENUINE("genuine"),
        FALSE_ALARM("false-alarm"),
        TEST("test");

        private final String text;

        Outcome(String text) {
            this.text = text;
        }

        public String text() {
            return text;
        }
    }

    private Handling() {}

    public static Answer acknowledge(Alert alert, String user) {
        return switch (alert.state()) {
            case OPEN -> new Answer.Done(with(alert, AlertState.ACKNOWLEDGED, user, null, null));
            case ACKNOWLEDGED -> {
                if (!user.equals(alert.acknowledgedBy())) {
                    yield new Answer.Refused(alert, "already acknowledged by " + alert.acknowledgedBy());
                }
                yield alert.reopenAt() == null
                        ? new Answer.AsBefore(alert)
                        : new Answer.Done(with(alert, AlertState.ACKNOWLEDGED, user, null, null));
            }
            case CLOSED -> new Answer.Refused(alert, "closed already");
        };
    }

    public static Answer note(Alert alert) {
        return alert.closed()
                ? new Answer.Refused(alert, "closed already: its record takes no more notes")
                : new Answer.Done(alert);
    }

    public static Answer close(Alert alert, Outcome outcome) {
        if (alert.closed()) {
            return new Answer.Refused(alert, "closed already");
        }
        if (alert.reopenAt() != null) {
            return new Answer.Refused(alert, "a new event has joined since it was acknowledged: acknowledge it first");
        }
        return new Answer.Done(with(alert, AlertState.CLOSED, alert.acknowledgedBy(), outcome.text(), null));
    }

    /** Its holder did not answer the ring in time. */
    public static Alert reopened(Alert alert, Instant now) {
        if (alert.state() != AlertState.ACKNOWLEDGED) {
            throw new IllegalStateException("from " + alert.state() + " to reopened (expected: ACKNOWLEDGED)");
        }
        return with(alert, AlertState.OPEN, null, null, now);
    }

    private static Alert with(
            Alert a, AlertState state, @Nullable String holder, @Nullable String outcome, @Nullable Instant rang) {
        return new Alert(
                a.id(),
                a.serial(),
                a.kind(),
                a.eventClass(),
                state,
                a.trust(),
                a.test(),
                a.flood(),
                a.raisedAt(),
                a.acceptedAt(),
                a.eventTime(),
                a.late(),
                a.position(),
                a.positionAt(),
                a.eventCount(),
                a.serialCount(),
                holder,
                outcome,
                rang == null ? a.rings() : a.rings() + 1,
                rang == null ? a.rangAt() : rang,
                null);
    }
}
