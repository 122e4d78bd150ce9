package identicom.runtime.kafka;

import identicom.runtime.process.Health;
import identicom.runtime.process.Metrics;
import identicom.schema.Cluster;
import java.time.Duration;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;

public final class TopicFollower implements AutoCloseable {
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

    public TopicFollower(
            String name,
            Cluster cluster,
            String topic,
            From from,
            Clusters clusters,
            Consumer<ConsumerRecord<byte[], byte[]>> apply,
            Health health,
            Metrics metrics) {}

    public void start() {}

    public boolean caughtUp() {
        return false;
    }

    @Override
    public void close() {}
}
