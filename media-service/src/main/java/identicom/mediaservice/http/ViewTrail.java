package identicom.mediaservice.http;

import identicom.mediaservice.index.StoredPicture;
import identicom.runtime.http.Request;
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

/** Records who looked at which picture, before the first byte of it goes out. */
public final class ViewTrail {
    private final Runnable committed;
    private final Clock clock;

    /** @param committed called when an entry waits in the outbox */
    public ViewTrail(Runnable committed, Clock clock) {
        this.committed = committed;
        this.clock = clock;
    }

    /** Writes the entry in the transaction that read the picture. */
    void viewed(Connection transaction, Request request, StoredPicture picture) throws SQLException {
        String user = request.identity().user();
        AuditEntry.Builder entry = AuditEntry.newBuilder()
                .setId(UUID.randomUUID().toString())
                .setAtUs(ChronoUnit.MICROS.between(Instant.EPOCH, clock.instant()))
                .setService("media-service")
                .setWho(user)
                .setRole(request.identity().role().text())
                .setFrom(request.remoteAddress())
                .setAction("picture.view")
                .setObject(picture.serial())
                .putAllDetail(AuditDetail.bounded(Map.of(
                        "id", Long.toString(picture.id()),
                        "picture", Integer.toString(picture.picture()),
                        "takenAt", picture.takenAt().toString(),
                        "sha256", String.valueOf(picture.hash()))));
        OutboxRow row = new OutboxRow(
                Topic.AUDIT.topicName(),
                Set.of(Cluster.MAIN),
                user.getBytes(StandardCharsets.UTF_8),
                entry.build().toByteArray());
        OutboxRelay.enqueue(transaction, DatabaseSchema.MEDIA.schemaName(), row);
    }

    void committed() {
        committed.run();
    }
}
