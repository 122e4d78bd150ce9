package identicom.runtime.http;

import identicom.runtime.process.Metrics;
import io.micrometer.core.instrument.Gauge;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The answers that last: event streams, whose number is bounded, and downloads. Every 2 s those whose reader takes nothing and those
 * whose token is no longer valid are ended. Any thread.
 */
final class OpenStreams implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(OpenStreams.class);
    private static final long PERIOD_MS = 2_000;
    private static final long STUCK_NANOS = TimeUnit.SECONDS.toNanos(30);

    private final int maxStreams;
    private final AtomicInteger openStreams = new AtomicInteger();
    private final AtomicLong number = new AtomicLong();
    private final Map<SseStream, BooleanSupplier> streams = new ConcurrentHashMap<>();
    private final Set<Download> downloads = ConcurrentHashMap.newKeySet();
    private final ScheduledExecutorService watch;

    OpenStreams(int maxStreams, Metrics metrics) {
        this.maxStreams = maxStreams;
        this.watch = Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().name("http-watch").daemon(true).factory());
        Gauge.builder("identicom.http.streams", openStreams::get)
                .description("Event streams open")
                .register(metrics.registry());
    }

    void start() {
        watch.scheduleWithFixedDelay(this::check, PERIOD_MS, PERIOD_MS, TimeUnit.MILLISECONDS);
    }

    /** @throws Problem 503: there are as many as there may be */
    void reserve() {
        if (openStreams.incrementAndGet() > maxStreams) {
            openStreams.decrementAndGet();
            throw Problem.unavailable("All " + maxStreams + " event streams are in use");
        }
    }

    void release() {
        openStreams.decrementAndGet();
    }

    /** A new stream in a place that was reserved. @param stillAllowed asked every 2 s */
    SseStream open(OutputStream out, BooleanSupplier stillAllowed) {
        SseStream stream = new SseStream(out, "sse-" + number.incrementAndGet());
        streams.put(stream, stillAllowed);
        stream.onClose(() -> streams.remove(stream));
        stream.start();
        return stream;
    }

    /** Watches over a download written by the calling thread. */
    OutputStream download(OutputStream out) {
        return new Download(out);
    }

    private void check() {
        try {
            long now = System.nanoTime();
            streams.forEach((stream, stillAllowed) -> {
                stream.check(now);
                if (!stillAllowed.getAsBoolean()) {
                    stream.cut();
                }
            });
            downloads.forEach(download -> download.check(now));
        } catch (RuntimeException e) {
            LOG.error("Watching over streams failed; it goes on", e);
        }
    }

    /** Ends every stream. */
    @Override
    public void close() {
        watch.shutdownNow();
        streams.keySet().forEach(SseStream::close);
    }

    /** A download whose writer is interrupted, which closes the connection, when the reader takes nothing for 30 s. */
    private final class Download extends FilterOutputStream {
        private final Thread writer = Thread.currentThread();
        private volatile @Nullable Long writingSinceNanos;

        Download(OutputStream out) {
            super(out);
        }

        @Override
        public void write(int value) throws IOException {
            write(new byte[] {(byte) value}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            begin();
            try {
                out.write(bytes, offset, length);
            } finally {
                end();
            }
        }

        @Override
        public void flush() throws IOException {
            begin();
            try {
                out.flush();
            } finally {
                end();
            }
        }

        private void begin() {
            writingSinceNanos = System.nanoTime();
            downloads.add(this);
        }

        private synchronized void end() {
            writingSinceNanos = null;
            downloads.remove(this);
        }

        synchronized void check(long now) {
            Long since = writingSinceNanos;
            if (since != null && now - since > STUCK_NANOS) {
                LOG.info("A download's reader takes nothing; it is cut off");
                writer.interrupt();
            }
        }
    }
}
