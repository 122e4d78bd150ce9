package identicom.alertservice.store;

import identicom.alertservice.store.Actions.Person;
import identicom.runtime.kafka.OutboxRelay;
import identicom.runtime.kafka.OutboxRelay.OutboxRow;
import identicom.schema.AuditDetail;
import identicom.schema.Cluster;
import identicom.schema.Topic;
import identicom.schema.v1.AuditEntry;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/** What people do here, on its way to the audit trail: written in the transaction in which it is done. */
public final class AuditTrail {

    private AuditTrail() {}

    /**
     * @param action such as {@code alert.close}
     * @param object to what it was done: an alert's id, a policy's name
     */
    public static void add(
            Connection tx, Person person, String action, String object, Map<String, String> detail, Instant now)
            throws SQLException {
        AuditEntry entry = AuditEntry.newBuilder()
                .setId(UUID.randomUUID().toString())
                .setAtUs(ChronoUnit.MICROS.between(Instant.EPOCH, now))
                .setService("alert-service")
                .setWho(person.user())
                .setRole(person.role())
                .setFrom(person.from())
                .setAction(action)
                .setObject(object)
                .putAllDetail(AuditDetail.bounded(detail))
                .build();
        byte[] key = person.user().getBytes(StandardCharsets.UTF_8);
        OutboxRow row = new OutboxRow(Topic.AUDIT.topicName(), Set.of(Cluster.MAIN), key, entry.toByteArray());
        OutboxRelay.enqueue(tx, Actions.SCHEMA, row);
    }
}
