package identicom.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
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

class KafkaBrokerTest {
    private static final TopicPartition KEPT = new TopicPartition("kept", 0);

    @TempDir
    Path folder;

    @Test
    void recordsSurviveKillingTheBrokerAndACleanRestart() throws Exception {
        KafkaBroker broker = KafkaBroker.start(KafkaBroker.Options.in(folder));
        createTopic(broker);
        send(broker, "before kill");
        broker.kill();
        assertThat(broker.isAlive()).isFalse();

        KafkaBroker second = broker.restart();
        assertThat(second.port()).isEqualTo(broker.port());
        assertThat(read(second, 1)).containsExactly("before kill");
        send(second, "before stop");
        second.close();
        assertThat(second.isAlive()).isFalse();

        try (KafkaBroker third = KafkaBroker.start(KafkaBroker.Options.in(folder))) {
            assertThat(read(third, 2)).containsExactly("before kill", "before stop");
        }
    }

    @Test
    void aPortInUseIsNamed() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            assertThatThrownBy(() ->
                            KafkaBroker.start(KafkaBroker.Options.in(folder).withPort(taken.getLocalPort())))
                    .hasMessageContaining("port " + taken.getLocalPort())
                    .hasMessageContaining("in use");
        }
    }

    private static void createTopic(KafkaBroker broker) throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
            NewTopic topic = new NewTopic(KEPT.topic(), 1, (short) 1).configs(Map.of("flush.messages", "1"));
            admin.createTopics(List.of(topic)).all().get();
        }
    }

    private static void send(KafkaBroker broker, String value) throws Exception {
        try (KafkaProducer<String, String> producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", broker.bootstrapServers()),
                new StringSerializer(),
                new StringSerializer())) {
            producer.send(new ProducerRecord<>(KEPT.topic(), value)).get();
        }
    }

    private static List<String> read(KafkaBroker broker, int count) {
        List<String> values = new ArrayList<>();
        try (KafkaConsumer<String, String> consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", broker.bootstrapServers()),
                new StringDeserializer(),
                new StringDeserializer())) {
            consumer.assign(List.of(KEPT));
            consumer.seekToBeginning(List.of(KEPT));
            long deadline = System.nanoTime() + Duration.ofSeconds(60).toNanos();
            while (values.size() < count && System.nanoTime() < deadline) {
                for (ConsumerRecord<String, String> record : consumer.poll(Duration.ofMillis(200))) {
                    values.add(record.value());
                }
            }
        }
        return values;
    }
}
