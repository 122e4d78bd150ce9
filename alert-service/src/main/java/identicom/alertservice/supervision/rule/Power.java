package identicom.alertservice.supervision.rule;

/**
 * Whether a unit is switched off. An entry {@code 23} holds from the end of the session that delivered it until a later
 * session. The entry and what is said of its session come by different topics, in any order.
 *
 * <pre>
 * on       ─ 23 of the session that is open, or is not known yet ─▶ pending
 * on       ─ 23 of a session that is over, no later one opened   ─▶ off
 * pending  ─ that session is closed                              ─▶ off
 * any      ─ a later session, or an entry logged after the 23    ─▶ on
 * </pre>
 *
 * @param session the session opened last, as far as is known; empty: none
 * @param over that session is closed
 * @param offSession the session that delivered the {@code 23}; empty when on
 */
public record Power(Phase phase, String offSession, String session, long openedUs, boolean over) {

    public enum Phase {
        ON,
        PENDING,
        OFF
    }

    public static final Power UNKNOWN = new Power(Phase.ON, "", "", 0, true);

    /** A session that began after everything that is known. */
    Power opened(String later, long atUs) {
        return later.equals(offSession)
                ? new Power(phase, offSession, later, atUs, false)
                : new Power(Phase.ON, "", later, atUs, false);
    }

    Power closed(String which) {
        Power now = which.equals(session) ? new Power(phase, offSession, session, openedUs, true) : this;
        return now.phase == Phase.PENDING && which.equals(offSession) ? now.in(Phase.OFF) : now;
    }

    /** The unit says that it is switched off; nothing later is known from its log. */
    Power switchedOff(String which, long acceptedUs) {
        if (which.equals(session)) {
            return new Power(over ? Phase.OFF : Phase.PENDING, which, session, openedUs, over);
        }
        boolean overtaken = openedUs > acceptedUs;
        return overtaken ? on() : new Power(Phase.PENDING, which, session, openedUs, over);
    }

    Power on() {
        return new Power(Phase.ON, "", session, openedUs, over);
    }

    Power in(Phase other) {
        return new Power(other, offSession, session, openedUs, over);
    }
}
