package identicom.runtime.kafka;

import identicom.schema.Cluster;
import identicom.testing.TestKafka;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/** A topic of the test's own at the broker that tests share; the broker stands for both clusters. */
final class KafkaTopics {
    static final Map<String, Object> NOBODY = Map.of("bootstrap.servers", "127.0.0.1:1");

    private KafkaTopics() {}

    static Map<String, Object> broker() {
        return Map.of("bootstrap.servers", TestKafka.shared().bootstrapServers());
    }

    static Clusters clusters() {
        return new Clusters(broker(), broker());
    }

    static String fresh(int partitions) throws Exception {
        String topic = "test-" + UUID.randomUUID();
        try (Admin admin = admin()) {
            admin.createTopics(List.of(new NewTopic(topic, partitions, (short) 1)))
                    .all()
                    .get();
        }
        return topic;
    }

    static Admin admin() {
        return Admin.create(
                clusters().admin(Cluster.MAIN, Map.of("request.timeout.ms", 20_000, "default.api.timeout.ms", 60_000)));
    }

    /** Values in order, each with key {@code k}. */
    static void send(String topic, String... values) throws Exception {
        try (Producer<byte[], byte[]> producer = patientProducer(clusters())) {
            for (String value : values) {
                producer.send(new ProducerRecord<>(topic, bytes("k"), bytes(value)))
                        .get();
            }
        }
    }

    /** One for the test itself, which is no station that has to be quick. */
    static Producer<byte[], byte[]> patientProducer(Clusters clusters) {
        Map<String, Object> limits =
                Map.of("max.block.ms", 60_000, "request.timeout.ms", 20_000, "delivery.timeout.ms", 60_000);
        return clusters.newProducer(Cluster.MAIN, "test", limits);
    }

    static @Nullable Long committed(String group, String topic) throws Exception {
        try (Admin admin = admin()) {
            OffsetAndMetadata offset = admin.listConsumerGroupOffsets(group)
                    .partitionsToOffsetAndMetadata()
                    .get()
                    .get(new TopicPartition(topic, 0));
            return offset == null ? null : offset.offset();
        }
    }

    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    static String text(byte @Nullable [] bytes) {
        return bytes == null ? "tombstone" : new String(bytes, StandardCharsets.UTF_8);
    }

    static List<String> values(List<ConsumerRecord<byte[], byte[]>> records) {
        List<String> values = new ArrayList<>();
        records.forEach(record -> values.add(text(record.value())));
        return values;
    }
}
