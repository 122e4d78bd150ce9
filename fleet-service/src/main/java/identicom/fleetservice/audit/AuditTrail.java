package identicom.fleetservice.audit;

import identicom.fleetservice.storage.Outbox;
import identicom.schema.AuditDetail;
import identicom.schema.Topic;
import identicom.schema.v1.AuditEntry;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Tells the audit trail what a person did, in the transaction in which it was done. */
public final class AuditTrail {
    private static final String SERVICE = "fleet-service";

    private AuditTrail() {}

    /**
     * Adds one entry.
     *
     * @param action such as {@code unit.put}
     * @param object to what it was done: a serial, a user's name
     * @param detail more about it, without secrets
     */
    public static void add(
            Connection tx, Instant at, Actor actor, String action, String object, Map<String, String> detail)
            throws SQLException {
        AuditEntry entry = AuditEntry.newBuilder()
                .setId(UUID.randomUUID().toString())
                .setAtUs(ChronoUnit.MICROS.between(Instant.EPOCH, at))
                .setService(SERVICE)
                .setWho(actor.user())
                .setRole(actor.role())
                .setFrom(actor.address())
                .setAction(action)
                .setObject(object)
                .putAllDetail(AuditDetail.bounded(detail))
                .build();
        Outbox.add(tx, Topic.AUDIT, List.of(new Outbox.Entry(actor.user(), entry.toByteArray())));
    }
}
