package identicom.receiver.publish;

import identicom.receiver.metrics.Outlet;
import identicom.receiver.metrics.ReceiverMetrics;
import identicom.runtime.tracing.Span;
import identicom.runtime.tracing.Tracing;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.TimeoutException;
import org.jctools.queues.MpscBlockingConsumerArrayQueue;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One way out of the station: a bounded queue, a thread that takes from it, and the thread's producer. The producer's {@code
 * send} may block; only this thread ever waits for it.
 *
 * <p>At the bound: {@link #offer} says no, and the record counts as lost. Before that, at three quarters, the outbox says that
 * it is {@link #crowded()}, until half of it is free again. Records that waited longer than the outlet's time limit, and all
 * while {@code useless} says so, are lost without being sent.
 *
 * <p>A producer that has not been given its id yet keeps to no {@code delivery.timeout.ms}: with a broker there, but no controller to
 * give ids out, it says nothing for as long as that lasts. So a producer that owes answers and gave none for a quarter longer than
 * the time limit is closed, which loses what it holds, and made anew.
 */
final class Outbox implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Outbox.class);
    private static final long REFRESH_NANOS = TimeUnit.SECONDS.toNanos(60);
    private static final long RETRY_NANOS = TimeUnit.SECONDS.toNanos(2);
    private static final long WARN_NANOS = TimeUnit.SECONDS.toNanos(10);
    private static final long IDLE_MS = 500;

    /** Hears what became of a record: once, on the outbox's, the producer's or the caller's thread. */
    @FunctionalInterface
    interface Outcome {
        Outcome IGNORED = acknowledged -> {};

        void done(boolean acknowledged);
    }

    /**
     * @param toAll one copy for each partition of the topic
     * @param span until the broker has it, or will not
     */
    private record Job(
            String topic,
            boolean toAll,
            byte[] key,
            byte @Nullable [] value,
            Span span,
            Outcome outcome,
            long sinceNanos) {
        ProducerRecord<byte[], byte[]> asRecord() {
            ProducerRecord<byte[], byte[]> asRecord = new ProducerRecord<>(topic, key, value);
            byte[] traceparent = span.traceparent();
            if (traceparent != null) {
                asRecord.headers().add(Tracing.HEADER, traceparent);
            }
            return asRecord;
        }
    }

    private final Outlet outlet;
    private final String topic;
    private final String spanName;
    private final Supplier<Producer<byte[], byte[]>> producers;
    private final ReceiverMetrics metrics;
    private final BooleanSupplier useless;
    private final Runnable crowdedChanged;
    private final LongSupplier nanoTime;
    private final MpscBlockingConsumerArrayQueue<Job> queue;
    private final AtomicBoolean crowded = new AtomicBoolean();
    private final long limitNanos;
    private final Duration flush;
    private final Thread thread;
    private final AtomicInteger owed = new AtomicInteger();
    private final long stuckNanos;
    private volatile boolean open = true;
    private volatile long heardNanos;
    private @Nullable Producer<byte[], byte[]> producer;
    private long usedNanos;
    private long warnedNanos;

    Outbox(
            Outlet outlet,
            String topic,
            int capacity,
            Duration limit,
            Duration flush,
            Supplier<Producer<byte[], byte[]>> producers,
            BooleanSupplier useless,
            Runnable crowdedChanged,
            ReceiverMetrics metrics,
            LongSupplier nanoTime) {
        this.outlet = outlet;
        this.topic = topic;
        this.spanName = "send " + topic;
        this.producers = producers;
        this.metrics = metrics;
        this.useless = useless;
        this.crowdedChanged = crowdedChanged;
        this.nanoTime = nanoTime;
        this.usedNanos = nanoTime.getAsLong();
        this.warnedNanos = usedNanos - WARN_NANOS;
        this.queue = new MpscBlockingConsumerArrayQueue<>(capacity);
        this.limitNanos = limit.toNanos();
        this.stuckNanos = limitNanos + limitNanos / 4;
        this.flush = flush;
        this.thread = Thread.ofPlatform().name("publish-" + outlet.word()).unstarted(this::run);
        metrics.queued(outlet, this::waiting);
    }

    void start() {
        thread.start();
    }

    /**
     * Any thread; never blocks. {@code outcome} hears of it in any case, here and now when there is no room.
     *
     * @param value null: a tombstone
     */
    void offer(byte[] key, byte @Nullable [] value, Outcome outcome) {
        offer(key, value, Span.NONE, outcome);
    }

    /** The same, as a part of what {@code of} traces. */
    void offer(byte[] key, byte @Nullable [] value, Span of, Outcome outcome) {
        Span span = of.sending(spanName)
                .with("messaging.system", "kafka")
                .with("messaging.destination.name", topic)
                .with("identicom.cluster", outlet.cluster().word());
        put(new Job(topic, false, key, value, span, outcome, nanoTime.getAsLong()));
    }

    /** One copy to each partition. */
    void offerToAll(byte[] key, byte[] value) {
        put(new Job(topic, true, key, value, Span.NONE, Outcome.IGNORED, nanoTime.getAsLong()));
    }

    /** Records that wait to be taken. */
    int waiting() {
        return queue.size();
    }

    boolean crowded() {
        return crowded.get();
    }

    private void put(Job job) {
        if (!open || !queue.offer(job)) {
            lost(job);
        }
        if (queue.size() > queue.capacity() / 4 * 3 && crowded.compareAndSet(false, true)) {
            crowdedChanged.run();
        }
    }

    private void run() {
        try {
            while (open || !queue.isEmpty()) {
                turn(IDLE_MS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            queue.drain(this::lost);
            dispose(flush);
        }
    }

    /** Takes one record, waiting for one at most so long, and looks after the producer. One thread only: the outbox's own. */
    void turn(long waitMs) throws InterruptedException {
        Job job = queue.poll(waitMs, TimeUnit.MILLISECONDS);
        if (job != null) {
            take(job);
        } else {
            keepFresh();
        }
        if (stuck()) {
            warn("gave no answer for " + TimeUnit.NANOSECONDS.toMillis(stuckNanos) + " ms");
            dispose(Duration.ZERO);
        }
        if (queue.size() <= queue.capacity() / 2 && crowded.compareAndSet(true, false)) {
            crowdedChanged.run();
        }
    }

    private void take(Job job) {
        if (nanoTime.getAsLong() - job.sinceNanos > limitNanos || useless.getAsBoolean()) {
            lost(job);
            return;
        }
        try {
            Producer<byte[], byte[]> out = producer();
            usedNanos = nanoTime.getAsLong();
            if (job.toAll) {
                for (var partition : out.partitionsFor(job.topic)) {
                    out.send(new ProducerRecord<>(job.topic, partition.partition(), job.key, job.value));
                }
                job.outcome.done(true);
            } else {
                send(out, job);
            }
        } catch (TimeoutException e) {
            lost(job);
        } catch (RuntimeException e) {
            // Whatever it is, this thread goes on: without it nothing of this outlet would ever be sent again.
            warn(e.toString());
            lost(job);
            dispose(Duration.ZERO);
        }
    }

    private void send(Producer<byte[], byte[]> out, Job job) {
        if (owed.getAndIncrement() == 0) {
            heardNanos = nanoTime.getAsLong();
        }
        try {
            out.send(job.asRecord(), (metadata, failure) -> {
                heardNanos = nanoTime.getAsLong();
                owed.decrementAndGet();
                if (failure == null) {
                    metrics.acknowledged(outlet, nanoTime.getAsLong() - job.sinceNanos);
                    job.span.end();
                    job.outcome.done(true);
                } else {
                    lost(job);
                }
            });
        } catch (RuntimeException e) {
            owed.decrementAndGet();
            throw e;
        }
    }

    private boolean stuck() {
        return owed.get() > 0 && nanoTime.getAsLong() - heardNanos > stuckNanos;
    }

    private void warn(String failure) {
        if (nanoTime.getAsLong() - warnedNanos >= WARN_NANOS) {
            warnedNanos = nanoTime.getAsLong();
            LOG.warn("Producer {} failed and is made anew: {}", outlet.word(), failure);
        }
    }

    /** A topic idle for long is forgotten by its producer, and the next send would wait for the cluster. */
    private void keepFresh() {
        boolean stale = producer == null || nanoTime.getAsLong() - usedNanos > REFRESH_NANOS;
        if (!stale || useless.getAsBoolean()) {
            return;
        }
        usedNanos = nanoTime.getAsLong();
        try {
            producer().partitionsFor(topic);
        } catch (RuntimeException e) {
            LOG.debug("Producer {} could not refresh {}: {}", outlet.word(), topic, e.toString());
            usedNanos = nanoTime.getAsLong() - REFRESH_NANOS + RETRY_NANOS;
        }
    }

    private Producer<byte[], byte[]> producer() {
        Producer<byte[], byte[]> present = producer;
        if (present == null) {
            present = producers.get();
            producer = present;
        }
        return present;
    }

    private void lost(Job job) {
        metrics.lost(outlet);
        job.span.failed("not acknowledged");
        job.outcome.done(false);
    }

    private void dispose(Duration wait) {
        Producer<byte[], byte[]> present = producer;
        producer = null;
        if (present != null) {
            present.close(wait);
        }
    }

    /** Sends what is queued, for as long as the flush may take; the rest is lost. */
    @Override
    public void close() {
        open = false;
        if (!thread.isAlive()) {
            return;
        }
        try {
            if (!thread.join(flush.multipliedBy(2))) {
                thread.interrupt();
                thread.join(1_000);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
