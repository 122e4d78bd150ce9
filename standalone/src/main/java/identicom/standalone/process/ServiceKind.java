package identicom.standalone.process;

import identicom.schema.DatabaseSchema;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The services that run as a process of their own. */
public enum ServiceKind {
    RECEIVER("receiver", null, ""),
    ALERT_SERVICE("alert-service", DatabaseSchema.ALERTS, "alerts"),
    LOG_SERVICE("log-service", DatabaseSchema.EVENT_LOG, "event-log"),
    FLEET_SERVICE("fleet-service", DatabaseSchema.FLEET, "fleet"),
    MEDIA_SERVICE("media-service", DatabaseSchema.MEDIA, "media");

    private final String text;
    private final @Nullable DatabaseSchema schema;
    private final String database;

    ServiceKind(String text, @Nullable DatabaseSchema schema, String database) {
        this.text = text;
        this.schema = schema;
        this.database = database;
    }

    /** The command's name. */
    public String text() {
        return text;
    }

    /** The schema that must be migrated before it starts. */
    Optional<DatabaseSchema> schema() {
        return Optional.ofNullable(schema);
    }

    /** What its database's keys are called: {@code database.<this>.url}. */
    String database() {
        return database;
    }
}
