package identicom.runtime.kafka;

import identicom.runtime.process.Health;
import identicom.runtime.process.Metrics;
import identicom.schema.Cluster;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Set;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

public final class OutboxRelay implements AutoCloseable {
    public record OutboxRow(String topic, Set<Cluster> clusters, byte[] key, byte @Nullable [] value) {}

    public OutboxRelay(String schema, DataSource dataSource, Clusters clusters, Health health, Metrics metrics) {}

    public void start() {}

    public void wake() {}

    public static void enqueue(Connection transaction, String schema, OutboxRow row) throws SQLException {}

    @Override
    public void close() {}
}
