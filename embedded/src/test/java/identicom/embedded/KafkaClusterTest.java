package identicom.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KafkaClusterTest {
    private static final TopicPartition KEPT = new TopicPartition("kept", 0);
    private static final Duration PATIENT = Duration.ofSeconds(90);
    private static final Duration IMPATIENT = Duration.ofSeconds(10);

    @TempDir
    Path folder;

    @Test
    void withOneBrokerKilledItGoesOnAndWithTwoNothingIsAcknowledged() throws Exception {
        try (KafkaCluster cluster = KafkaCluster.start(KafkaBroker.Options.in(folder), 3)) {
            createTopic(cluster);
            try (KafkaProducer<String, String> producer = producer(cluster, PATIENT)) {
                send(producer, "all three");
                cluster.kill(0);
                send(producer, "one killed");
            }
            try (KafkaProducer<String, String> producer = producer(cluster, IMPATIENT)) {
                // now, while there are controllers: without an id from them a producer keeps to no limit and cannot be
                // closed
                send(producer, "two left");
                cluster.kill(1);
                assertThatThrownBy(() -> send(producer, "two killed")).isInstanceOf(ExecutionException.class);
            }
            cluster.restart(0);
            cluster.restart(1);
            try (KafkaProducer<String, String> producer = producer(cluster, PATIENT)) {
                send(producer, "all again");
            }
            assertThat(read(cluster, "all again")).contains("all three", "one killed", "two left", "all again");
        }
    }

    private static void createTopic(KafkaCluster cluster) throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", cluster.bootstrapServers()))) {
            NewTopic topic = new NewTopic(KEPT.topic(), 1, (short) 3).configs(Map.of("min.insync.replicas", "2"));
            admin.createTopics(List.of(topic)).all().get();
        }
    }

    /** @param limit after which what was not acknowledged has failed */
    private static KafkaProducer<String, String> producer(KafkaCluster cluster, Duration limit) {
        return new KafkaProducer<>(
                Map.of(
                        "bootstrap.servers", cluster.bootstrapServers(),
                        "acks", "all",
                        "request.timeout.ms", "4000",
                        "delivery.timeout.ms", Long.toString(limit.toMillis()),
                        "max.block.ms", Long.toString(limit.toMillis())),
                new StringSerializer(),
                new StringSerializer());
    }

    private static void send(KafkaProducer<String, String> producer, String value) throws Exception {
        producer.send(new ProducerRecord<>(KEPT.topic(), value)).get();
    }

    private static List<String> read(KafkaCluster cluster, String last) {
        List<String> values = new ArrayList<>();
        try (KafkaConsumer<String, String> consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", cluster.bootstrapServers()),
                new StringDeserializer(),
                new StringDeserializer())) {
            consumer.assign(List.of(KEPT));
            consumer.seekToBeginning(List.of(KEPT));
            while (!values.contains(last)) {
                for (ConsumerRecord<String, String> record : consumer.poll(Duration.ofSeconds(1))) {
                    values.add(record.value());
                }
            }
        }
        return values;
    }
}
