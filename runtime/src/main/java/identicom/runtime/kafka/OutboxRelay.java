package identicom.runtime.kafka;

import identicom.runtime.process.Health;
import identicom.runtime.process.Metrics;
import identicom.schema.Cluster;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Publishes the rows of {@code <schema>.outbox} and deletes each one when every cluster named in it has acknowledged it. A row's
 * {@code clusters} column names those that have not yet: one that main has taken goes on as {@code priority}, and no later row for
 * main waits behind it. Records with the same topic and key are published in the order of their rows.
 *
 * <p>One thread and, while it publishes, one database connection for each cluster. Several instances share the work: an advisory lock
 * lets one at a time publish to a cluster. After a crash a record can be published twice.
 */
public final class OutboxRelay implements AutoCloseable {
    private static final Pattern SCHEMA = Pattern.compile("[a-z_]{1,40}");

    /**
     * A record to publish.
     *
     * @param clusters main alone, or both
     * @param value null: a tombstone
     */
    public record OutboxRow(String topic, Set<Cluster> clusters, byte[] key, byte @Nullable [] value) {
        public OutboxRow {
            clusters = Set.copyOf(clusters);
        }
    }

    private final List<OutboxLane> lanes;

    public OutboxRelay(String schema, DataSource dataSource, Clusters clusters, Health health, Metrics metrics) {
        this.lanes = Arrays.stream(Cluster.values())
                .map(cluster -> new OutboxLane(checked(schema), cluster, dataSource, clusters, health, metrics))
                .toList();
    }

    public void start() {
        lanes.forEach(OutboxLane::start);
    }

    /** Says that a row may have been committed. Without it the row is found within 500 ms. */
    public void wake() {
        lanes.forEach(OutboxLane::wake);
    }

    /** Writes a row in the caller's transaction. */
    public static void enqueue(Connection transaction, String schema, OutboxRow row) throws SQLException {
        String sql = "insert into " + checked(schema) + ".outbox (topic, clusters, key, value) values (?, ?, ?, ?)";
        try (PreparedStatement insert = transaction.prepareStatement(sql)) {
            insert.setString(1, row.topic);
            insert.setString(2, clusters(row.clusters));
            insert.setBytes(3, row.key);
            insert.setBytes(4, row.value);
            insert.executeUpdate();
        }
    }

    private static String clusters(Set<Cluster> clusters) {
        if (clusters.isEmpty()) {
            throw new IllegalArgumentException("no cluster");
        }
        if (clusters.size() == 2) {
            return "both";
        }
        return clusters.iterator().next().word();
    }

    private static String checked(String schema) {
        if (!SCHEMA.matcher(schema).matches()) {
            throw new IllegalArgumentException(schema + " (expected: a schema's name)");
        }
        return schema;
    }

    @Override
    public void close() {
        lanes.forEach(OutboxLane::close);
    }
}
