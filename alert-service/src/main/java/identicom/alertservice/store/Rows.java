package identicom.alertservice.store;

import identicom.alertservice.event.Position;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** How the values of this service stand in JDBC's columns and parameters. */
public final class Rows {

    private Rows() {}

    public static Instant instant(ResultSet row, String column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }

    public static @Nullable Instant instantOrNull(ResultSet row, String column) throws SQLException {
        OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
        return time == null ? null : time.toInstant();
    }

    public static @Nullable Integer integerOrNull(ResultSet row, String column) throws SQLException {
        int value = row.getInt(column);
        return row.wasNull() ? null : value;
    }

    public static @Nullable Position positionOrNull(ResultSet row) throws SQLException {
        Integer latitude = integerOrNull(row, "latitude_e7");
        Integer longitude = integerOrNull(row, "longitude_e7");
        return latitude == null || longitude == null ? null : new Position(latitude, longitude);
    }

    public static void set(PreparedStatement statement, int at, @Nullable Instant value) throws SQLException {
        if (value == null) {
            statement.setNull(at, Types.TIMESTAMP_WITH_TIMEZONE);
        } else {
            statement.setObject(at, value.atOffset(ZoneOffset.UTC));
        }
    }

    public static void set(PreparedStatement statement, int at, @Nullable Integer value) throws SQLException {
        if (value == null) {
            statement.setNull(at, Types.INTEGER);
        } else {
            statement.setInt(at, value);
        }
    }

    public static Array uuids(Connection tx, Collection<UUID> ids) throws SQLException {
        return tx.createArrayOf("uuid", ids.toArray());
    }

    public static Array texts(Connection tx, Collection<String> texts) throws SQLException {
        return tx.createArrayOf("text", texts.toArray());
    }

    public static Array bytes(Connection tx, Collection<byte[]> values) throws SQLException {
        return tx.createArrayOf("bytea", values.toArray(new byte[0][]));
    }

    public static UUID uuid(ResultSet row, String column) throws SQLException {
        return row.getObject(column, UUID.class);
    }
}
