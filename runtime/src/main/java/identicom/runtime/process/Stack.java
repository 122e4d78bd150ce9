package identicom.runtime.process;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Things started in order and stopped in reverse. Each stop is bounded and logged; one that fails does not keep the others. */
public final class Stack implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Stack.class);

    private record Entry(String name, AutoCloseable part) {}

    private final Deque<Entry> entries = new ArrayDeque<>();
    private final Duration stopLimit;

    /** Each part has 20 s to stop. */
    public Stack() {
        this(Duration.ofSeconds(20));
    }

    /** @param stopLimit how long each part has to stop before it is left behind */
    public Stack(Duration stopLimit) {
        this.stopLimit = stopLimit;
    }

    /** Puts {@code part} on top and returns it. */
    public synchronized <T extends AutoCloseable> T add(String name, T part) {
        entries.push(new Entry(name, part));
        return part;
    }

    /** Runs {@code action} when its turn comes at the stop. */
    public synchronized void onClose(String name, AutoCloseable action) {
        entries.push(new Entry(name, action));
    }

    /** Stops everything, last started first. A second call does nothing. */
    @Override
    public void close() {
        for (Entry entry = pop(); entry != null; entry = pop()) {
            stop(entry);
        }
    }

    private synchronized @Nullable Entry pop() {
        return entries.poll();
    }

    private void stop(Entry entry) {
        long start = System.nanoTime();
        FutureTask<?> stop = new FutureTask<>(() -> {
            entry.part.close();
            return null;
        });
        Thread.ofPlatform().name("stop-" + entry.name).daemon(true).start(stop);
        try {
            stop.get(stopLimit.toMillis(), TimeUnit.MILLISECONDS);
            LOG.debug("{} stopped in {} ms", entry.name, (System.nanoTime() - start) / 1_000_000);
        } catch (TimeoutException e) {
            LOG.warn("{} did not stop within {} s; it is left behind", entry.name, stopLimit.toSeconds());
        } catch (ExecutionException e) {
            LOG.warn("{} failed to stop", entry.name, e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            LOG.warn("Interrupted while {} was stopping", entry.name);
        }
    }
}
