package identicom.runtime.kafka;

import identicom.testing.TestKafka;
import identicom.testing.TestTopics;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
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
        return TestTopics.admin(TestKafka.shared().bootstrapServers());
    }

    /** Values in order, each with key {@code k}. */
    static void send(String topic, String... values) {
        try (TestTopics topics = topics()) {
            for (String value : values) {
                topics.publish(topic, "k", bytes(value));
            }
        }
    }

    /** One value with a header. */
    static void sendWith(String topic, String header, byte[] content, String value) {
        ProducerRecord<byte[], byte[]> record = new ProducerRecord<>(topic, bytes("k"), bytes(value));
        record.headers().add(header, content);
        try (TestTopics topics = topics()) {
            TestTopics.acknowledged(List.of(topics.send(record)));
        }
    }

    private static TestTopics topics() {
        return new TestTopics(TestKafka.shared().bootstrapServers());
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
