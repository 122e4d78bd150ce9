package identicom.fleetservice.overview;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/** How far behind a reader was over the last minute, and whether it catches up. One thread. */
final class Trend {
    private static final long KEPT_NANOS = Duration.ofMinutes(1).toNanos();
    private static final long LEAST_NANOS = Duration.ofSeconds(10).toNanos();

    private record Sample(long nanos, long lag) {}

    private final Deque<Sample> samples = new ArrayDeque<>();

    /** @param nanos of a monotonic clock, never less than before */
    void add(long nanos, long lag) {
        samples.addLast(new Sample(nanos, lag));
        while (nanos - samples.getFirst().nanos > KEPT_NANOS) {
            samples.removeFirst();
        }
    }

    /** By how many records a second it falls behind; negative: it catches up. Empty before it was watched for 10 s. */
    OptionalDouble perSecond() {
        if (samples.isEmpty()) {
            return OptionalDouble.empty();
        }
        long nanos = samples.getLast().nanos - samples.getFirst().nanos;
        if (nanos < LEAST_NANOS) {
            return OptionalDouble.empty();
        }
        long grown = samples.getLast().lag - samples.getFirst().lag;
        return OptionalDouble.of(grown * 1e9 / nanos);
    }

    /** In how many seconds it has caught up if it goes on like this; empty when it does not catch up, or has. */
    OptionalLong drainSeconds() {
        long lag = samples.isEmpty() ? 0 : samples.getLast().lag;
        OptionalDouble rate = perSecond();
        if (lag == 0 || rate.isEmpty() || rate.getAsDouble() >= 0) {
            return OptionalLong.empty();
        }
        return OptionalLong.of((long) Math.ceil(lag / -rate.getAsDouble()));
    }
}
