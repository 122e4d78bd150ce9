package identicom.systemtests.torture;

import java.time.Duration;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.IntFunction;

/**
 * Whether each fall came to the screen in time. It may take {@link #LIMIT} from the latest of three moments: the fall; the moment at which
 * the last fault of the schedule was undone and everything that it had killed was ready again; and the first time after both that the unit
 * was put through to a station, where its alert was not shown by then.
 */
final class Falls {
    static final Duration LIMIT = Duration.ofSeconds(10);

    private Falls() {}

    /**
     * @param count how many fell
     * @param slowest from the fall to the screen, whatever failed meanwhile
     * @param slowestCounted from the latest of the three moments
     */
    record Shown(int count, Duration slowest, Duration slowestCounted) {}

    /** When a unit was first put through to a station from a moment on. */
    @FunctionalInterface
    interface PutThrough {
        OptionalLong first(int unit, long fromNanos);
    }

    /**
     * All times are by {@link System#nanoTime}.
     *
     * @param fallen when each unit's wearer fell
     * @param screen when it was shown
     * @throws Violation one was not shown, or too late
     */
    static Shown check(
            Map<Integer, Long> fallen, IntFunction<OptionalLong> screen, PutThrough dialIns, long healedNanos)
            throws Violation {
        long slowest = 0;
        long slowestCounted = 0;
        for (Map.Entry<Integer, Long> fall : fallen.entrySet()) {
            int unit = fall.getKey();
            long shown = screen.apply(unit)
                    .orElseThrow(() -> new Violation("the fall of unit " + unit + " was shown on no screen"));
            long from = Math.max(fall.getValue(), healedNanos);
            OptionalLong dialled = dialIns.first(unit, from);
            if (dialled.isPresent() && dialled.getAsLong() < shown) {
                from = dialled.getAsLong();
            }
            slowest = Math.max(slowest, shown - fall.getValue());
            slowestCounted = Math.max(slowestCounted, shown - from);
            if (shown - from > LIMIT.toNanos()) {
                throw new Violation(
                        "the fall of unit %d was shown %d ms after it happened, %d ms after it could be told"
                                .formatted(
                                        unit,
                                        Duration.ofNanos(shown - fall.getValue())
                                                .toMillis(),
                                        Duration.ofNanos(shown - from).toMillis()));
            }
        }
        return new Shown(fallen.size(), Duration.ofNanos(slowest), Duration.ofNanos(Math.max(0, slowestCounted)));
    }
}
