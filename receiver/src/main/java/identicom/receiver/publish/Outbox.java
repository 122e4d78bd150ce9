package identicom.receiver.publish;

import identicom.receiver.metrics.Outlet;
import identicom.receiver.metrics.ReceiverMetrics;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
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
 */
final class Outbox implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Outbox.class);
    private static final long REFRESH_NANOS = TimeUnit.SECONDS.toNanos(60);
    private static final long RETRY_NANOS = TimeUnit.SECONDS.toNanos(2);
    private static final long WARN_NANOS = TimeUnit.SECONDS.toNanos(10);

    /** Hears what became of a record: once, on the outbox's, the producer's or the caller's thread. */
    @FunctionalInterface
    interface Outcome {
        Outcome IGNORED = acknowledged -> {};

        void done(boolean acknowledged);
    }

    /** @param toAll one copy for each partition of the topic */
    private record Job(
            String topic, boolean toAll, byte[] key, byte @Nullable [] value, Outcome outcome, long sinceNanos) {}

    private final Outlet outlet;
    private final String topic;
    private final Supplier<Producer<byte[], byte[]>> producers;
    private final ReceiverMetrics metrics;
    private final BooleanSupplier useless;
    private final Runnable crowdedChanged;
    private final MpscBlockingConsumerArrayQueue<Job> queue;
    private final AtomicBoolean crowded = new AtomicBoolean();
    private final long limitNanos;
    private final Duration flush;
    private final Thread thread;
    private volatile boolean open = true;
    private @Nullable Producer<byte[], byte[]> producer;
    private long usedNanos = System.nanoTime();
    private long warnedNanos = usedNanos - WARN_NANOS;

    Outbox(
            Outlet outlet,
            String topic,
            int capacity,
            Duration limit,
            Duration flush,
            Supplier<Producer<byte[], byte[]>> producers,
            BooleanSupplier useless,
            Runnable crowdedChanged,
            ReceiverMetrics metrics) {
        this.outlet = outlet;
        this.topic = topic;
        this.producers = producers;
        this.metrics = metrics;
        this.useless = useless;
        this.crowdedChanged = crowdedChanged;
        this.queue = new MpscBlockingConsumerArrayQueue<>(capacity);
        this.limitNanos = limit.toNanos();
        this.flush = flush;
        this.thread = Thread.ofPlatform().name("publish-" + outlet.word()).unstarted(this::run);
        metrics.queued(outlet, queue::size);
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
        put(new Job(topic, false, key, value, outcome, System.nanoTime()));
    }

    /** One copy to each partition. */
    void offerToAll(byte[] key, byte[] value) {
        put(new Job(topic, true, key, value, Outcome.IGNORED, System.nanoTime()));
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
                Job job = queue.poll(500, TimeUnit.MILLISECONDS);
                if (job != null) {
                    take(job);
                } else {
                    keepFresh();
                }
                if (queue.size() <= queue.capacity() / 2 && crowded.compareAndSet(true, false)) {
                    crowdedChanged.run();
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            queue.drain(this::lost);
            dispose(flush);
        }
    }

    private void take(Job job) {
        if (System.nanoTime() - job.sinceNanos > limitNanos || useless.getAsBoolean()) {
            lost(job);
            return;
        }
        try {
            Producer<byte[], byte[]> out = producer();
            usedNanos = System.nanoTime();
            if (job.toAll) {
                for (var partition : out.partitionsFor(job.topic)) {
                    out.send(new ProducerRecord<>(job.topic, partition.partition(), job.key, job.value));
                }
                job.outcome.done(true);
            } else {
                out.send(new ProducerRecord<>(job.topic, job.key, job.value), (metadata, failure) -> {
                    if (failure == null) {
                        metrics.acknowledged(outlet, System.nanoTime() - job.sinceNanos);
                        job.outcome.done(true);
                    } else {
                        lost(job);
                    }
                });
            }
        } catch (TimeoutException e) {
            lost(job);
        } catch (RuntimeException e) {
            // Whatever it is, this thread goes on: without it nothing of this outlet would ever be sent again.
            warn(e);
            lost(job);
            dispose(Duration.ZERO);
        }
    }

    private void warn(RuntimeException failure) {
        if (System.nanoTime() - warnedNanos >= WARN_NANOS) {
            warnedNanos = System.nanoTime();
            LOG.warn("Producer {} failed and is made anew: {}", outlet.word(), failure.toString());
        }
    }

    /** A topic idle for long is forgotten by its producer, and the next send would wait for the cluster. */
    private void keepFresh() {
        boolean stale = producer == null || System.nanoTime() - usedNanos > REFRESH_NANOS;
        if (!stale || useless.getAsBoolean()) {
            return;
        }
        usedNanos = System.nanoTime();
        try {
            producer().partitionsFor(topic);
        } catch (RuntimeException e) {
            LOG.debug("Producer {} could not refresh {}: {}", outlet.word(), topic, e.toString());
            usedNanos = System.nanoTime() - REFRESH_NANOS + RETRY_NANOS;
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
