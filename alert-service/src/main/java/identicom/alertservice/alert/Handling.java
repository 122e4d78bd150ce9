package identicom.alertservice.alert;

import identicom.alertservice.alert.Standing.Holder;
import java.time.Instant;
import java.util.List;

/**
 * What people may do to an alert, and what its timers do.
 *
 * <pre>
 *   from \ what     acknowledge (same user / other)   note, step   close              rang, 30 s     nothing done      holder
 *                                                                                     unanswered     for a while       gone
 *   open            acknowledged                      open         closed, unless     –              –                 –
 *                                                                  steps are open
 *   acknowledged    answers the ring or the           same,        closed, unless     open           holder reminded,  open
 *                   reminder / refused                attended to  a ring is un-                     then open
 *                                                                  answered or steps
 *                                                                  are open
 *   closed          refused                           refused      refused            –              –                 –
 * </pre>
 *
 * Steps hold up the closing of critical alerts only.
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

    /**
     * @param by who takes it, from now on
     */
    public static Answer acknowledge(Alert alert, Holder by) {
        return switch (alert.state()) {
            case OPEN -> new Answer.Done(alert.with(alert.standing().taken(by)));
            case ACKNOWLEDGED -> {
                Holder holder = alert.standing().holder();
                if (holder == null || !by.user().equals(holder.user())) {
                    yield new Answer.Refused(alert, "already acknowledged by " + alert.acknowledgedBy());
                }
                yield alert.reopenAt() == null && !holder.reminded()
                        ? new Answer.AsBefore(alert)
                        : new Answer.Done(alert.with(alert.standing().taken(by)));
            }
            case CLOSED -> new Answer.Refused(alert, "closed already");
        };
    }

    /**
     * A note or a step: whoever it is by, somebody attends to the alert.
     *
     * @param attendBy when its holder is reminded if nothing more is done
     */
    public static Answer attend(Alert alert, Instant attendBy) {
        if (alert.closed()) {
            return new Answer.Refused(alert, "closed already: its record takes no more");
        }
        Holder holder = alert.standing().holder();
        return new Answer.Done(
                holder == null ? alert : alert.with(alert.standing().heldBy(holder.attending(attendBy))));
    }

    /** @param openSteps of its checklist */
    public static Answer close(Alert alert, Outcome outcome, List<String> openSteps) {
        if (alert.closed()) {
            return new Answer.Refused(alert, "closed already");
        }
        if (alert.reopenAt() != null) {
            return new Answer.Refused(alert, "a new event has joined since it was acknowledged: acknowledge it first");
        }
        if (alert.eventClass().equals(Alert.CRITICAL) && !openSteps.isEmpty()) {
            return new Answer.Refused(alert, "steps of its checklist are open", openSteps);
        }
        return new Answer.Done(closed(alert, outcome));
    }

    /** Of a test alert whose unit's live alert goes on with it. */
    public static Alert closed(Alert alert, Outcome outcome) {
        return alert.with(alert.standing().closed(outcome.text()));
    }

    /** Nothing was done about it for a while: its holder is rung, and loses it at {@code attendBy}. */
    public static Alert reminded(Alert alert, Instant attendBy, Instant now) {
        expectHeld(alert, "reminded");
        return alert.with(alert.standing().reminded(attendBy, now));
    }

    /** Its holder did not answer in time, or is gone. */
    public static Alert reopened(Alert alert, Instant now) {
        expectHeld(alert, "reopened");
        return alert.with(alert.standing().reopened(now));
    }

    private static void expectHeld(Alert alert, String what) {
        if (alert.state() != AlertState.ACKNOWLEDGED) {
            throw new IllegalStateException("from " + alert.state() + " to " + what + " (expected: ACKNOWLEDGED)");
        }
    }
}
