package identicom.runtime.kafka;

import identicom.runtime.process.Health;
import identicom.runtime.process.Metrics;
import identicom.schema.Cluster;
import io.micrometer.core.instrument.Counter;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hands every record of a topic to one instance: all partitions, no group, nothing committed. One thread of its own. A record that
 * cannot be applied is logged, counted and passed over; the following goes on.
 */
public final class TopicFollower implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(TopicFollower.class);
    private static final Duration POLL = Duration.ofMillis(250);
    private static final Duration CALL_LIMIT = Duration.ofSeconds(5);
    private static final Duration STOP_LIMIT = Duration.ofSeconds(10);

    /** Where to begin: {@code BEGINNING}, {@code END} or a time span back from now. */
    public record From(Kind kind, Duration back) {
        public enum Kind {
            BEGINNING,
            END,
            BACK
        }

        public static final From BEGINNING = new From(Kind.BEGINNING, Duration.ZERO);
        public static final From END = new From(Kind.END, Duration.ZERO);

        /** From the first record not older than {@code span}. */
        public static From back(Duration span) {
            return new From(Kind.BACK, span);
        }
    }

    private final String name;
    private final Cluster cluster;
    private final String topic;
    private final From from;
    private final Clusters clusters;
    private final java.util.function.Consumer<ConsumerRecord<byte[], byte[]>> apply;
    private final Health.Component state;
    private final Counter applied;
    private final Counter failed;
    private final AtomicBoolean running = new AtomicBoolean(true);
    private final Thread thread;
    private final Map<TopicPartition, Long> goals = new HashMap<>();
    private volatile boolean caughtUp;
    private volatile @Nullable Consumer<byte[], byte[]> wakeable;

    /** @param name names the thread, the health component and the meters */
    public TopicFollower(
            String name,
            Cluster cluster,
            String topic,
            From from,
            Clusters clusters,
            java.util.function.Consumer<ConsumerRecord<byte[], byte[]>> apply,
            Health health,
            Metrics metrics) {
        this.name = name;
        this.cluster = cluster;
        this.topic = topic;
        this.from = from;
        this.clusters = clusters;
        this.apply = apply;
        this.state = health.register("follow " + name, false);
        this.applied = Counter.builder("identicom.follow.records")
                .tag("follower", name)
                .register(metrics.registry());
        this.failed = Counter.builder("identicom.follow.failures")
                .tag("follower", name)
                .register(metrics.registry());
        this.thread = Thread.ofPlatform().name("follow-" + name).daemon(true).unstarted(this::run);
    }

    public void start() {
        thread.start();
    }

    /** Everything has been applied that stood in the topic when following began. Stays true. */
    public boolean caughtUp() {
        return caughtUp;
    }

    @Override
    public void close() {
        running.set(false);
        Consumer<byte[], byte[]> consumer = wakeable;
        if (consumer != null) {
            consumer.wakeup();
        }
        try {
            if (thread.isAlive() && !thread.join(STOP_LIMIT)) {
                thread.interrupt();
            }
        } catch (InterruptedException e) {
            thread.interrupt();
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        Map<String, Object> properties =
                clusters.consumer(cluster, Map.of("client.id", name, "enable.auto.commit", false));
        properties.remove("group.id");
        Backoff backoff = new Backoff(Duration.ofMillis(100), Duration.ofSeconds(1));
        try (Consumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            wakeable = consumer;
            while (running.get()) {
                turn(consumer, backoff);
            }
        } catch (WakeupException | InterruptException e) {
            LOG.debug("{} was woken to end", name);
        } catch (Throwable e) {
            LOG.error("{} stopped: this is a bug", name, e);
            state.down("stopped by a bug: " + e);
        } finally {
            wakeable = null;
        }
    }

    private void turn(Consumer<byte[], byte[]> consumer, Backoff backoff) {
        try {
            if (consumer.assignment().isEmpty()) {
                begin(consumer);
            }
            apply(consumer.poll(POLL));
            if (!caughtUp) {
                checkCaughtUp(consumer);
            }
            backoff.reset();
        } catch (WakeupException | InterruptException e) {
            throw e;
        } catch (KafkaException e) {
            state.down(e.toString());
            pause(backoff.next());
        }
    }

    /** Takes every partition and goes where following begins. Nothing is assigned unless all of it worked. */
    private void begin(Consumer<byte[], byte[]> consumer) {
        List<TopicPartition> partitions = consumer.partitionsFor(topic, CALL_LIMIT).stream()
                .map(info -> new TopicPartition(info.topic(), info.partition()))
                .toList();
        if (partitions.isEmpty()) {
            throw new KafkaException("there is no topic " + topic);
        }
        consumer.assign(partitions);
        try {
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions, CALL_LIMIT);
            begins(consumer, partitions, ends).forEach(consumer::seek);
            goals.putAll(ends);
        } catch (RuntimeException e) {
            consumer.unsubscribe();
            throw e;
        }
        state.up();
    }

    private Map<TopicPartition, Long> begins(
            Consumer<byte[], byte[]> consumer, List<TopicPartition> partitions, Map<TopicPartition, Long> ends) {
        return switch (from.kind) {
            case BEGINNING -> consumer.beginningOffsets(partitions, CALL_LIMIT);
            case END -> ends;
            case BACK -> since(consumer, partitions, ends);
        };
    }

    private Map<TopicPartition, Long> since(
            Consumer<byte[], byte[]> consumer, List<TopicPartition> partitions, Map<TopicPartition, Long> ends) {
        long time = Instant.now().minus(from.back).toEpochMilli();
        Map<TopicPartition, Long> begins = new HashMap<>(ends);
        consumer.offsetsForTimes(partitions.stream().collect(Collectors.toMap(p -> p, p -> time)), CALL_LIMIT)
                .forEach((partition, found) -> {
                    if (found != null) {
                        begins.put(partition, found.offset());
                    }
                });
        return begins;
    }

    private void apply(ConsumerRecords<byte[], byte[]> records) {
        for (ConsumerRecord<byte[], byte[]> record : records) {
            try {
                apply.accept(record);
                applied.increment();
            } catch (RuntimeException e) {
                failed.increment();
                LOG.error(
                        "{}: record {}-{} at {} could not be applied and is passed over",
                        name,
                        record.topic(),
                        record.partition(),
                        record.offset(),
                        e);
            }
        }
        if (!records.isEmpty()) {
            state.up();
        }
    }

    private void checkCaughtUp(Consumer<byte[], byte[]> consumer) {
        goals.entrySet().removeIf(goal -> consumer.position(goal.getKey(), CALL_LIMIT) >= goal.getValue());
        caughtUp = goals.isEmpty() && !consumer.assignment().isEmpty();
    }

    private void pause(Duration time) {
        try {
            Thread.sleep(time);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptException(e);
        }
    }
}
