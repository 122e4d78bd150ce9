package identicom.runtime.kafka;

import identicom.runtime.config.Configuration;
import identicom.runtime.config.ConfigurationException;
import identicom.runtime.config.Key;
import identicom.schema.Cluster;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Client properties of the two clusters, by Kafka's own names. What stands here goes over this project's defaults; what a caller
 * overrides goes over both.
 */
public record Clusters(Map<String, Object> main, Map<String, Object> priority) {
    private static final Key<Map<String, String>> MAIN = Key.family(
            "kafka.main", "client properties of the main cluster by Kafka's names; bootstrap.servers is required");
    private static final Key<Map<String, String>> PRIORITY = Key.family(
            "kafka.priority",
            "client properties of the priority cluster by Kafka's names; bootstrap.servers is required");

    public static final List<Key<?>> KEYS = List.of(MAIN, PRIORITY);

    private static final Map<String, Object> COMMON = Map.of(
            "reconnect.backoff.ms", 50,
            "reconnect.backoff.max.ms", 1_000,
            "retry.backoff.ms", 100,
            "retry.backoff.max.ms", 1_000,
            "socket.connection.setup.timeout.ms", 3_000,
            "socket.connection.setup.timeout.max.ms", 5_000,
            "metadata.max.age.ms", 10_000,
            "enable.metrics.push", false);

    /** A topic idle for a week is still known: a critical event never waits for metadata. */
    private static final Map<String, Object> PRODUCER = Map.of(
            "acks",
            "all",
            "enable.idempotence",
            true,
            "linger.ms",
            0,
            "request.timeout.ms",
            4_000,
            "delivery.timeout.ms",
            8_000,
            "max.block.ms",
            4_000,
            "max.request.size",
            3 * 1_048_576,
            "buffer.memory",
            32L * 1_048_576,
            "metadata.max.idle.ms",
            7L * 24 * 3_600_000);

    private static final Map<String, Object> CONSUMER = Map.ofEntries(
            Map.entry("auto.offset.reset", "earliest"),
            Map.entry("enable.auto.commit", false),
            Map.entry("session.timeout.ms", 6_000),
            Map.entry("heartbeat.interval.ms", 2_000),
            Map.entry("max.poll.interval.ms", 120_000),
            Map.entry("request.timeout.ms", 10_000),
            Map.entry("default.api.timeout.ms", 10_000),
            Map.entry("fetch.max.bytes", 8 * 1_048_576),
            Map.entry("allow.auto.create.topics", false),
            Map.entry("partition.assignment.strategy", "org.apache.kafka.clients.consumer.CooperativeStickyAssignor"));

    private static final Map<String, Object> ADMIN =
            Map.of("request.timeout.ms", 5_000, "default.api.timeout.ms", 15_000);

    public Clusters {
        main = Map.copyOf(main);
        priority = Map.copyOf(priority);
    }

    /** @throws ConfigurationException a cluster's {@code bootstrap.servers} is missing */
    public static Clusters from(Configuration configuration) throws ConfigurationException {
        List<String> problems = new ArrayList<>();
        Map<String, Object> main = read(configuration, MAIN, problems);
        Map<String, Object> priority = read(configuration, PRIORITY, problems);
        if (!problems.isEmpty()) {
            throw new ConfigurationException(problems);
        }
        return new Clusters(main, priority);
    }

    private static Map<String, Object> read(
            Configuration configuration, Key<Map<String, String>> family, List<String> problems) {
        Map<String, String> given = configuration.get(family);
        if (given.getOrDefault("bootstrap.servers", "").isBlank()) {
            String name = family.name().replace("*", "bootstrap.servers");
            problems.add(name + ": missing (expected: host:port,host:port,…)");
        }
        return new HashMap<>(given);
    }

    /** The properties given for that cluster, without any default. */
    public Map<String, Object> of(Cluster which) {
        return switch (which) {
            case MAIN -> main;
            case PRIORITY -> priority;
        };
    }

    /** Properties of a producer: acks=all, idempotent, no linger, every wait bounded. */
    public Map<String, Object> producer(Cluster which, Map<String, Object> overrides) {
        return merged(PRODUCER, which, overrides);
    }

    /** Properties of a consumer: from the earliest record, offsets committed by hand, every wait bounded. */
    public Map<String, Object> consumer(Cluster which, Map<String, Object> overrides) {
        return merged(CONSUMER, which, overrides);
    }

    /** Properties of an admin client, every wait bounded. */
    public Map<String, Object> admin(Cluster which, Map<String, Object> overrides) {
        return merged(ADMIN, which, overrides);
    }

    /** A producer of bytes that calls itself {@code clientId}. */
    public Producer<byte[], byte[]> newProducer(Cluster which, String clientId, Map<String, Object> overrides) {
        Map<String, Object> properties = producer(which, overrides);
        properties.put("client.id", clientId);
        return new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer());
    }

    private Map<String, Object> merged(Map<String, Object> defaults, Cluster which, Map<String, Object> overrides) {
        Map<String, Object> merged = new HashMap<>(COMMON);
        merged.putAll(defaults);
        merged.putAll(of(which));
        merged.putAll(overrides);
        return merged;
    }
}
