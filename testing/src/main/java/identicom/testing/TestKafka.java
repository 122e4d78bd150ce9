package identicom.testing;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import identicom.embedded.KafkaBroker;
import java.io.IOException;
import java.nio.file.Path;
import org.slf4j.LoggerFactory;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.kafka.KafkaContainer;

/** A real Kafka broker for tests: a container where Docker is, a child process where it is not. */
public final class TestKafka implements AutoCloseable {
    private static final String IMAGE = "apache/kafka-native:4.3.1";
    private static final Holder<TestKafka> SHARED = new Holder<>(TestKafka::start);

    private final String bootstrapServers;
    private final AutoCloseable broker;

    private TestKafka(String bootstrapServers, AutoCloseable broker) {
        this.bootstrapServers = bootstrapServers;
        this.broker = broker;
    }

    /** One that belongs to the caller. */
    public static TestKafka start() {
        return dockerIsThere() ? container() : child();
    }

    /** The one that all tests of this JVM share; it ends with the JVM, and closing it is nobody's business. */
    public static TestKafka shared() {
        return SHARED.get();
    }

    private static boolean dockerIsThere() {
        ((Logger) LoggerFactory.getLogger("org.testcontainers")).setLevel(Level.OFF);
        ((Logger) LoggerFactory.getLogger("com.github.dockerjava")).setLevel(Level.OFF);
        return DockerClientFactory.instance().isDockerAvailable();
    }

    private static TestKafka container() {
        KafkaContainer container = new KafkaContainer(IMAGE)
                .withEnv("KAFKA_AUTO_CREATE_TOPICS_ENABLE", "false")
                .withEnv("KAFKA_GROUP_INITIAL_REBALANCE_DELAY_MS", "0");
        container.start();
        return new TestKafka(container.getBootstrapServers(), container);
    }

    private static TestKafka child() {
        try {
            Path folder = TestFolders.fresh("kafka");
            KafkaBroker broker = KafkaBroker.start(KafkaBroker.Options.in(folder));
            return new TestKafka(broker.bootstrapServers(), () -> {
                broker.close();
                TestFolders.remove(folder);
            });
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    public String bootstrapServers() {
        return bootstrapServers;
    }

    @Override
    public void close() {
        try {
            broker.close();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
