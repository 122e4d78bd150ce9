package identicom.receiver;

import identicom.runtime.kafka.Clusters;
import identicom.schema.Cluster;
import identicom.schema.Topic;
import identicom.schema.v1.UnitRecord;
import identicom.schema.v1.UnitState;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Reads and writes topics as the other services would. */
final class Topics {
    private static final Map<String, Object> PATIENT =
            Map.of("request.timeout.ms", 20_000, "default.api.timeout.ms", 60_000);
    private static final Map<String, Object> PATIENT_PRODUCER =
            Map.of("max.block.ms", 60_000, "request.timeout.ms", 20_000, "delivery.timeout.ms", 60_000);

    private final Clusters clusters;

    Topics(Clusters clusters) {
        this.clusters = clusters;
    }

    /** Everything that stands in a topic now. */
    List<ConsumerRecord<byte[], byte[]>> all(Cluster cluster, Topic topic) {
        try (var consumer = new KafkaConsumer<>(
                clusters.consumer(cluster, PATIENT), new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            List<TopicPartition> partitions = consumer.partitionsFor(topic.topicName()).stream()
                    .map(info -> new TopicPartition(info.topic(), info.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            List<ConsumerRecord<byte[], byte[]>> all = new ArrayList<>();
            while (partitions.stream().anyMatch(p -> consumer.position(p) < ends.get(p))) {
                consumer.poll(Duration.ofMillis(100)).forEach(all::add);
            }
            return all;
        }
    }

    void unit(String serial, long version, UnitState state) {
        byte[] value = UnitRecord.newBuilder()
                .setSerial(serial)
                .setVersion(version)
                .setState(state)
                .build()
                .toByteArray();
        try (var producer = clusters.newProducer(Cluster.MAIN, "test-units", PATIENT_PRODUCER)) {
            producer.send(new ProducerRecord<>(Topic.UNITS.topicName(), serial.getBytes(StandardCharsets.UTF_8), value))
                    .get();
        } catch (InterruptedException | ExecutionException e) {
            throw new AssertionError(e);
        }
    }
}
