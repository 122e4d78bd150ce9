package identicom.mediaservice.index;

import identicom.mediaservice.store.ContentHash;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A transaction that takes blocks in: pictures made and locked, their parts, their new states. Confined to one thread. */
public final class Adding implements AutoCloseable {
    private static final String KEYS =
            "unnest(?::text[], ?::int4[], ?::int8[], ?::int8[], ?::int8[]) as k (serial, picture, taken_s, size, crc32)";

    /** In one order everywhere, so that two instances with the same pictures wait for each other and cannot deadlock. */
    private static final String LOCK =
            "select p.id, p.serial, p.picture, p.taken_at, p.size, p.crc32, p.state, p.received, p.sha256, p.corrupt_reading"
                    + " from media.picture p join " + KEYS + " on p.serial = k.serial and p.picture = k.picture"
                    + " and p.taken_at = to_timestamp(k.taken_s) and p.size = k.size and p.crc32 = k.crc32"
                    + " order by p.id for update of p";

    private static final String INSERT = "insert into media.picture (serial, picture, taken_at, size, crc32, state)"
            + " select serial, picture, to_timestamp(taken_s), size, crc32, 'partial' from " + KEYS
            + " on conflict do nothing";

    private static final String UPDATE = "update media.picture set state = ?, received = ?, sha256 = ?,"
            + " corrupt_reading = ?, changed_at = clock_timestamp(),"
            + " lost_at = case when ?::bytea is null then lost_at end where id = ?";

    private final Connection connection;
    private final Parts parts;

    Adding(Connection connection) {
        this.connection = connection;
        this.parts = new Parts(connection);
    }

    /** The pictures of these keys, locked until the end; those that are new are made. */
    public SortedMap<PictureKey, PictureRow> pictures(SortedSet<PictureKey> keys) throws SQLException {
        SortedMap<PictureKey, PictureRow> found = lock(keys);
        if (found.size() < keys.size()) {
            SortedSet<PictureKey> missing = new TreeSet<>(keys);
            missing.removeAll(found.keySet());
            try (PreparedStatement insert = connection.prepareStatement(INSERT)) {
                set(insert, missing);
                insert.executeUpdate();
            }
            found = lock(keys);
        }
        return found;
    }

    private SortedMap<PictureKey, PictureRow> lock(SortedSet<PictureKey> keys) throws SQLException {
        SortedMap<PictureKey, PictureRow> found = new TreeMap<>();
        try (PreparedStatement query = connection.prepareStatement(LOCK)) {
            set(query, keys);
            try (ResultSet rows = query.executeQuery()) {
                while (rows.next()) {
                    PictureRow row = row(rows);
                    found.put(row.key(), row);
                }
            }
        }
        return found;
    }

    private static PictureRow row(ResultSet row) throws SQLException {
        byte[] hash = row.getBytes(9);
        int corruptReading = row.getInt(10);
        Instant takenAt = row.getObject(4, OffsetDateTime.class).toInstant();
        return new PictureRow(
                row.getLong(1),
                new PictureKey(
                        row.getString(2), row.getInt(3), takenAt.getEpochSecond(), row.getLong(5), row.getLong(6)),
                PictureState.of(row.getString(7)),
                row.getLong(8),
                hash == null ? null : ContentHash.ofBytes(hash),
                corruptReading == 0 ? null : corruptReading);
    }

    /** The parts of pictures that are not whole. */
    public Parts parts() {
        return parts;
    }

    /** Writes what became of pictures. */
    public void save(Collection<PictureRow> rows) throws SQLException {
        try (PreparedStatement update = connection.prepareStatement(UPDATE)) {
            for (PictureRow row : rows) {
                byte @Nullable [] hash = row.hash() == null ? null : row.hash().bytes();
                update.setString(1, row.state().text());
                update.setLong(2, row.received());
                update.setBytes(3, hash);
                update.setObject(4, row.corruptReading(), Types.SMALLINT);
                update.setBytes(5, hash);
                update.setLong(6, row.id());
                update.addBatch();
            }
            update.executeBatch();
        }
    }

    public void commit() throws SQLException {
        parts.flush();
        connection.commit();
    }

    @Override
    public void close() throws SQLException {
        parts.close();
        Index.end(connection);
    }

    private void set(PreparedStatement statement, SortedSet<PictureKey> keys) throws SQLException {
        List<PictureKey> ordered = new ArrayList<>(keys);
        statement.setArray(1, array("text", ordered, PictureKey::serial));
        statement.setArray(2, array("int4", ordered, PictureKey::picture));
        statement.setArray(3, array("int8", ordered, PictureKey::takenS));
        statement.setArray(4, array("int8", ordered, PictureKey::size));
        statement.setArray(5, array("int8", ordered, PictureKey::crc32));
    }

    private Array array(String type, List<PictureKey> keys, Function<PictureKey, Object> value) throws SQLException {
        return connection.createArrayOf(type, keys.stream().map(value).toArray());
    }
}
