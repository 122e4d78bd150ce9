package identicom.runtime.kafka;

import identicom.runtime.process.Health;
import identicom.runtime.process.Metrics;
import identicom.schema.Cluster;
import java.util.Collection;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;

public final class ConsumeLoop implements AutoCloseable {
    public record Options(String name, Cluster cluster, String group, Collection<String> topics, int maxBatch) {}

    @FunctionalInterface
    public interface Handler {
        void handle(List<ConsumerRecord<byte[], byte[]>> batch) throws Exception;
    }

    public ConsumeLoop(
            Options options,
            Clusters clusters,
            Handler handler,
            Quarantine quarantine,
            Health health,
            Metrics metrics) {}

    public void start() {}

    @Override
    public void close() {}
}
