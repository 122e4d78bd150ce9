package identicom.fleetservice.units;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads units together with what is known of them. */
final class UnitQueries {
    /** A station that has not been heard for longer has no sessions any more: heartbeats come every 2 s. */
    static final Duration STATION_SILENT = Duration.ofSeconds(30);

    private static final double E7 = 1e7;

    private static final String SELECT = """
            select * from (
              select u.*, greatest(e.heard_at, s.heard_at) as last_seen,
                     coalesce(s.software_version, e.software_version) as software_version,
                     e.battery, e.latitude_e7, e.longitude_e7, e.position_at,
                     coalesce(not s.closed and s.opened_at >= st.started_at and st.heard_at > ?, false) as connected
              from fleet.units u
              left join fleet.unit_events e using (serial)
              left join fleet.unit_sessions s using (serial)
              left join fleet.stations st on st.station = s.station
            ) unit
            """;

    /**
     * Which units are asked for; null: any.
     *
     * @param after only serials behind this one
     */
    record Filter(
            @Nullable String after,
            @Nullable String state,
            @Nullable String site,
            @Nullable Boolean connected) {}

    private UnitQueries() {}

    static Optional<UnitView> one(Connection connection, String serial, Instant now) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(SELECT + "where serial = ?")) {
            select.setTimestamp(1, Timestamp.from(now.minus(STATION_SILENT)));
            select.setString(2, serial);
            try (ResultSet rows = select.executeQuery()) {
                return rows.next() ? Optional.of(view(rows)) : Optional.empty();
            }
        }
    }

    /** In the order of the serials. */
    static List<UnitView> list(Connection connection, Filter filter, int limit, Instant now) throws SQLException {
        StringBuilder sql = new StringBuilder(SELECT).append("where true");
        List<Object> values = new ArrayList<>();
        and(sql, values, "serial > ?", filter.after());
        and(sql, values, "state = ?", filter.state());
        and(sql, values, "site = ?", filter.site());
        and(sql, values, "connected = ?", filter.connected());
        sql.append(" order by serial limit ?");
        values.add(limit);
        try (PreparedStatement select = connection.prepareStatement(sql.toString())) {
            select.setTimestamp(1, Timestamp.from(now.minus(STATION_SILENT)));
            for (int i = 0; i < values.size(); i++) {
                select.setObject(i + 2, values.get(i));
            }
            List<UnitView> units = new ArrayList<>();
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    units.add(view(rows));
                }
            }
            return units;
        }
    }

    private static void and(StringBuilder sql, List<Object> values, String condition, @Nullable Object value) {
        if (value != null) {
            sql.append(" and ").append(condition);
            values.add(value);
        }
    }

    private static UnitView view(ResultSet row) throws SQLException {
        int checkInMinutes = row.getInt("check_in_minutes");
        String state = row.getString("state");
        Instant lastSeen = instant(row, "last_seen");
        boolean due = lastSeen != null && state.equals(UnitState.COMMISSIONED.text());
        return new UnitView(
                row.getString("serial"),
                row.getString("wearer"),
                row.getString("phone"),
                row.getString("site"),
                checkInMinutes,
                row.getInt("grace_minutes"),
                state,
                row.getLong("version"),
                row.getTimestamp("changed_at").toInstant(),
                lastSeen,
                due ? lastSeen.plus(Duration.ofMinutes(checkInMinutes)) : null,
                row.getString("software_version"),
                row.getObject("battery", Integer.class),
                position(row),
                instant(row, "position_at"),
                row.getBoolean("connected"));
    }

    private static UnitView.@Nullable Position position(ResultSet row) throws SQLException {
        Integer latitude = row.getObject("latitude_e7", Integer.class);
        Integer longitude = row.getObject("longitude_e7", Integer.class);
        return latitude == null || longitude == null ? null : new UnitView.Position(latitude / E7, longitude / E7);
    }

    private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        Timestamp timestamp = row.getTimestamp(column);
        return timestamp == null ? null : timestamp.toInstant();
    }
}
