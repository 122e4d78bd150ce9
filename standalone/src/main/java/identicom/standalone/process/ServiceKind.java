package identicom.standalone.process;

import identicom.alertservice.AlertService;
import identicom.fleetservice.FleetService;
import identicom.logservice.LogService;
import identicom.mediaservice.MediaService;
import identicom.receiver.ReceiverService;
import identicom.schema.DatabaseSchema;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The services that run as a process of their own. */
public enum ServiceKind {
    RECEIVER("receiver", null, "whitelist", ReceiverService.CONNECTIONS),
    ALERT_SERVICE("alert-service", DatabaseSchema.ALERTS, "alerts", AlertService.CONNECTIONS),
    LOG_SERVICE("log-service", DatabaseSchema.EVENT_LOG, "event-log", LogService.CONNECTIONS),
    FLEET_SERVICE("fleet-service", DatabaseSchema.FLEET, "fleet", FleetService.CONNECTIONS),
    MEDIA_SERVICE("media-service", DatabaseSchema.MEDIA, "media", MediaService.CONNECTIONS);

    private final String text;
    private final @Nullable DatabaseSchema schema;
    private final String database;
    private final int connections;

    ServiceKind(String text, @Nullable DatabaseSchema schema, String database, int connections) {
        this.text = text;
        this.schema = schema;
        this.database = database;
        this.connections = connections;
    }

    /** The command's name. */
    public String text() {
        return text;
    }

    /** The schema that must be migrated before it starts. */
    public Optional<DatabaseSchema> schema() {
        return Optional.ofNullable(schema);
    }

    /** What its database's keys are called: {@code database.<this>.url}. */
    public String database() {
        return database;
    }

    /** Connections to that database that one instance opens at most. */
    public int connections() {
        return connections;
    }
}
