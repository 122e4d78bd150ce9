package identicom.logservice.http;

import identicom.logservice.events.EventFilter;
import identicom.runtime.http.Request;
import identicom.runtime.kafka.OutboxRelay;
import identicom.runtime.kafka.OutboxRelay.OutboxRow;
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
import java.util.Set;
import java.util.UUID;
import javax.sql.DataSource;

/** Records who took an export of what, before the first byte of it goes out. */
public final class ExportTrail {
    private final DataSource database;
    private final Runnable committed;
    private final Clock clock;

    /** @param committed called when an entry waits in the outbox */
    public ExportTrail(DataSource database, Runnable committed, Clock clock) {
        this.database = database;
        this.committed = committed;
        this.clock = clock;
    }

    void exported(Request request, EventFilter filter, String mediaType) throws SQLException {
        String user = request.identity().user();
        AuditEntry entry = AuditEntry.newBuilder()
                .setId(UUID.randomUUID().toString())
                .setAtUs(ChronoUnit.MICROS.between(Instant.EPOCH, clock.instant()))
                .setService("log-service")
                .setWho(user)
                .setRole(request.identity().role().text())
                .setFrom(request.remoteAddress())
                .setAction("events.export")
                .setObject(filter.serial() == null ? "" : filter.serial())
                .putDetail("filter", filter.toString())
                .putDetail("format", mediaType)
                .build();
        OutboxRow row = new OutboxRow(
                Topic.AUDIT.topicName(),
                Set.of(Cluster.MAIN),
                user.getBytes(StandardCharsets.UTF_8),
                entry.toByteArray());
        try (Connection connection = database.getConnection()) {
            OutboxRelay.enqueue(connection, DatabaseSchema.EVENT_LOG.schemaName(), row);
        }
        committed.run();
    }
}
