package identicom.receiver.whitelist;

import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** Looks units up on threads of its own, each within a time limit. Bounded by its queue: what finds no room in it fails. */
final class LookupThreads implements Lookups {
    private static final int THREADS = 4;
    private static final int QUEUE = 256;

    private final UnitLookup lookup;
    private final Duration limit;
    private final ThreadPoolExecutor executor = new ThreadPoolExecutor(
            THREADS,
            THREADS,
            1,
            TimeUnit.MINUTES,
            new ArrayBlockingQueue<>(QUEUE),
            Thread.ofPlatform().name("whitelist-", 0).daemon(true).factory());

    LookupThreads(UnitLookup lookup, Duration limit) {
        this.lookup = lookup;
        this.limit = limit;
    }

    @Override
    public CompletableFuture<Optional<Known>> find(String serial) {
        CompletableFuture<Optional<Known>> found = new CompletableFuture<>();
        try {
            executor.execute(() -> find(serial, found));
        } catch (RejectedExecutionException e) {
            found.completeExceptionally(e);
        }
        return found.orTimeout(limit.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void find(String serial, CompletableFuture<Optional<Known>> found) {
        if (found.isDone()) {
            return;
        }
        try {
            found.complete(lookup.find(serial));
        } catch (SQLException | RuntimeException e) {
            found.completeExceptionally(e);
        }
    }

    @Override
    public void close() {
        executor.shutdownNow();
    }
}
