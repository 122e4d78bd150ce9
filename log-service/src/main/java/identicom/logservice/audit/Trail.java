package identicom.logservice.audit;

import identicom.runtime.kafka.OutboxRelay;
import identicom.runtime.kafka.OutboxRelay.OutboxRow;
import identicom.schema.AuditDetail;
import identicom.schema.Cluster;
import identicom.schema.DatabaseSchema;
import identicom.schema.Topic;
import identicom.schema.v1.AuditEntry;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/** Tells the audit trail what was done in this service, by the outbox and in the transaction in which it was done. */
public final class Trail {
    private final Runnable committed;
    private final Clock clock;

    /**
     * Who did it, and from where.
     *
     * @param role empty where there was none
     * @param address that the request came from
     */
    public record Actor(String user, String role, String address) {
        /** What this service does by itself. */
        public static final Actor SYSTEM = new Actor("system", "", "");
    }

    /** @param committed called when an entry waits in the outbox */
    public Trail(Runnable committed, Clock clock) {
        this.committed = committed;
        this.clock = clock;
    }

    /**
     * Adds an entry to the caller's transaction.
     *
     * @param action such as {@code events.export}
     * @param object to what it was done; may be empty
     */
    public void add(Connection transaction, Actor actor, String action, String object, Map<String, String> detail)
            throws SQLException {
        AuditEntry entry = AuditEntry.newBuilder()
                .setId(UUID.randomUUID().toString())
                .setAtUs(ChronoUnit.MICROS.between(Instant.EPOCH, clock.instant()))
                .setService("log-service")
                .setWho(actor.user())
                .setRole(actor.role())
                .setFrom(actor.address())
                .setAction(action)
                .setObject(object)
                .putAllDetail(AuditDetail.bounded(detail))
                .build();
        OutboxRow row = new OutboxRow(
                Topic.AUDIT.topicName(),
                Set.of(Cluster.MAIN),
                actor.user().getBytes(StandardCharsets.UTF_8),
                entry.toByteArray());
        OutboxRelay.enqueue(transaction, DatabaseSchema.EVENT_LOG.schemaName(), row);
    }

    /** The transaction of an entry has been committed: it can go out. */
    public void committed() {
        committed.run();
    }
}
