package identicom.alertservice.supervision;

import identicom.alertservice.event.ManDownCleared;
import identicom.alertservice.store.Incidents.Incident;
import identicom.testing.TestDatabase;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Writes what it is told into a table, in the transaction: what is rolled back was never said. */
class ToldAlarms implements Alarms {

    static void prepare(TestDatabase database) throws SQLException {
        database.execute("""
                create table alerts.told (
                    id bigint primary key generated always as identity, alert uuid, kind text, serial text, subject text,
                    detail text, serials text[], rings boolean);
                create table alerts.told_heard (serial text, at timestamptz);
                create table alerts.told_again (id bigint primary key generated always as identity, detail text);
                grant all on alerts.told, alerts.told_heard, alerts.told_again to identicom_alerts""");
    }

    /** Alerts of one kind and subject are one alert, as an alert that is not closed would be. */
    @Override
    public List<UUID> raise(Connection tx, List<Incident> incidents) throws SQLException {
        List<UUID> ids = new ArrayList<>();
        String sql = "insert into alerts.told (alert, kind, serial, subject, detail, serials, rings)"
                + " values (?, ?, ?, ?, ?, ?, ?)";
        try (PreparedStatement insert = tx.prepareStatement(sql)) {
            for (Incident incident : incidents) {
                String name = incident.kind() + incident.serial() + incident.subject();
                UUID id = UUID.nameUUIDFromBytes(name.getBytes(java.nio.charset.StandardCharsets.UTF_8));
                ids.add(id);
                insert.setObject(1, id);
                insert.setString(2, incident.kind());
                insert.setString(3, incident.serial());
                insert.setString(4, incident.subject());
                insert.setString(5, incident.detail());
                insert.setArray(6, tx.createArrayOf("text", incident.serials().toArray()));
                insert.setBoolean(7, incident.rings());
                insert.addBatch();
            }
            insert.executeBatch();
        }
        return ids;
    }

    @Override
    public void heard(Connection tx, Map<String, Instant> units) throws SQLException {
        try (PreparedStatement insert =
                tx.prepareStatement("insert into alerts.told_heard values (?, ?::timestamptz)")) {
            for (Map.Entry<String, Instant> unit : units.entrySet()) {
                insert.setString(1, unit.getKey());
                insert.setString(2, unit.getValue().toString());
                insert.addBatch();
            }
            insert.executeBatch();
        }
    }

    @Override
    public void heardAgain(Connection tx, UUID alert, String detail) throws SQLException {
        try (PreparedStatement insert = tx.prepareStatement("insert into alerts.told_again (detail) values (?)")) {
            insert.setString(1, detail);
            insert.executeUpdate();
        }
    }

    @Override
    public boolean cleared(Connection tx, List<ManDownCleared> cleared) {
        return false;
    }
}
