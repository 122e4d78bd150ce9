package identicom.receiver.whitelist;

import java.util.function.LongSupplier;

/** At most so many in any second: half of them at once, the other half as time goes by. Any thread. */
final class TokenBucket {
    private static final double NANOS = 1e9;

    private final double atOnce;
    private final double perSecond;
    private final LongSupplier nanoTime;
    private double tokens;
    private long filledNanos;

    TokenBucket(int perSecond, LongSupplier nanoTime) {
        this.atOnce = Math.max(1, perSecond / 2.0);
        this.perSecond = Math.max(0.5, perSecond - atOnce);
        this.nanoTime = nanoTime;
        this.tokens = atOnce;
        this.filledNanos = nanoTime.getAsLong();
    }

    synchronized boolean take() {
        long now = nanoTime.getAsLong();
        tokens = Math.min(atOnce, tokens + (now - filledNanos) / NANOS * perSecond);
        filledNanos = now;
        if (tokens < 1) {
            return false;
        }
        tokens--;
        return true;
    }
}
