package identicom.mediaservice.index;

import identicom.mediaservice.store.ContentHash;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** Reads pictures, newest taken first. Neither a picture's time nor its id ever changes: each stands on one page. Any thread. */
public final class PictureList {
    private static final String SELECT =
            "select id, serial, picture, taken_at, size, crc32, sha256, state, received, lost_at"
                    + " from media.picture where ";

    private final DataSource database;

    public PictureList(DataSource database) {
        this.database = database;
    }

    /** A place in the list: what follows was taken before, or at the same time and has a smaller id. */
    public record Place(Instant takenAt, long id) {}

    /** At most {@code limit} pictures from {@code after} on; from the beginning when it is null. */
    public List<StoredPicture> read(PictureFilter filter, @Nullable Place after, int limit) throws SQLException {
        List<String> conditions = new ArrayList<>(List.of("true"));
        List<Object> parameters = new ArrayList<>();
        if (filter.serial() != null) {
            conditions.add("serial = ?");
            parameters.add(filter.serial());
        }
        if (filter.from() != null) {
            conditions.add("taken_at >= ?");
            parameters.add(time(filter.from()));
        }
        if (filter.to() != null) {
            conditions.add("taken_at < ?");
            parameters.add(time(filter.to()));
        }
        if (after != null) {
            conditions.add("(taken_at, id) < (?, ?)");
            parameters.add(time(after.takenAt()));
            parameters.add(after.id());
        }
        parameters.add(limit);
        String sql = SELECT + String.join(" and ", conditions) + " order by taken_at desc, id desc limit ?";
        try (Connection connection = database.getConnection();
                PreparedStatement query = connection.prepareStatement(sql)) {
            for (int i = 0; i < parameters.size(); i++) {
                query.setObject(i + 1, parameters.get(i));
            }
            return pictures(query);
        }
    }

    /** The picture of that id, read in the caller's transaction. */
    public static Optional<StoredPicture> find(Connection transaction, long id) throws SQLException {
        try (PreparedStatement query = transaction.prepareStatement(SELECT + "id = ?")) {
            query.setLong(1, id);
            return pictures(query).stream().findFirst();
        }
    }

    private static List<StoredPicture> pictures(PreparedStatement query) throws SQLException {
        try (ResultSet rows = query.executeQuery()) {
            List<StoredPicture> found = new ArrayList<>();
            while (rows.next()) {
                found.add(picture(rows));
            }
            return found;
        }
    }

    private static StoredPicture picture(ResultSet row) throws SQLException {
        byte[] hash = row.getBytes(7);
        OffsetDateTime lostAt = row.getObject(10, OffsetDateTime.class);
        return new StoredPicture(
                row.getLong(1),
                row.getString(2),
                row.getInt(3),
                row.getObject(4, OffsetDateTime.class).toInstant(),
                row.getLong(5),
                row.getLong(6),
                hash == null ? null : ContentHash.ofBytes(hash),
                PictureState.of(row.getString(8)),
                row.getLong(9),
                lostAt == null ? null : lostAt.toInstant());
    }

    private static OffsetDateTime time(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }
}
