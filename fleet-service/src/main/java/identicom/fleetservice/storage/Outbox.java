package identicom.fleetservice.storage;

import identicom.schema.Cluster;
import identicom.schema.Topic;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Rows of {@code fleet.outbox}: what others are told, written in the transaction that caused it and by the thousand. */
public final class Outbox {
    private static final String INSERT = """
            insert into fleet.outbox (topic, clusters, key, value)
            select ?, ?, key, value
            from unnest(?::bytea[], ?::bytea[]) with ordinality as r (key, value, n)
            order by n""";

    /**
     * A record to be.
     *
     * @param value null: a tombstone
     */
    public record Entry(String key, byte @Nullable [] value) {}

    private Outbox() {}

    /** Puts records of one topic behind everything this transaction has put there before. */
    public static void add(Connection tx, Topic topic, List<Entry> entries) throws SQLException {
        if (entries.isEmpty()) {
            return;
        }
        byte[][] keys = entries.stream()
                .map(entry -> entry.key().getBytes(StandardCharsets.UTF_8))
                .toArray(byte[][]::new);
        byte[][] values = entries.stream().map(Entry::value).toArray(byte[][]::new);
        try (PreparedStatement insert = tx.prepareStatement(INSERT)) {
            insert.setString(1, topic.topicName());
            insert.setString(2, topic.clusters().contains(Cluster.PRIORITY) ? "both" : "main");
            insert.setArray(3, tx.createArrayOf("bytea", keys));
            insert.setArray(4, tx.createArrayOf("bytea", values));
            insert.executeUpdate();
        }
    }
}
