package identicom.systemtests.torture;

import java.util.ArrayDeque;
import java.util.Deque;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What was opened, closed in reverse order: once, all of it, whatever fails, and also where this process is told to end before. Thread safe. */
final class Opened implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Opened.class);

    private final Deque<AutoCloseable> open = new ArrayDeque<>();
    private final Thread atTheEnd = Thread.ofPlatform().name("world-ending").unstarted(this::closeAll);

    Opened() {
        Runtime.getRuntime().addShutdownHook(atTheEnd);
    }

    synchronized <T extends AutoCloseable> T add(T one) {
        open.push(one);
        return one;
    }

    private synchronized void closeAll() {
        while (!open.isEmpty()) {
            try {
                open.pop().close();
            } catch (Exception e) {
                LOG.warn("not closed in order", e);
            }
        }
    }

    @Override
    public void close() {
        closeAll();
        try {
            Runtime.getRuntime().removeShutdownHook(atTheEnd);
        } catch (IllegalStateException ending) {
            // it runs
        }
    }
}
