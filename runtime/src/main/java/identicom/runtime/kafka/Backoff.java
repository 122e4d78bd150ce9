package identicom.runtime.kafka;

import java.time.Duration;

/** Growing pauses between attempts: doubling from the first to the longest. Confined to one thread. */
final class Backoff {
    private final long firstMs;
    private final long longestMs;
    private long nextMs;

    Backoff(Duration first, Duration longest) {
        this.firstMs = first.toMillis();
        this.longestMs = longest.toMillis();
        this.nextMs = firstMs;
    }

    /** The pause before the next attempt. */
    Duration next() {
        long pauseMs = nextMs;
        nextMs = Math.min(longestMs, nextMs * 2);
        return Duration.ofMillis(pauseMs);
    }

    /** After a success. */
    void reset() {
        nextMs = firstMs;
    }
}
