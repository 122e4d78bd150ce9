package identicom.systemtests.instances;

import java.io.IOException;
import java.util.Collection;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** When each unit first stood in a list that is asked for again and again. One thread of its own. */
final class FirstSeen implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(FirstSeen.class);
    private static final long PAUSE_MS = 250;

    /** Asks for the list. */
    @FunctionalInterface
    interface Listing {
        Collection<String> serials() throws IOException, InterruptedException;
    }

    private final Map<String, Long> at = new ConcurrentHashMap<>();
    private final ScheduledExecutorService thread;
    private final Listing listing;

    FirstSeen(Listing listing) {
        this.listing = listing;
        this.thread = Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().name("first-seen").daemon(true).factory());
        thread.scheduleWithFixedDelay(this::ask, 0, PAUSE_MS, TimeUnit.MILLISECONDS);
    }

    private void ask() {
        try {
            Collection<String> serials = listing.serials();
            long now = System.nanoTime();
            serials.forEach(serial -> at.putIfAbsent(serial, now));
        } catch (IOException e) {
            LOG.info("asked again: {}", e.toString());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** By {@link System#nanoTime()}; empty: not yet. */
    OptionalLong of(String serial) {
        Long seen = at.get(serial);
        return seen == null ? OptionalLong.empty() : OptionalLong.of(seen);
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }
}
