package identicom.runtime.kafka;

import identicom.runtime.db.DatabaseOutage;
import identicom.runtime.process.Health;
import identicom.runtime.process.Metrics;
import identicom.runtime.tracing.Tracing;
import identicom.schema.Cluster;
import identicom.schema.Topic;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.CommitFailedException;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads topics in a group and hands batches to a handler; offsets are committed only after the handler returned normally. What
 * happens when it does not:
 *
 * <table>
 * <caption>Reaction by type</caption>
 * <tr><td>{@link RetriableStorageException}, a database outage, Kafka's retriable errors</td><td>the partitions are paused, the batch
 * is kept and handed over again after 0.1 s to 5 s; polling goes on, so that the group keeps this member</td></tr>
 * <tr><td>{@link PoisonException}</td><td>that record goes to quarantine, the rest is handed over again</td></tr>
 * <tr><td>anything else</td><td>a bug: the loop stops loudly, nothing is committed, the process reports that it needs a restart</td></tr>
 * </table>
 *
 * <p>A batch can be handed over more than once: handlers are idempotent. One thread of its own, named after the loop; at most {@code
 * maxBatch} records are in memory beside the client's fetch buffer.
 */
public final class ConsumeLoop implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ConsumeLoop.class);
    private static final Duration POLL = Duration.ofMillis(250);
    private static final Duration COMMIT_LIMIT = Duration.ofSeconds(5);
    private static final Duration STOP_LIMIT = Duration.ofSeconds(10);

    /**
     * What to read.
     *
     * @param name names the thread, the health component and the meters; also given to quarantine as the service
     * @param maxBatch most records handed over at once
     */
    public record Options(String name, Cluster cluster, String group, Collection<String> topics, int maxBatch) {
        /** Topics of main, read by the group {@code identicom-<name>}. */
        public static Options main(String name, int maxBatch, Topic... topics) {
            List<String> names = Stream.of(topics).map(Topic::topicName).toList();
            return new Options(name, Cluster.MAIN, "identicom-" + name, names, maxBatch);
        }
    }

    /** Stores a batch, all of it or nothing. */
    @FunctionalInterface
    public interface Handler {
        void handle(List<ConsumerRecord<byte[], byte[]>> batch) throws Exception;
    }

    private final Options options;
    private final Clusters clusters;
    private final Handler handler;
    private final Quarantine quarantine;
    private final Health health;
    private final Health.Component state;
    private final ConsumeMeters meters;
    private final Tracing tracing;
    private final AtomicBoolean running = new AtomicBoolean(true);
    private final Thread thread;
    private volatile @Nullable Consumer<byte[], byte[]> wakeable;

    // Confined to the loop's thread.
    private final Batch batch = new Batch();
    private final Map<TopicPartition, OffsetAndMetadata> uncommitted = new HashMap<>();
    private final Backoff backoff = new Backoff(Duration.ofMillis(100), Duration.ofSeconds(5));
    private long retryAtNanos;
    private boolean holding;

    public ConsumeLoop(
            Options options,
            Clusters clusters,
            Handler handler,
            Quarantine quarantine,
            Health health,
            Metrics metrics) {
        this.options = options;
        this.clusters = clusters;
        this.handler = handler;
        this.quarantine = quarantine;
        this.health = health;
        this.state = health.register("consume " + options.name, false);
        this.meters = new ConsumeMeters(options.name, metrics);
        this.tracing = metrics.tracing();
        this.thread = Thread.ofPlatform().name("consume-" + options.name).unstarted(this::run);
    }

    public void start() {
        thread.start();
    }

    /** Ends after the batch under way, at most 10 s later. */
    @Override
    public void close() {
        running.set(false);
        Consumer<byte[], byte[]> consumer = wakeable;
        if (consumer != null) {
            consumer.wakeup();
        }
        try {
            if (thread.isAlive() && !thread.join(STOP_LIMIT)) {
                LOG.warn("{} did not end within {} s; interrupting it", options.name, STOP_LIMIT.toSeconds());
                thread.interrupt();
            }
        } catch (InterruptedException e) {
            thread.interrupt();
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        Map<String, Object> properties = clusters.consumer(
                options.cluster,
                Map.of(
                        "group.id", options.group,
                        "client.id", options.name,
                        "enable.auto.commit", false,
                        "max.poll.records", options.maxBatch));
        try (Consumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            wakeable = consumer;
            consumer.subscribe(options.topics, new Rebalance(consumer));
            while (running.get()) {
                turn(consumer);
            }
        } catch (WakeupException | InterruptException e) {
            LOG.debug("{} was woken to end", options.name);
        } catch (Throwable e) {
            LOG.error("{} stopped: this is a bug. Nothing of the batch under way was committed", options.name, e);
            state.down("stopped by a bug: " + e);
            health.dead("consumer " + options.name + " was stopped by a bug: " + e);
        } finally {
            wakeable = null;
            meters.close();
        }
    }

    private void turn(Consumer<byte[], byte[]> consumer) throws Exception {
        try {
            consumer.poll(holding ? untilRetry() : POLL).forEach(batch::add);
            meters.lag(consumer);
            if (!holding && !consumer.assignment().isEmpty()) {
                backoff.reset();
                state.up();
            }
            if (holding ? untilRetry().isZero() : !batch.isEmpty()) {
                deliver(consumer);
            }
            commit(consumer);
        } catch (WakeupException | InterruptException e) {
            throw e;
        } catch (KafkaException e) {
            trouble(consumer, e);
            Thread.sleep(untilRetry());
        }
    }

    private Duration untilRetry() {
        long nanos = Math.max(0, retryAtNanos - System.nanoTime());
        return Duration.ofNanos(Math.min(nanos, POLL.toNanos()));
    }

    private void deliver(Consumer<byte[], byte[]> consumer) throws Exception {
        try {
            handleAll();
        } catch (Exception e) {
            if (!isRetriable(e)) {
                throw new IllegalStateException("the handler of " + options.name + " failed", e);
            }
            trouble(consumer, e);
            return;
        }
        uncommitted.putAll(batch.next());
        batch.clear();
        if (holding) {
            holding = false;
            consumer.resume(consumer.paused());
        }
    }

    /** Hands the batch over until no poison is left in it. */
    private void handleAll() throws Exception {
        List<ConsumerRecord<byte[], byte[]>> records = batch.records();
        while (!records.isEmpty()) {
            long start = System.nanoTime();
            HandlingSpans spans = HandlingSpans.begin(tracing, options, records);
            try {
                handler.handle(records);
                spans.end();
                meters.handled(records.size(), System.nanoTime() - start);
                return;
            } catch (PoisonException poison) {
                spans.poisoned(poison.record(), poison.reason());
                quarantine.poison(options.cluster, poison.record(), options.name, poison.reason());
                meters.poison();
                if (!batch.remove(poison.record())) {
                    throw new IllegalStateException("poison that is not of this batch", poison);
                }
                records = batch.records();
            } catch (Exception e) {
                spans.failed(e.toString());
                throw e;
            }
        }
    }

    private static boolean isRetriable(Throwable e) {
        return e instanceof RetriableStorageException
                || e instanceof RetriableException
                || e.getCause() instanceof RetriableException
                || DatabaseOutage.causes(e);
    }

    /** Keeps what is held, reads nothing more, and tries again later. */
    private void trouble(Consumer<byte[], byte[]> consumer, Exception e) {
        Duration pause = backoff.next();
        retryAtNanos = System.nanoTime() + pause.toNanos();
        if (!holding) {
            LOG.warn("{} waits: {}", options.name, e.toString());
        }
        holding = true;
        consumer.pause(consumer.assignment());
        meters.retry();
        state.down(e.toString());
    }

    private void commit(Consumer<byte[], byte[]> consumer) {
        if (uncommitted.isEmpty()) {
            return;
        }
        try {
            consumer.commitSync(Map.copyOf(uncommitted), COMMIT_LIMIT);
            uncommitted.clear();
        } catch (CommitFailedException e) {
            LOG.info("{}: the group went on without this member; what it handled may be read again", options.name);
            uncommitted.clear();
        } catch (RetriableException e) {
            LOG.debug("{}: commit will be tried again", options.name, e);
        }
    }

    /** A held batch loses what others read from now on; what comes new to a held loop waits as well. */
    private final class Rebalance implements ConsumerRebalanceListener {
        private final Consumer<byte[], byte[]> consumer;

        Rebalance(Consumer<byte[], byte[]> consumer) {
            this.consumer = consumer;
        }

        @Override
        public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
            try {
                commit(consumer);
            } catch (KafkaException e) {
                LOG.debug("{}: last commit before giving partitions away failed", options.name, e);
            }
            onPartitionsLost(partitions);
        }

        @Override
        public void onPartitionsLost(Collection<TopicPartition> partitions) {
            batch.forget(partitions);
            uncommitted.keySet().removeAll(partitions);
        }

        @Override
        public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
            if (holding) {
                consumer.pause(partitions);
            }
        }
    }
}
