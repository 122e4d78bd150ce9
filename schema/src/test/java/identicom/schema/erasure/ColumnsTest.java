package identicom.schema.erasure;

import static org.assertj.core.api.Assertions.assertThat;

import identicom.schema.Migrations.Admin;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Whoever adds a column in which a wearer can be named says here what becomes of it when the wearer is forgotten. */
class ColumnsTest {
    /** Changed, or counted: see {@link Place}. */
    private static final Set<String> CHANGED = Set.of(
            "alerts.alert.wearer",
            "alerts.change.body",
            "alerts.escalation.levels",
            "alerts.history.detail",
            "alerts.notification.address",
            "alerts.notification.error",
            "alerts.notification.name",
            "alerts.notification.text",
            "alerts.receipt.detail",
            "alerts.step.step",
            "event_log.audit.detail",
            "fleet.commands.message",
            "fleet.units.phone",
            "fleet.units.wearer");

    /** Named to a person, who changes them: see {@link Notes}. */
    private static final Set<String> NOTED = Set.of(
            "alerts.checklist.steps",
            "alerts.contact_group.members",
            "alerts.contact_group.name",
            "alerts.escalation_policy.levels",
            "alerts.escalation_policy.name",
            "event_log.hold.lift_reason",
            "event_log.hold.reason",
            "fleet.units.site");

    /** Who did something, which stays. */
    private static final Set<String> WHO = Set.of(
            "acknowledged_by",
            "cancelled_by",
            "changed_by",
            "done_by",
            "lifted_by",
            "requested_by",
            "set_by",
            "user_name",
            "who",
            "fleet.users.name");

    /** Words of programs, serials, stations, sites and names of policies and holds. */
    private static final Set<String> NOBODY = Set.of(
            "action",
            "cause",
            "channel",
            "class",
            "clusters",
            "from_address",
            "kid",
            "kind",
            "message_id",
            "network",
            "object",
            "off_session",
            "older_logs",
            "outcome",
            "password_hash",
            "policy",
            "provider",
            "record_key",
            "role",
            "scope",
            "serial",
            "service",
            "session",
            "session_id",
            "site",
            "software_version",
            "source_address",
            "state",
            "station",
            "subject",
            "topic",
            "trust",
            "type_name",
            "what",
            "alerts.mass_loss.name",
            "event_log.audit.id",
            "event_log.hold.name");

    private static final String COLUMNS = """
            select c.table_schema || '.' || c.table_name || '.' || c.column_name
              from information_schema.columns c join information_schema.tables t using (table_schema, table_name)
             where c.table_schema in ('fleet', 'alerts', 'event_log', 'media') and t.table_type = 'BASE TABLE'
               and c.table_name <> 'schema_history' and c.table_name !~ '^event_(default|[0-9])'
               and (c.data_type in ('text', 'character varying', 'json', 'jsonb') or c.udt_name = '_text')""";

    private static boolean known(String column, Set<String> names) {
        return names.contains(column) || names.contains(column.substring(column.lastIndexOf('.') + 1));
    }

    @Test
    void everyColumnOfTextHasBeenThoughtOf() throws Exception {
        Set<String> columns = new HashSet<>();
        try (MigratedServer server = MigratedServer.start()) {
            Admin admin = server.newDatabase();
            try (Connection connection = DriverManager.getConnection(admin.url(), admin.user(), admin.password());
                    Statement statement = connection.createStatement();
                    ResultSet row = statement.executeQuery(COLUMNS)) {
                while (row.next()) {
                    columns.add(row.getString(1));
                }
            }
        }
        assertThat(columns).containsAll(CHANGED).containsAll(NOTED);
        columns.removeAll(CHANGED);
        columns.removeAll(NOTED);
        assertThat(columns).allMatch(column -> known(column, WHO) || known(column, NOBODY));
    }
}
