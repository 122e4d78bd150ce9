package identicom.simulator.fleet;

import java.time.Duration;
import org.HdrHistogram.Histogram;

/**
 * How long something took.
 *
 * @param count how often it was measured
 */
public record Latency(long count, Duration p50, Duration p99, Duration max) {
    private static final long NANOS_PER_MICRO = 1_000;

    static Latency of(Histogram micros) {
        return new Latency(
                micros.getTotalCount(),
                micros(micros.getValueAtPercentile(50)),
                micros(micros.getValueAtPercentile(99)),
                micros(micros.getMaxValue()));
    }

    private static Duration micros(long micros) {
        return Duration.ofNanos(micros * NANOS_PER_MICRO);
    }

    @Override
    public String toString() {
        return "p50 " + ms(p50) + "  p99 " + ms(p99) + "  max " + ms(max);
    }

    private static String ms(Duration duration) {
        return "%.1f ms".formatted(duration.toNanos() / 1e6);
    }
}
