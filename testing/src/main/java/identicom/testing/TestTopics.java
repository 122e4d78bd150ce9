package identicom.testing;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Reads and writes a cluster's topics as another program would. It has a minute for what it asks of the broker: a test is no station that has
 * to answer a unit, and a busy machine's disk is slow and not broken.
 */
public final class TestTopics implements AutoCloseable {
    private static final int LIMIT_MS = 60_000;
    private static final int REQUEST_MS = 20_000;

    private final String bootstrapServers;
    private final Producer<byte[], byte[]> producer;

    public TestTopics(String bootstrapServers) {
        this.bootstrapServers = bootstrapServers;
        Map<String, Object> properties = Map.of(
                "bootstrap.servers", bootstrapServers,
                "client.id", "test",
                "max.block.ms", LIMIT_MS,
                "request.timeout.ms", REQUEST_MS,
                "delivery.timeout.ms", LIMIT_MS);
        producer = new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer());
    }

    /** Returns at once; the broker has it when the future is done. */
    public Future<RecordMetadata> send(String topic, String key, byte[] value) {
        return send(new ProducerRecord<>(topic, key.getBytes(StandardCharsets.UTF_8), value));
    }

    public Future<RecordMetadata> send(ProducerRecord<byte[], byte[]> record) {
        return producer.send(record);
    }

    /** Returns when the broker has it. */
    public void publish(String topic, String key, byte[] value) {
        acknowledged(List.of(send(topic, key, value)));
    }

    /** Returns when the broker has all that was sent. */
    public static void acknowledged(List<Future<RecordMetadata>> sent) {
        try {
            for (Future<RecordMetadata> one : sent) {
                one.get();
            }
        } catch (ExecutionException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /** Every record that stands in a topic now; those of a partition in their order. */
    public List<ConsumerRecord<byte[], byte[]>> all(String topic) {
        try (Consumer<byte[], byte[]> consumer = consumer(Map.of())) {
            List<TopicPartition> partitions = consumer.partitionsFor(topic).stream()
                    .map(info -> new TopicPartition(info.topic(), info.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            List<ConsumerRecord<byte[], byte[]>> all = new ArrayList<>();
            while (partitions.stream().anyMatch(one -> consumer.position(one) < ends.get(one))) {
                consumer.poll(Duration.ofMillis(100)).forEach(all::add);
            }
            return all;
        }
    }

    /** A consumer of that group, which begins with the earliest record and commits nothing by itself. */
    public Consumer<byte[], byte[]> consumer(String group) {
        return consumer(Map.of("group.id", group));
    }

    private Consumer<byte[], byte[]> consumer(Map<String, Object> more) {
        Map<String, Object> properties = new HashMap<>(more);
        properties.put("bootstrap.servers", bootstrapServers);
        properties.put("auto.offset.reset", "earliest");
        properties.put("enable.auto.commit", false);
        properties.put("request.timeout.ms", REQUEST_MS);
        properties.put("default.api.timeout.ms", LIMIT_MS);
        return new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    /** An admin client; the caller closes it. */
    public static Admin admin(String bootstrapServers) {
        return Admin.create(Map.of(
                "bootstrap.servers", bootstrapServers,
                "request.timeout.ms", REQUEST_MS,
                "default.api.timeout.ms", LIMIT_MS));
    }

    @Override
    public void close() {
        producer.close(Duration.ZERO);
    }
}
