package identicom.alertservice.journey;

import com.google.protobuf.InvalidProtocolBufferException;
import identicom.alertservice.store.Transactions;
import identicom.schema.EventIdentity;
import identicom.schema.v1.CriticalAcknowledgement;
import identicom.schema.v1.SessionRecord;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * When each cluster acknowledged critical events, as stations tell it in their session records. Kept for every critical event,
 * whether an alert is there yet or not; after a week only where an alert's journey begins with it. A record that cannot be read is passed over: its other readers put it into quarantine.
 */
final class Acknowledgements {

    private static final Logger LOG = LoggerFactory.getLogger(Acknowledgements.class);

    private static final int PURGED_AT_ONCE = 5_000;

    private record Times(long mainUs, long priorityUs) {
        Times and(Times later) {
            return new Times(mainUs != 0 ? mainUs : later.mainUs, priorityUs != 0 ? priorityUs : later.priorityUs);
        }
    }

    private final Transactions transactions;

    Acknowledgements(Transactions transactions) {
        this.transactions = transactions;
    }

    void store(List<ConsumerRecord<byte[], byte[]>> batch) throws SQLException {
        Map<EventIdentity, Times> told = new LinkedHashMap<>();
        for (ConsumerRecord<byte[], byte[]> record : batch) {
            try {
                read(record.value(), told);
            } catch (InvalidProtocolBufferException | IllegalArgumentException e) {
                LOG.debug("{}-{} {}: {}", record.topic(), record.partition(), record.offset(), e.getMessage());
            }
        }
        if (!told.isEmpty()) {
            transactions.run(tx -> {
                write(tx, told);
                return told.size();
            });
        }
    }

    /** Forgets at most {@value #PURGED_AT_ONCE} of those that no journey begins with. */
    void purge() throws SQLException {
        String sql = """
                with due as (select identity from alerts.event_acknowledged where purge_at <= clock_timestamp()
                              order by purge_at limit ? for update skip locked),
                     kept as (select identity from due where identity in (select identity from alerts.journey)),
                     gone as (delete from alerts.event_acknowledged k using due
                               where k.identity = due.identity and due.identity not in (select identity from kept))
                update alerts.event_acknowledged k set purge_at = null from kept where k.identity = kept.identity""";
        transactions.run(tx -> {
            try (PreparedStatement purge = tx.prepareStatement(sql)) {
                purge.setInt(1, PURGED_AT_ONCE);
                return purge.executeUpdate();
            }
        });
    }

    private static void read(byte @Nullable [] value, Map<EventIdentity, Times> told)
            throws InvalidProtocolBufferException {
        if (value == null) {
            return;
        }
        SessionRecord record = SessionRecord.parseFrom(value);
        List<CriticalAcknowledgement> all = record.hasClosed()
                ? record.getClosed().getCriticalList()
                : record.getProgressed().getCriticalList();
        for (CriticalAcknowledgement one : all) {
            EventIdentity event = EventIdentity.of(
                    record.getSerial(), one.getLogId(), one.getRaw().toByteArray());
            told.merge(event, new Times(one.getMainAtUs(), one.getPriorityAtUs()), Times::and);
        }
    }

    private static void write(Connection tx, Map<EventIdentity, Times> told) throws SQLException {
        String keep = """
                insert into alerts.event_acknowledged (identity, main_at, priority_at)
                select identity, main_at, priority_at from unnest(?, ?, ?) as t (identity, main_at, priority_at)
                 order by identity
                on conflict (identity) do update
                   set main_at = coalesce(event_acknowledged.main_at, excluded.main_at),
                       priority_at = coalesce(event_acknowledged.priority_at, excluded.priority_at)""";
        String tell = """
                with its as (select j.alert_id from alerts.journey j join alerts.alert a on a.id = j.alert_id
                              where j.identity = any(?) and a.state <> 'closed' and not a.canary and not j.untold
                              order by j.alert_id for update of j)
                update alerts.journey j set untold = true from its where j.alert_id = its.alert_id""";
        Object[] identities = told.keySet().stream().map(EventIdentity::bytes).toArray(byte[][]::new);
        try (PreparedStatement insert = tx.prepareStatement(keep);
                PreparedStatement update = tx.prepareStatement(tell)) {
            insert.setArray(1, tx.createArrayOf("bytea", identities));
            insert.setArray(
                    2, times(tx, told.values().stream().map(Times::mainUs).toList()));
            insert.setArray(
                    3, times(tx, told.values().stream().map(Times::priorityUs).toList()));
            insert.executeUpdate();
            update.setArray(1, tx.createArrayOf("bytea", identities));
            update.executeUpdate();
        }
    }

    private static java.sql.Array times(Connection tx, List<Long> us) throws SQLException {
        Object[] texts = us.stream()
                .map(at -> at <= 0
                        ? null
                        : Instant.EPOCH.plus(at, ChronoUnit.MICROS).toString())
                .toArray();
        return tx.createArrayOf("timestamptz", texts);
    }
}
