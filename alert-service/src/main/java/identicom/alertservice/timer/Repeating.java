package identicom.alertservice.timer;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Work that one named thread does again and again: after each pause, or at once when woken. What fails is done again
 * after the pause, whatever it failed by: a thread that ended for a class that is missing would be missed by nobody. The
 * first failure of a row stands in the log. Only closing and an interrupt end it.
 */
public final class Repeating implements AutoCloseable {

    /** Work that may fail for now. */
    @FunctionalInterface
    public interface Work {
        void run() throws Exception;
    }

    private static final Logger LOG = LoggerFactory.getLogger(Repeating.class);
    private static final Duration STOP_WITHIN = Duration.ofSeconds(5);

    private final Thread thread;
    private final Duration pause;
    private final Work work;
    private final Semaphore wakings = new Semaphore(0);
    private volatile boolean stopping;
    private volatile long doneAtNanos = System.nanoTime();
    private boolean failing;

    public Repeating(String name, Duration pause, Work work) {
        this.pause = pause;
        this.work = work;
        this.thread = Thread.ofPlatform().name(name).daemon(true).unstarted(this::run);
    }

    public void start() {
        doneAtNanos = System.nanoTime();
        thread.start();
    }

    /** Does the work without waiting for the pause to end. */
    public void wake() {
        wakings.release();
    }

    /** How long ago the work was last done without a failure, or began. */
    Duration sinceDone() {
        return Duration.ofNanos(System.nanoTime() - doneAtNanos);
    }

    String name() {
        return thread.getName();
    }

    private void run() {
        while (!stopping) {
            once();
            try {
                if (wakings.tryAcquire(pause.toMillis(), TimeUnit.MILLISECONDS)) {
                    wakings.drainPermits();
                }
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    private void once() {
        try {
            work.run();
            doneAtNanos = System.nanoTime();
            if (failing) {
                LOG.info("{} goes on", thread.getName());
            }
            failing = false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (Throwable e) {
            tellFailure(e);
            failing = true;
        }
    }

    private void tellFailure(Throwable e) {
        if (failing || stopping) {
            return;
        }
        if (e instanceof RuntimeException || e instanceof Error) {
            LOG.error("{} failed and tries again: this is a bug", thread.getName(), e);
        } else {
            LOG.warn("{} failed and tries again: {}", thread.getName(), e.toString());
        }
    }

    @Override
    public void close() {
        stopping = true;
        if (thread.getState() == Thread.State.NEW) {
            return;
        }
        wake();
        thread.interrupt();
        try {
            thread.join(STOP_WITHIN);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
