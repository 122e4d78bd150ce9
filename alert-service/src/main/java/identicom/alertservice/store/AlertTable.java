package identicom.alertservice.store;

import identicom.alertservice.alert.Alert;
import identicom.alertservice.alert.AlertState;
import identicom.alertservice.event.Trust;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Rows of {@code alerts.alert}. Locks are always taken in the order of the ids. */
final class AlertTable {

    private static final String COLUMNS = """
            id, serial, kind, class, state, trust, test, flood, raised_at, accepted_at, event_time, late,
            latitude_e7, longitude_e7, position_at, event_count, serial_count, acknowledged_by, outcome,
            rings, rang_at, reopen_at""";

    private AlertTable() {}

    /** The alerts that are not closed of these units, the open floods if asked, and these alerts whatever their state. */
    static List<Alert> lockConcerned(Connection tx, Collection<String> serials, boolean floods, Collection<UUID> ids)
            throws SQLException {
        String sql = "select " + COLUMNS + """

                 from alerts.alert
                where (serial = any(?) and state <> 'closed' and not flood)
                   or (? and flood and state <> 'closed')
                   or id = any(?)
                order by id for update""";
        try (PreparedStatement query = tx.prepareStatement(sql)) {
            query.setArray(1, Rows.texts(tx, serials));
            query.setBoolean(2, floods);
            query.setArray(3, Rows.uuids(tx, ids));
            return read(query);
        }
    }

    static Optional<Alert> lock(Connection tx, UUID id) throws SQLException {
        String sql = "select " + COLUMNS + " from alerts.alert where id = ? for update";
        try (PreparedStatement query = tx.prepareStatement(sql)) {
            query.setObject(1, id);
            return read(query).stream().findFirst();
        }
    }

    private static List<Alert> read(PreparedStatement query) throws SQLException {
        List<Alert> alerts = new ArrayList<>();
        try (ResultSet row = query.executeQuery()) {
            while (row.next()) {
                alerts.add(alert(row));
            }
        }
        return alerts;
    }

    static Alert alert(ResultSet row) throws SQLException {
        return new Alert(
                Rows.uuid(row, "id"),
                row.getString("serial"),
                row.getString("kind"),
                row.getString("class"),
                AlertState.of(row.getString("state")),
                Trust.of(row.getString("trust")),
                row.getBoolean("test"),
                row.getBoolean("flood"),
                Rows.instant(row, "raised_at"),
                Rows.instant(row, "accepted_at"),
                Rows.instantOrNull(row, "event_time"),
                row.getBoolean("late"),
                Rows.positionOrNull(row),
                Rows.instantOrNull(row, "position_at"),
                row.getLong("event_count"),
                row.getLong("serial_count"),
                row.getString("acknowledged_by"),
                row.getString("outcome"),
                row.getInt("rings"),
                Rows.instant(row, "rang_at"),
                Rows.instantOrNull(row, "reopen_at"));
    }

    static void insert(Connection tx, Collection<Alert> alerts) throws SQLException {
        String sql = "insert into alerts.alert (" + COLUMNS + ") values (" + "?, ".repeat(21) + "?)";
        try (PreparedStatement insert = tx.prepareStatement(sql)) {
            for (Alert alert : alerts) {
                insert.setObject(1, alert.id());
                insert.setString(2, alert.serial());
                insert.setString(3, alert.kind());
                insert.setString(4, alert.eventClass());
                insert.setString(5, alert.state().text());
                insert.setString(6, alert.trust().text());
                insert.setBoolean(7, alert.test());
                insert.setBoolean(8, alert.flood());
                Rows.set(insert, 9, alert.raisedAt());
                Rows.set(insert, 10, alert.acceptedAt());
                Rows.set(insert, 11, alert.eventTime());
                insert.setBoolean(12, alert.late());
                setPosition(insert, 13, alert);
                insert.setLong(16, alert.eventCount());
                insert.setLong(17, alert.serialCount());
                insert.setString(18, alert.acknowledgedBy());
                insert.setString(19, alert.outcome());
                insert.setInt(20, alert.rings());
                Rows.set(insert, 21, alert.rangAt());
                Rows.set(insert, 22, alert.reopenAt());
                insert.addBatch();
            }
            insert.executeBatch();
        }
    }

    static void update(Connection tx, Collection<Alert> alerts) throws SQLException {
        String sql = """
                update alerts.alert
                   set kind = ?, class = ?, state = ?, trust = ?, event_time = ?, late = ?,
                       latitude_e7 = ?, longitude_e7 = ?, position_at = ?, event_count = ?, serial_count = ?,
                       acknowledged_by = ?, outcome = ?, rings = ?, rang_at = ?, reopen_at = ?
                 where id = ?""";
        try (PreparedStatement update = tx.prepareStatement(sql)) {
            for (Alert alert : alerts) {
                update.setString(1, alert.kind());
                update.setString(2, alert.eventClass());
                update.setString(3, alert.state().text());
                update.setString(4, alert.trust().text());
                Rows.set(update, 5, alert.eventTime());
                update.setBoolean(6, alert.late());
                setPosition(update, 7, alert);
                update.setLong(10, alert.eventCount());
                update.setLong(11, alert.serialCount());
                update.setString(12, alert.acknowledgedBy());
                update.setString(13, alert.outcome());
                update.setInt(14, alert.rings());
                Rows.set(update, 15, alert.rangAt());
                Rows.set(update, 16, alert.reopenAt());
                update.setObject(17, alert.id());
                update.addBatch();
            }
            update.executeBatch();
        }
    }

    private static void setPosition(PreparedStatement statement, int at, Alert alert) throws SQLException {
        Rows.set(
                statement,
                at,
                alert.position() == null ? null : alert.position().latitudeE7());
        Rows.set(
                statement,
                at + 1,
                alert.position() == null ? null : alert.position().longitudeE7());
        Rows.set(statement, at + 2, alert.positionAt());
    }
}
