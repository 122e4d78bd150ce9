package identicom.alertservice.notify;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;

/** What one channel hands over at this moment, by where it goes. Any thread; one thread takes. */
final class InHand {

    private final Semaphore free;
    private final Map<String, Integer> byTarget = new ConcurrentHashMap<>();

    InHand(int atMost) {
        free = new Semaphore(atMost);
    }

    int room() {
        return free.availablePermits();
    }

    Map<String, Integer> byTarget() {
        return Map.copyOf(byTarget);
    }

    void take(String target) {
        free.acquireUninterruptibly();
        byTarget.merge(target, 1, Integer::sum);
    }

    void release(String target) {
        byTarget.computeIfPresent(target, (its, hands) -> hands == 1 ? null : hands - 1);
        free.release();
    }
}
