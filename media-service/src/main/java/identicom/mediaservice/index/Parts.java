package identicom.mediaservice.index;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Table {@code media.part} within a transaction. Confined to one thread. */
public final class Parts {
    private static final int PENDING_BYTES = 4 * 1_048_576;
    private static final int PENDING_ROWS = 1_000;
    private static final int FETCH_ROWS = 64;

    private final Connection connection;
    private @Nullable PreparedStatement insert;
    private int pendingRows;
    private int pendingBytes;

    Parts(Connection connection) {
        this.connection = connection;
    }

    /** One reading of one picture. */
    public record Reading(long pictureId, int number) {}

    /** Bytes {@code start} to {@code start + length - 1}. */
    public record Range(int start, int length) {
        public int end() {
            return start + length;
        }
    }

    /** Takes a part's bytes. */
    @FunctionalInterface
    public interface Taker {
        void take(int start, byte[] data);
    }

    /** What is here of these pictures, by reading, from the start on. */
    public Map<Reading, List<Range>> ranges(Collection<Long> pictureIds) throws SQLException {
        Map<Reading, List<Range>> ranges = new HashMap<>();
        String sql = "select picture_id, reading, start_at, length from media.part where picture_id = any (?)"
                + " order by picture_id, reading, start_at";
        try (PreparedStatement query = connection.prepareStatement(sql)) {
            query.setArray(1, connection.createArrayOf("int8", pictureIds.toArray()));
            try (ResultSet rows = query.executeQuery()) {
                while (rows.next()) {
                    ranges.computeIfAbsent(new Reading(rows.getLong(1), rows.getInt(2)), reading -> new ArrayList<>())
                            .add(new Range(rows.getInt(3), rows.getInt(4)));
                }
            }
        }
        return ranges;
    }

    /** Hands over the parts that begin at these places. */
    public void read(Reading reading, Collection<Range> which, Taker taker) throws SQLException {
        if (which.isEmpty()) {
            return;
        }
        String sql =
                "select start_at, data from media.part where picture_id = ? and reading = ? and start_at = any (?)";
        try (PreparedStatement query = connection.prepareStatement(sql)) {
            query.setFetchSize(FETCH_ROWS);
            setPlaces(query, reading, which);
            try (ResultSet rows = query.executeQuery()) {
                while (rows.next()) {
                    taker.take(rows.getInt(1), rows.getBytes(2));
                }
            }
        }
    }

    /** Removes the parts that begin at these places. */
    public void remove(Reading reading, Collection<Range> which) throws SQLException {
        String sql = "delete from media.part where picture_id = ? and reading = ? and start_at = any (?)";
        try (PreparedStatement delete = connection.prepareStatement(sql)) {
            setPlaces(delete, reading, which);
            delete.executeUpdate();
        }
    }

    private void setPlaces(PreparedStatement statement, Reading reading, Collection<Range> which) throws SQLException {
        statement.setLong(1, reading.pictureId());
        statement.setInt(2, reading.number());
        statement.setArray(
                3,
                connection.createArrayOf(
                        "int4", which.stream().map(Range::start).toArray()));
    }

    /** Adds a part; it is in the table after {@link #flush} at the latest. */
    public void add(Reading reading, int start, byte[] data) throws SQLException {
        PreparedStatement row = insert();
        row.setLong(1, reading.pictureId());
        row.setInt(2, reading.number());
        row.setInt(3, start);
        row.setInt(4, data.length);
        row.setBytes(5, data);
        row.addBatch();
        pendingRows++;
        pendingBytes += data.length;
        if (pendingRows >= PENDING_ROWS || pendingBytes >= PENDING_BYTES) {
            flush();
        }
    }

    private PreparedStatement insert() throws SQLException {
        PreparedStatement prepared = insert;
        if (prepared == null) {
            prepared = connection.prepareStatement(
                    "insert into media.part (picture_id, reading, start_at, length, data) values (?, ?, ?, ?, ?)");
            insert = prepared;
        }
        return prepared;
    }

    /** Removes every part of these pictures. */
    public void removeAll(Collection<Long> pictureIds) throws SQLException {
        flush();
        if (pictureIds.isEmpty()) {
            return;
        }
        try (PreparedStatement delete =
                connection.prepareStatement("delete from media.part where picture_id = any (?)")) {
            delete.setArray(1, connection.createArrayOf("int8", pictureIds.toArray()));
            delete.executeUpdate();
        }
    }

    void flush() throws SQLException {
        if (pendingRows > 0) {
            insert().executeBatch();
            pendingRows = 0;
            pendingBytes = 0;
        }
    }

    void close() throws SQLException {
        PreparedStatement prepared = insert;
        if (prepared != null) {
            prepared.close();
        }
    }
}
