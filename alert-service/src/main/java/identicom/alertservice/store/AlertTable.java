package identicom.alertservice.store;

import identicom.alertservice.alert.Alert;
import identicom.alertservice.alert.AlertState;
import identicom.alertservice.alert.Facts;
import identicom.alertservice.alert.Matter;
import identicom.alertservice.alert.Standing;
import identicom.alertservice.alert.Standing.Holder;
import identicom.alertservice.event.Trust;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Rows of {@code alerts.alert}. Locks are always taken in the order of the ids. */
final class AlertTable {

    private static final String COLUMNS = """
            id, serial, kind, class, state, trust, test, flood, raised_at, accepted_at, event_time, late,
            latitude_e7, longitude_e7, position_at, event_count, serial_count, acknowledged_by, outcome,
            rings, rang_at, reopen_at, subject, test_until, live_at, first_taken_at, acknowledged_at, holder_by_feed,
            attend_by, reminded""";
    private static final int COLUMN_COUNT = 30;

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

    /** Those that are not closed: of these units, and of these subjects by kind. */
    static List<Alert> lockOpen(
            Connection tx, Collection<String> serials, Collection<String> kinds, Collection<String> subjects)
            throws SQLException {
        String sql = "select " + COLUMNS + """

                 from alerts.alert
                where state <> 'closed'
                  and (serial = any(?) or (kind, subject) in (select * from unnest(?, ?)))
                order by id for update""";
        try (PreparedStatement query = tx.prepareStatement(sql)) {
            query.setArray(1, Rows.texts(tx, serials));
            query.setArray(2, Rows.texts(tx, kinds));
            query.setArray(3, Rows.texts(tx, subjects));
            return read(query);
        }
    }

    /** Live ones that are not closed, of these units or naming them. */
    static List<Alert> lockNaming(Connection tx, Collection<String> serials) throws SQLException {
        String sql = "select " + COLUMNS + """

                 from alerts.alert
                where state <> 'closed' and not test and not flood
                  and (serial = any(?) or id in (select alert_id from alerts.flood_serial where serial = any(?)))
                order by id for update""";
        try (PreparedStatement query = tx.prepareStatement(sql)) {
            query.setArray(1, Rows.texts(tx, serials));
            query.setArray(2, Rows.texts(tx, serials));
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

    static List<Alert> read(PreparedStatement query) throws SQLException {
        List<Alert> alerts = new ArrayList<>();
        try (ResultSet row = query.executeQuery()) {
            while (row.next()) {
                alerts.add(alert(row));
            }
        }
        return alerts;
    }

    static Alert alert(ResultSet row) throws SQLException {
        return new Alert(Rows.uuid(row, "id"), matter(row), facts(row), standing(row));
    }

    private static Matter matter(ResultSet row) throws SQLException {
        Instant until = Rows.instantOrNull(row, "test_until");
        return new Matter(
                row.getString("serial"),
                row.getString("subject"),
                row.getString("kind"),
                row.getString("class"),
                Trust.of(row.getString("trust")),
                until == null ? null : new Matter.Test(until, Rows.instantOrNull(row, "live_at")),
                row.getBoolean("flood"));
    }

    private static Facts facts(ResultSet row) throws SQLException {
        return new Facts(
                Rows.instant(row, "raised_at"),
                Rows.instant(row, "accepted_at"),
                Rows.instantOrNull(row, "event_time"),
                row.getBoolean("late"),
                Rows.positionOrNull(row),
                Rows.instantOrNull(row, "position_at"),
                row.getLong("event_count"),
                row.getLong("serial_count"));
    }

    private static Standing standing(ResultSet row) throws SQLException {
        return new Standing(
                AlertState.of(row.getString("state")),
                holder(row),
                Rows.instantOrNull(row, "first_taken_at"),
                row.getString("outcome"),
                row.getInt("rings"),
                Rows.instant(row, "rang_at"),
                Rows.instantOrNull(row, "reopen_at"));
    }

    private static @Nullable Holder holder(ResultSet row) throws SQLException {
        String user = row.getString("acknowledged_by");
        Instant since = Rows.instantOrNull(row, "acknowledged_at");
        return user == null
                ? null
                : new Holder(
                        user,
                        since == null ? Rows.instant(row, "rang_at") : since,
                        row.getBoolean("holder_by_feed"),
                        Rows.instantOrNull(row, "attend_by"),
                        row.getBoolean("reminded"));
    }

    static void insert(Connection tx, Collection<Alert> alerts) throws SQLException {
        String sql = "insert into alerts.alert (" + COLUMNS + ") values (" + "?, ".repeat(COLUMN_COUNT - 1) + "?)";
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
                insert.setString(23, alert.subject());
                setLife(insert, 24, alert);
                insert.addBatch();
            }
            insert.executeBatch();
        }
        StepTable.takeLists(tx, alerts);
    }

    static void update(Connection tx, Collection<Alert> alerts) throws SQLException {
        StepTable.takeGraverLists(tx, alerts);
        String sql = """
                update alerts.alert
                   set kind = ?, class = ?, state = ?, trust = ?, event_time = ?, late = ?,
                       latitude_e7 = ?, longitude_e7 = ?, position_at = ?, event_count = ?, serial_count = ?,
                       acknowledged_by = ?, outcome = ?, rings = ?, rang_at = ?, reopen_at = ?, test = ?,
                       test_until = ?, live_at = ?, first_taken_at = ?, acknowledged_at = ?, holder_by_feed = ?,
                       attend_by = ?, reminded = ?, raised_at = ?
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
                update.setBoolean(17, alert.test());
                setLife(update, 18, alert);
                Rows.set(update, 25, alert.raisedAt());
                update.setObject(26, alert.id());
                update.addBatch();
            }
            update.executeBatch();
        }
    }

    /** From test_until to reminded. */
    private static void setLife(PreparedStatement statement, int at, Alert alert) throws SQLException {
        Matter.Test test = alert.matter().test();
        Holder holder = alert.standing().holder();
        Rows.set(statement, at, test == null ? null : test.until());
        Rows.set(statement, at + 1, test == null ? null : test.liveAt());
        Rows.set(statement, at + 2, alert.standing().firstTakenAt());
        Rows.set(statement, at + 3, holder == null ? null : holder.since());
        statement.setBoolean(at + 4, holder != null && holder.byFeed());
        Rows.set(statement, at + 5, holder == null ? null : holder.attendBy());
        statement.setBoolean(at + 6, holder != null && holder.reminded());
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
