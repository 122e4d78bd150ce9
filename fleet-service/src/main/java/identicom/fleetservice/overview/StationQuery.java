package identicom.fleetservice.overview;

import identicom.fleetservice.overview.SystemView.StationView;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Reads the stations from what their heartbeats left. */
final class StationQuery {
    /** Heartbeats come every 2 s. */
    private static final Duration SILENT = Duration.ofSeconds(10);

    private static final Duration FORGOTTEN = Duration.ofDays(1);
    private static final int MOST = 1_000;

    private StationQuery() {}

    static List<StationView> stations(Connection connection, Instant now) throws SQLException {
        String sql = "select station, heard_at, draining, main_silent, open_sessions from fleet.stations"
                + " where heard_at > ? order by heard_at desc, station limit ?";
        try (PreparedStatement select = connection.prepareStatement(sql)) {
            select.setTimestamp(1, Timestamp.from(now.minus(FORGOTTEN)));
            select.setInt(2, MOST);
            try (ResultSet rows = select.executeQuery()) {
                List<StationView> stations = new ArrayList<>();
                while (rows.next()) {
                    stations.add(station(rows, now));
                }
                return stations;
            }
        }
    }

    private static StationView station(ResultSet row, Instant now) throws SQLException {
        Instant heard = row.getTimestamp("heard_at").toInstant();
        boolean silent = heard.isBefore(now.minus(SILENT));
        String state = silent
                ? "silent"
                : row.getBoolean("draining") ? "draining" : row.getBoolean("main_silent") ? "main-silent" : "serving";
        return new StationView(row.getString("station"), state, silent ? 0 : row.getInt("open_sessions"), heard);
    }
}
