package identicom.standalone.system;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A child process that is started again when it ends by itself, after a delay that doubles up to a minute.
 *
 * <p>Guarded by {@code this}; one daemon thread waits for the child's end.
 */
final class Supervised implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Supervised.class);
    private static final Duration LONGEST = Duration.ofMinutes(1);
    /** A child that ran this long starts again after the first delay. */
    private static final Duration STEADY = Duration.ofMinutes(5);

    /** A child that runs. */
    interface Child {
        CompletableFuture<Void> onExit();

        /** Starts it again in its folder and on its port. */
        Child again() throws Exception;

        void close();
    }

    private final String name;
    private final Duration delay;
    private final CountDownLatch stopping = new CountDownLatch(1);
    private final Thread watcher;
    private Child child;

    Supervised(String name, Child child, Duration delay) {
        this.name = name;
        this.child = child;
        this.delay = delay;
        this.watcher = Thread.ofPlatform().daemon().name("watch-" + name).unstarted(this::watch);
    }

    void start() {
        watcher.start();
    }

    private void watch() {
        Duration wait = delay;
        try {
            do {
                long started = System.nanoTime();
                current().onExit().join();
                if (System.nanoTime() - started > STEADY.toNanos()) {
                    wait = delay;
                }
                wait = startedAgain(wait);
            } while (!wait.isNegative());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** @return how long to wait before the next start, should it end again; negative when it is to stay down */
    private Duration startedAgain(Duration first) throws InterruptedException {
        Duration wait = first;
        while (stopping.getCount() > 0) {
            LOG.error("{} has ended; it is started again in {} s", name, wait.toSeconds());
            if (stopping.await(wait.toMillis(), TimeUnit.MILLISECONDS)) {
                break;
            }
            wait = doubled(wait);
            try {
                if (!keep(current().again())) {
                    break;
                }
                LOG.info("{} runs again", name);
                return wait;
            } catch (InterruptedException e) {
                throw e;
            } catch (Exception e) {
                LOG.error("{} did not start: {}", name, e.getMessage());
            }
        }
        return Duration.ofSeconds(-1);
    }

    private static Duration doubled(Duration wait) {
        Duration twice = wait.multipliedBy(2);
        return twice.compareTo(LONGEST) < 0 ? twice : LONGEST;
    }

    private synchronized Child current() {
        return child;
    }

    private synchronized boolean keep(Child next) {
        if (stopping.getCount() == 0) {
            next.close();
            return false;
        }
        child = next;
        return true;
    }

    @Override
    public synchronized void close() {
        stopping.countDown();
        child.close();
    }
}
