package identicom.simulator.unit;

import java.time.Duration;

/**
 * When a unit dials again.
 *
 * @param first after a session that left a critical or high entry undeleted, doubled for each further one
 * @param most the longest that doubling leads to
 * @param interval between dial-ins when nothing is urgent
 * @param silence without a byte from the station, after which the unit closes and dials again
 */
public record Redial(Duration first, Duration most, Duration interval, Duration silence) {
    /** As docs/protocol.md, section 3, has it. */
    public static final Redial PROTOCOL =
            new Redial(Duration.ofSeconds(10), Duration.ofMinutes(5), Duration.ofMinutes(30), Duration.ofSeconds(60));

    public Redial withInterval(Duration newInterval) {
        return new Redial(first, most, newInterval, silence);
    }

    /**
     * How long after a session the next one begins.
     *
     * @param urgent the unit holds a critical or high entry, or the station fell silent
     * @param failures sessions in a row, this one included, that left it urgent
     */
    public Duration after(boolean urgent, int failures) {
        if (!urgent) {
            return interval;
        }
        Duration wait = first;
        for (int i = 1; i < failures && wait.compareTo(most) < 0; i++) {
            wait = wait.multipliedBy(2);
        }
        return wait.compareTo(most) < 0 ? wait : most;
    }
}
