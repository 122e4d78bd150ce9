package identicom.mediaservice.index;

import identicom.mediaservice.store.ContentHash;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** A transaction during which nobody adds: what is found here to belong to nothing does belong to nothing. Confined to one thread. */
public final class Removing implements AutoCloseable {
    /** Back to what is still here: nothing. Should its blocks come again, it becomes whole again. */
    private static final String LOST = "update media.picture set state = 'partial', received = 0, sha256 = null,"
            + " lost_at = clock_timestamp(), changed_at = clock_timestamp() where sha256 = ?";

    private final Connection connection;

    Removing(Connection connection) {
        this.connection = connection;
    }

    /** Which of these contents rows point at. */
    public Set<ContentHash> known(Collection<ContentHash> hashes) throws SQLException {
        Set<ContentHash> known = new HashSet<>();
        try (PreparedStatement query =
                connection.prepareStatement("select distinct sha256 from media.picture where sha256 = any (?)")) {
            query.setArray(
                    1,
                    connection.createArrayOf(
                            "bytea", hashes.stream().map(ContentHash::bytes).toArray(byte[][]::new)));
            try (ResultSet rows = query.executeQuery()) {
                while (rows.next()) {
                    known.add(ContentHash.ofBytes(rows.getBytes(1)));
                }
            }
        }
        return known;
    }

    /** Takes back what rows said of a content that the store no longer has. @return how many pictures */
    public int lost(ContentHash hash) throws SQLException {
        try (PreparedStatement update = connection.prepareStatement(LOST)) {
            update.setBytes(1, hash.bytes());
            return update.executeUpdate();
        }
    }

    /** The store that belongs to this index. */
    public Optional<UUID> storeId() throws SQLException {
        try (PreparedStatement query = connection.prepareStatement("select id from media.store");
                ResultSet rows = query.executeQuery()) {
            return rows.next() ? Optional.of(rows.getObject(1, UUID.class)) : Optional.empty();
        }
    }

    public void setStoreId(UUID id) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement("insert into media.store (id) values (?)")) {
            insert.setObject(1, id);
            insert.executeUpdate();
        }
    }

    public void commit() throws SQLException {
        connection.commit();
    }

    @Override
    public void close() throws SQLException {
        Index.end(connection);
    }
}
