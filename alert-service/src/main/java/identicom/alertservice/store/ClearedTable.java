package identicom.alertservice.store;

import com.google.protobuf.InvalidProtocolBufferException;
import identicom.alertservice.event.CriticalEvent;
import identicom.alertservice.event.EventReader;
import identicom.alertservice.event.EventReader.UnreadableException;
import identicom.alertservice.event.ManDownCleared;
import identicom.alertservice.store.EventTable.Placed;
import identicom.schema.EventIdentity;
import identicom.schema.v1.Event;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.UUID;

/** Rows of {@code alerts.cleared}: cleared man-downs that no alert shows. */
final class ClearedTable {

    /** Of one unit; beyond them the oldest is forgotten. */
    static final int MOST = 20;

    private ClearedTable() {}

    static void add(Connection tx, Collection<ManDownCleared> all) throws SQLException {
        String sql = """
                insert into alerts.cleared (identity, serial, log_id, sequence, happened_at, record)
                values (?, ?, ?, ?, ?, ?) on conflict do nothing""";
        try (PreparedStatement insert = tx.prepareStatement(sql)) {
            for (ManDownCleared cleared : all) {
                CriticalEvent event = cleared.event();
                insert.setBytes(1, event.id().bytes());
                insert.setString(2, event.serial());
                insert.setInt(3, event.logId());
                insert.setLong(4, event.sequence());
                Rows.set(insert, 5, event.happenedAt());
                insert.setBytes(6, cleared.record().toByteArray());
                insert.addBatch();
            }
            insert.executeBatch();
        }
    }

    /** Those that are not older than one of these alerts, in the order of the units' logs; of none that is closed. */
    static List<Placed> following(Connection tx, Collection<UUID> alerts) throws SQLException {
        String sql = """
                select record, alert_id
                  from (select distinct on (c.identity) c.*, a.id as alert_id
                          from alerts.alert a
                          join alerts.cleared c on c.serial = a.serial
                          left join alerts.event e on e.alert_id = a.id
                         where a.id = any(?) and a.state <> 'closed' and not a.flood
                           and case when e.identity is null then c.happened_at >= a.raised_at
                                    when e.log_id = c.log_id then c.sequence > e.sequence
                                    else c.happened_at >= coalesce(e.event_time, e.accepted_at) end
                         order by c.identity, e.ordinal desc nulls last) following
                 order by serial, log_id, sequence""";
        try (PreparedStatement query = tx.prepareStatement(sql)) {
            query.setArray(1, Rows.uuids(tx, alerts));
            try (ResultSet row = query.executeQuery()) {
                List<Placed> following = new ArrayList<>();
                while (row.next()) {
                    following.add(new Placed(event(row.getBytes("record")), Rows.uuid(row, "alert_id")));
                }
                return following;
            }
        }
    }

    private static CriticalEvent event(byte[] record) {
        try {
            return EventReader.cleared(Event.parseFrom(record)).orElseThrow().event();
        } catch (InvalidProtocolBufferException | UnreadableException e) {
            throw new IllegalStateException("alerts.cleared holds what was read before: " + e.getMessage(), e);
        }
    }

    static void remove(Connection tx, Collection<EventIdentity> events) throws SQLException {
        try (PreparedStatement delete = tx.prepareStatement("delete from alerts.cleared where identity = any(?)")) {
            delete.setArray(
                    1, Rows.bytes(tx, events.stream().map(EventIdentity::bytes).toList()));
            delete.executeUpdate();
        }
    }

    /** Leaves of each of these units the {@value #MOST} that came last. */
    static void bound(Connection tx, Collection<String> serials) throws SQLException {
        String sql = """
                delete from alerts.cleared where identity in (
                    select identity
                      from (select identity, row_number() over (partition by serial order by ordinal desc) as nth
                              from alerts.cleared where serial = any(?)) counted
                     where nth > ?)""";
        try (PreparedStatement delete = tx.prepareStatement(sql)) {
            delete.setArray(1, Rows.texts(tx, serials));
            delete.setInt(2, MOST);
            delete.executeUpdate();
        }
    }

    static void purge(Connection tx) throws SQLException {
        try (PreparedStatement delete = tx.prepareStatement(
                "delete from alerts.cleared where kept_at < clock_timestamp() - interval '7 days'")) {
            delete.executeUpdate();
        }
    }
}
