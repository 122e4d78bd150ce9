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
        try {
            while (true) {
                current().onExit().join();
                if (stopping.getCount() == 0) {
                    return;
                }
                LOG.error("{} ended by itself; it is started again in {} s", name, delay.toSeconds());
                if (!startedAgain()) {
                    return;
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean startedAgain() throws InterruptedException {
        Duration wait = delay;
        while (!stopping.await(wait.toMillis(), TimeUnit.MILLISECONDS)) {
            try {
                Child next = current().again();
                LOG.info("{} runs again", name);
                return keep(next);
            } catch (InterruptedException e) {
                throw e;
            } catch (Exception e) {
                wait = wait.multipliedBy(2).compareTo(LONGEST) < 0 ? wait.multipliedBy(2) : LONGEST;
                LOG.error("{} did not start ({}); tried again in {} s", name, e.getMessage(), wait.toSeconds());
            }
        }
        return false;
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
