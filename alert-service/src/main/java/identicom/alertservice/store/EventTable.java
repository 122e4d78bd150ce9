package identicom.alertservice.store;

import identicom.alertservice.alert.Alert;
import identicom.alertservice.alert.Desk;
import identicom.alertservice.alert.DoubtfulSerials.Sighting;
import identicom.alertservice.alert.Kinds;
import identicom.alertservice.event.CriticalEvent;
import identicom.alertservice.event.Trust;
import identicom.schema.EventIdentity;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/** Rows of {@code alerts.identity}, {@code alerts.event}, {@code alerts.flood_serial} and {@code alerts.doubtful}. */
final class EventTable {

    /** An event and the alert that it now belongs to. */
    record Placed(CriticalEvent event, UUID alertId) {}

    private EventTable() {}

    static Map<EventIdentity, Desk.Known> known(Connection tx, Collection<EventIdentity> ids) throws SQLException {
        Map<EventIdentity, Desk.Known> known = new HashMap<>();
        String sql = "select identity, alert_id, trust from alerts.identity where identity = any(?)";
        try (PreparedStatement query = tx.prepareStatement(sql)) {
            query.setArray(
                    1, Rows.bytes(tx, ids.stream().map(EventIdentity::bytes).toList()));
            try (ResultSet row = query.executeQuery()) {
                while (row.next()) {
                    Desk.Known before = new Desk.Known(Rows.uuid(row, "alert_id"), Trust.of(row.getString("trust")));
                    known.put(EventIdentity.ofBytes(row.getBytes("identity")), before);
                }
            }
        }
        return known;
    }

    /** Stores where events belong and what they said; for one that is known its alert and trust rise with it. */
    static void place(Connection tx, Collection<Placed> events) throws SQLException {
        String identity = """
                insert into alerts.identity (identity, alert_id, trust) values (?, ?, ?)
                on conflict (identity) do update set alert_id = excluded.alert_id, trust = excluded.trust""";
        try (PreparedStatement insert = tx.prepareStatement(identity)) {
            for (Placed placed : events) {
                insert.setBytes(1, placed.event().id().bytes());
                insert.setObject(2, placed.alertId());
                insert.setString(3, placed.event().trust().text());
                insert.addBatch();
            }
            insert.executeBatch();
        }
        String event = """
                insert into alerts.event (alert_id, identity, serial, log_id, sequence, type_code, type_name, kind, trust,
                    event_time, accepted_at, decoded_at, late, latitude_e7, longitude_e7, battery, signal_dbm, station)
                values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                on conflict (alert_id, identity) do update set trust = excluded.trust""";
        try (PreparedStatement insert = tx.prepareStatement(event)) {
            for (Placed placed : events) {
                setEvent(insert, placed);
                insert.addBatch();
            }
            insert.executeBatch();
        }
    }

    private static void setEvent(PreparedStatement insert, Placed placed) throws SQLException {
        CriticalEvent e = placed.event();
        insert.setObject(1, placed.alertId());
        insert.setBytes(2, e.id().bytes());
        insert.setString(3, e.serial());
        insert.setInt(4, e.logId());
        insert.setLong(5, e.sequence());
        insert.setInt(6, e.typeCode());
        insert.setString(7, e.typeName());
        insert.setString(8, Kinds.ofType(e));
        insert.setString(9, e.trust().text());
        Rows.set(insert, 10, e.unitTime());
        Rows.set(insert, 11, e.acceptedAt());
        Rows.set(insert, 12, e.decodedAt());
        insert.setBoolean(13, e.late());
        Rows.set(insert, 14, e.position() == null ? null : e.position().latitudeE7());
        Rows.set(insert, 15, e.position() == null ? null : e.position().longitudeE7());
        Rows.set(insert, 16, e.battery());
        Rows.set(insert, 17, e.signalDbm());
        insert.setString(18, e.station());
    }

    /** Lays on the desk which of these serials stand in floods that are open. */
    static void layFloodSerials(Connection tx, Collection<Alert> floods, Collection<String> serials, Desk desk)
            throws SQLException {
        List<UUID> ids = floods.stream().map(Alert::id).toList();
        floodSerials(tx, ids, serials)
                .forEach((flood, its) -> its.forEach(serial -> desk.layFloodSerial(flood, serial)));
    }

    /** Which of these serials these alerts stand for, or name. */
    static Map<UUID, Set<String>> floodSerials(Connection tx, Collection<UUID> alerts, Collection<String> serials)
            throws SQLException {
        Map<UUID, Set<String>> found = new HashMap<>();
        String sql = """
                select alert_id, serial from alerts.flood_serial
                 where alert_id = any(?) and serial = any(?) order by ordinal""";
        try (PreparedStatement query = tx.prepareStatement(sql)) {
            query.setArray(1, Rows.uuids(tx, alerts));
            query.setArray(2, Rows.texts(tx, serials));
            try (ResultSet row = query.executeQuery()) {
                while (row.next()) {
                    found.computeIfAbsent(Rows.uuid(row, "alert_id"), id -> new LinkedHashSet<>())
                            .add(row.getString("serial"));
                }
            }
        }
        return found;
    }

    /** These alerts name these serials too. */
    static void nameSerials(Connection tx, Map<UUID, Set<String>> named) throws SQLException {
        String sql = """
                insert into alerts.flood_serial (alert_id, serial)
                select ?, serial from unnest(?) with ordinality as named (serial, nth) order by nth on conflict do nothing""";
        try (PreparedStatement insert = tx.prepareStatement(sql)) {
            for (Map.Entry<UUID, Set<String>> one : named.entrySet()) {
                insert.setObject(1, one.getKey());
                insert.setArray(2, Rows.texts(tx, one.getValue()));
                insert.addBatch();
            }
            insert.executeBatch();
        }
    }

    static void addFloodSerials(Connection tx, Collection<Placed> members) throws SQLException {
        String sql = "insert into alerts.flood_serial (alert_id, serial) values (?, ?) on conflict do nothing";
        try (PreparedStatement insert = tx.prepareStatement(sql)) {
            for (Placed member : members) {
                insert.setObject(1, member.alertId());
                insert.setString(2, member.event().serial());
                insert.addBatch();
            }
            insert.executeBatch();
        }
    }

    /** The doubtful serials that had a critical event between the two, oldest first; the newest of them if too many. */
    static List<Sighting> doubtful(Connection tx, Trust trust, Instant from, Instant to, int atMost)
            throws SQLException {
        List<Sighting> sightings = new ArrayList<>();
        String sql = """
                select serial, at from alerts.doubtful
                 where trust = ? and at > ? and at < ? order by at desc limit ?""";
        try (PreparedStatement query = tx.prepareStatement(sql)) {
            query.setString(1, trust.text());
            query.setTimestamp(2, Timestamp.from(from));
            query.setTimestamp(3, Timestamp.from(to));
            query.setInt(4, atMost);
            try (ResultSet row = query.executeQuery()) {
                while (row.next()) {
                    sightings.addFirst(new Sighting(trust, row.getString("serial"), Rows.instant(row, "at")));
                }
            }
        }
        return sightings;
    }

    static void addDoubtful(Connection tx, Collection<CriticalEvent> events) throws SQLException {
        String sql = "insert into alerts.doubtful (trust, serial, at) values (?, ?, ?) on conflict do nothing";
        try (PreparedStatement insert = tx.prepareStatement(sql)) {
            for (CriticalEvent event : events) {
                insert.setString(1, event.trust().text());
                insert.setString(2, event.serial());
                Rows.set(insert, 3, event.acceptedAt());
                insert.addBatch();
            }
            insert.executeBatch();
        }
    }
}
