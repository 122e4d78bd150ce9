package identicom.runtime.http;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One reader's event stream. At most 64 events wait, as the texts that all streams share, and are written by a virtual
 * thread of the stream's own, so that no reader waits for another. A reader that takes nothing for 20 s is cut off: it
 * dials in again and goes on from the last id it has. A comment is sent each 10 s in which nothing else is. Any thread.
 */
public final class SseStream implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(SseStream.class);
    private static final int QUEUE = 64;
    private static final Duration STUCK = Duration.ofSeconds(20);
    private static final Duration SILENCE = Duration.ofSeconds(10);
    private static final byte[] KEEP_ALIVE = ": \n\n".getBytes(StandardCharsets.UTF_8);

    private final OutputStream out;
    /** @param written run once the bytes were handed to the connection */
    private record Event(@Nullable String id, String name, String data, Runnable written) {}

    private static final Runnable NOTHING = () -> {};

    private final BlockingQueue<Event> queue = new ArrayBlockingQueue<>(QUEUE);
    private final List<Runnable> unflushed = new ArrayList<>();
    private final List<Runnable> closeActions = new CopyOnWriteArrayList<>();
    private final AtomicBoolean open = new AtomicBoolean(true);
    private final CountDownLatch ended = new CountDownLatch(1);
    private final Thread writer;
    private volatile long writingSinceNanos;
    private volatile boolean writing;
    private volatile boolean cut;

    SseStream(OutputStream out, String name) {
        this.out = out;
        this.writer = Thread.ofVirtual().name(name).unstarted(this::write);
    }

    void start() {
        writer.start();
    }

    /**
     * Sends an event; waits while the queue is full, and closes the stream when that takes 20 s. Does nothing on a closed stream.
     *
     * @param id null: without
     * @param data each line of it becomes a line of the event
     */
    public void event(@Nullable String id, String event, String data) {
        event(id, event, data, NOTHING);
    }

    /** As {@link #event(String, String, String)}. @param written run once it was handed to the connection; must not block */
    public void event(@Nullable String id, String event, String data, Runnable written) {
        Event next = new Event(id == null ? null : singleLine(id), singleLine(event), data, written);
        try {
            if (open.get() && !queue.offer(next, STUCK.toMillis(), TimeUnit.MILLISECONDS)) {
                LOG.info("{} takes nothing and is closed", writer.getName());
                cut();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            close();
        }
    }

    public boolean isOpen() {
        return open.get();
    }

    /** Runs {@code action} once the stream is closed, by whichever side; at once when it is already. */
    public void onClose(Runnable action) {
        closeActions.add(action);
        if (!open.get() && closeActions.remove(action)) {
            action.run();
        }
    }

    /** Ends the stream after what waits in its queue. */
    @Override
    public void close() {
        if (open.compareAndSet(true, false)) {
            for (Runnable action : closeActions) {
                if (closeActions.remove(action)) {
                    action.run();
                }
            }
        }
    }

    /** Ends the stream at once: what waits is not sent, the connection is broken. */
    void cut() {
        cut = true;
        close();
        writer.interrupt();
    }

    /** Cuts the stream off when one write takes too long. Called every few seconds. */
    void check(long nowNanos) {
        if (writing && nowNanos - writingSinceNanos > STUCK.toNanos()) {
            LOG.info("{} takes nothing and is closed", writer.getName());
            cut();
        }
    }

    /** Waits for the end. @return whether everything was sent */
    boolean awaitEnd() throws InterruptedException {
        ended.await();
        return !cut;
    }

    private void write() {
        try {
            send(KEEP_ALIVE, NOTHING);
            long lastNanos = System.nanoTime();
            while (!cut) {
                Event next = queue.poll(250, TimeUnit.MILLISECONDS);
                if (next != null) {
                    send(bytes(next), next.written);
                    lastNanos = System.nanoTime();
                } else if (!open.get()) {
                    return;
                } else if (System.nanoTime() - lastNanos > SILENCE.toNanos()) {
                    send(KEEP_ALIVE, NOTHING);
                    lastNanos = System.nanoTime();
                }
            }
        } catch (IOException | UncheckedIOException e) {
            LOG.debug("{} was left by its reader", writer.getName(), e);
            cut = true;
        } catch (InterruptedException e) {
            cut = true;
        } finally {
            close();
            queue.clear();
            ended.countDown();
        }
    }

    private void send(byte[] bytes, Runnable written) throws IOException {
        writingSinceNanos = System.nanoTime();
        writing = true;
        out.write(bytes);
        unflushed.add(written);
        if (queue.isEmpty() || unflushed.size() >= QUEUE) {
            out.flush();
            unflushed.forEach(Runnable::run);
            unflushed.clear();
        }
        writing = false;
    }

    private static byte[] bytes(Event event) {
        StringBuilder text = new StringBuilder(event.data.length() + 64);
        if (event.id != null) {
            text.append("id: ").append(event.id).append('\n');
        }
        text.append("event: ").append(event.name).append('\n');
        for (String line : event.data.split("\r\n|\r|\n", -1)) {
            text.append("data: ").append(line).append('\n');
        }
        return text.append('\n').toString().getBytes(StandardCharsets.UTF_8);
    }

    private static String singleLine(String text) {
        if (text.indexOf('\n') >= 0 || text.indexOf('\r') >= 0 || text.indexOf('\0') >= 0) {
            throw new IllegalArgumentException("an id and an event's name are one line");
        }
        return text;
    }
}
