package identicom.receiver.server;

import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * How fast critical entries of one session are taken: {@value #AT_ONCE} as they come, then {@value #A_SECOND} a second. No unit that
 * is well has so many; who sends more holds up itself, and not the queues, the topic and the alert-service that are everybody's.
 * One thread.
 */
final class CriticalPace {
    static final int AT_ONCE = 256;
    static final int A_SECOND = 32;

    private static final long EACH_NANOS = TimeUnit.SECONDS.toNanos(1) / A_SECOND;
    private static final long ALLOWED_NANOS = AT_ONCE * EACH_NANOS;

    private final LongSupplier nanoTime;
    /** By then everything that was taken is paid for. */
    private long paidAtNanos;

    CriticalPace(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
        this.paidAtNanos = nanoTime.getAsLong();
    }

    void taken(int entries) {
        long now = nanoTime.getAsLong();
        paidAtNanos = (paidAtNanos - now > 0 ? paidAtNanos : now) + entries * EACH_NANOS;
    }

    /** For how many nanoseconds nothing more is to be read; 0 and less: it can be now. */
    long restNanos() {
        return paidAtNanos - ALLOWED_NANOS - nanoTime.getAsLong();
    }
}
