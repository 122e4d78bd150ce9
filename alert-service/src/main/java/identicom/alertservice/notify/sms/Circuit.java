package identicom.alertservice.notify.sms;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * Whether a provider is asked. After a failure it is left out for a while; then one message tries it, and while that
 * one is on its way the others still go elsewhere. Any thread.
 */
final class Circuit {
    private final long leftOutNanos;
    private final LongSupplier nanoTime;
    private boolean open;
    private long leftOutSince;

    Circuit(Duration leftOutFor, LongSupplier nanoTime) {
        this.leftOutNanos = leftOutFor.toNanos();
        this.nanoTime = nanoTime;
    }

    /** True: ask it, and say what became of it. */
    synchronized boolean lets() {
        if (!open) {
            return true;
        }
        if (nanoTime.getAsLong() - leftOutSince < leftOutNanos) {
            return false;
        }
        leftOutSince = nanoTime.getAsLong();
        return true;
    }

    synchronized void succeeded() {
        open = false;
    }

    synchronized void failed() {
        open = true;
        leftOutSince = nanoTime.getAsLong();
    }
}
