package identicom.schema;

/** A database schema: one service writes it. Several may share a database, or each have one of its own. */
public enum DatabaseSchema {
    /** Units, users, keys, who was heard when. */
    FLEET("fleet", "identicom_fleet"),
    /** Alerts and their history. */
    ALERTS("alerts", "identicom_alerts"),
    /** Every event once, and the audit trail. */
    EVENT_LOG("event_log", "identicom_event_log"),
    /** Pictures. */
    MEDIA("media", "identicom_media");

    private final String schemaName;
    private final String role;

    DatabaseSchema(String schemaName, String role) {
        this.schemaName = schemaName;
        this.role = role;
    }

    /** The name in PostgreSQL. */
    public String schemaName() {
        return schemaName;
    }

    /** The role its service works as. */
    public String role() {
        return role;
    }

    /** Where its migrations stand on the class path. */
    public String migrations() {
        return "db/" + schemaName;
    }
}
