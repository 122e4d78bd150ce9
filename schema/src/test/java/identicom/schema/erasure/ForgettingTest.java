package identicom.schema.erasure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import identicom.schema.Migrations.Admin;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which rows change when a wearer is forgotten, and which do not, in the migrated schemas of a real PostgreSQL. */
class ForgettingTest {
    private static final String PSEUDONYM = "forgotten-1a2b3c4d";
    private static final String PHONE = "+44 1632 960001";
    private static final String USUAL = "+441632960001";
    private static final String JANE = "Jane Doe";
    private static final int CLOSED = 1001;
    private static final int OPEN = 1002;

    private static MigratedServer server;

    private Admin admin;
    private Connection owner;

    @BeforeAll
    static void migrateOnce() throws Exception {
        server = MigratedServer.start();
    }

    @AfterAll
    static void stop() throws Exception {
        server.close();
    }

    @BeforeEach
    void copyDatabase() throws Exception {
        admin = server.newDatabase();
        owner = DriverManager.getConnection(admin.url(), admin.user(), admin.password());
        alert(CLOSED, "closed", "MAN-1", null);
        alert(OPEN, "open", "MAN-2", null);
    }

    @AfterEach
    void close() throws Exception {
        owner.close();
    }

    private void execute(String sql, Object... values) throws SQLException {
        try (PreparedStatement statement = owner.prepareStatement(sql)) {
            for (int i = 0; i < values.length; i++) {
                statement.setObject(i + 1, values[i]);
            }
            statement.execute();
        }
    }

    private List<String> column(String sql) throws SQLException {
        try (Statement statement = owner.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            List<String> values = new ArrayList<>();
            while (rows.next()) {
                values.add(rows.getString(1));
            }
            return values;
        }
    }

    private void alert(int reference, String state, String serial, String wearer) throws SQLException {
        execute("""
                insert into alerts.alert (id, number, serial, wearer, kind, class, state, trust, raised_at, accepted_at, late,
                                          event_count, rings, rang_at, outcome)
                values (?::uuid, ?, ?, ?, 'man-down', 'critical', ?, 'whitelisted', now(), now(), false, 1, 1, now(), ?)""", id(reference), reference, serial, wearer, state, state.equals("closed") ? "genuine" : null);
    }

    private static String id(int reference) {
        return "00000000-0000-0000-0000-00000000" + reference;
    }

    private void history(int reference, String detail) throws SQLException {
        execute(
                "insert into alerts.history (alert_id, at, what, who, detail) values (?::uuid, now(), 'note', 'olga', ?)",
                id(reference),
                detail);
    }

    private void notification(int reference, String state, String address, String name, String text)
            throws SQLException {
        execute("""
                insert into alerts.notification (id, alert_id, level, round, channel, address, name, state, due_at,
                                                 created_at, text, error)
                values (gen_random_uuid(), ?::uuid, 1, 1, 'sms', ?, ?, ?, now(), now(), ?, ?)""", id(reference), address, name, state, text, "no answer of " + text);
    }

    private void step(int reference, String step) throws SQLException {
        execute("insert into alerts.step (alert_id, step) values (?::uuid, ?)", id(reference), step);
    }

    private void audit(String id, String action, String... detail) throws SQLException {
        execute("""
                insert into event_log.audit (id, at, service, who, role, from_address, action, object, detail)
                values (?, now(), 'fleet-service', 'olga', 'fleet', '127.0.0.1', ?, 'MAN-1', jsonb_object(?::text[]))""", id, action, owner.createArrayOf("text", detail));
    }

    private void unit(String serial, String wearer, String phone) throws SQLException {
        execute(
                "insert into fleet.units values (?, ?, ?, 'Leeds', 30, 5, 'commissioned', 1, now(), 'olga')",
                serial,
                wearer,
                phone);
    }

    private Forgetting forgetting(String name, String phone) throws SQLException {
        return Forgetting.begin(admin, new Wearer(name, phone, PSEUDONYM));
    }

    private Map<String, Long> forget(String name) throws Exception {
        try (Forgetting forgetting = forgetting(name, PHONE)) {
            return forgetting.forget();
        }
    }

    private Map<String, Long> count(String name) throws Exception {
        try (Forgetting forgetting = forgetting(name, PHONE)) {
            return forgetting.count();
        }
    }

    private List<String> notes(String name) throws Exception {
        try (Forgetting forgetting = forgetting(name, PHONE)) {
            return forgetting.notes();
        }
    }

    /** One row of each kind that tells of the wearer. */
    private void everywhere(String name) throws SQLException {
        unit("MAN-9", name, PHONE);
        alert(1003, "closed", "MAN-9", name);
        history(CLOSED, "told " + name + " on " + USUAL);
        notification(CLOSED, "sent", USUAL, name, "RED DISTRESS A1003: " + name + " (MAN-9)\nCall " + PHONE);
        step(CLOSED, "call " + name);
        execute("insert into alerts.receipt values ('smsc', '1', false, ?, now())", "unknown subscriber " + USUAL);
        execute(
                """
                insert into alerts.escalation (alert_id, policy, levels, next_level, begun_at, reached, round, rings, kind, test)
                values (?::uuid, 'p', ?::jsonb, 1, now(), 0, 0, 1, 'man-down', false)""",
                id(CLOSED),
                "[{\"afterSeconds\": 0, \"targets\": [{\"channel\": \"sms\", \"address\": \"" + USUAL + "\"}]}]");
        execute("""
                insert into alerts.change (alert_id, at, closed, identities, body)
                values (?::uuid, now(), true, ''::bytea, json_build_object('wearer', ?::text)::text)""", id(CLOSED), name);
        audit("1", "unit.put", "wearer", name, "phone", PHONE, "site", "Leeds");
        audit("2", "alert.note", "note", "spoke to " + name);
        execute("""
                insert into fleet.commands (ticket, serial, kind, message, requested_by, created_at, expires_at)
                values (7, 'MAN-9', 'show-message', ?, 'olga', now(), now())""", "Call in, " + name);
    }

    private static final Map<String, Long> ONE_OF_EACH = Map.of(
            "fleet.units", 1L,
            "fleet.commands", 1L,
            "alerts.notification", 1L,
            "alerts.history", 1L,
            "alerts.step", 1L,
            "alerts.receipt", 1L,
            "alerts.escalation", 1L,
            "alerts.alert", 1L,
            "alerts.change", 1L,
            "event_log.audit", 2L);

    @ParameterizedTest
    @ValueSource(
            strings = {
                JANE,
                "Zoë 100%_sure",
                "Jo \"Red\" O'Hara\\n",
                "a.*b(c) $1 \\1",
                "Maximiliane-Friederike von und zu Hohenstein"
            })
    void everyRowThatTellsOfTheWearerHasThePseudonymInstead(String name) throws Exception {
        everywhere(name);
        assertThat(count(name)).isEqualTo(ONE_OF_EACH);
        List<String> ids = column("select id || ' ' || what || ' ' || who || ' ' || at from alerts.history");
        List<String> entries = column(
                "select stored_id || ' ' || id || ' ' || at || ' ' || who || ' ' || action || ' ' || object from event_log.audit");

        Map<String, Long> changed = forget(name);

        assertThat(changed)
                .hasSize(8)
                .containsEntry("event_log.audit", 2L)
                .doesNotContainKeys("fleet.units", "alerts.change");
        assertThat(changed.values()).doesNotContain(0L);
        assertThat(column("select wearer from alerts.alert where number = 1003"))
                .containsExactly(PSEUDONYM);
        assertThat(column("select detail from alerts.history"))
                .containsExactly("told " + PSEUDONYM + " on " + PSEUDONYM);
        assertThat(column("select address || '|' || name || '|' || text || '|' || error from alerts.notification"))
                .singleElement()
                .asString()
                .startsWith(PSEUDONYM + "|" + PSEUDONYM + "|RED DISTRESS A1003: " + PSEUDONYM + " (MAN-9)\nCall "
                        + PSEUDONYM + "|no answer of RED");
        assertThat(column("select error from alerts.notification").getFirst()).doesNotContain(name, "1632");
        assertThat(column("select step from alerts.step")).containsExactly("call " + PSEUDONYM);
        assertThat(column("select message from fleet.commands")).containsExactly("Call in, " + PSEUDONYM);
        assertThat(column("select detail from alerts.receipt")).containsExactly("unknown subscriber " + PSEUDONYM);
        assertThat(column("select levels #>> '{0,targets,0,address}' from alerts.escalation"))
                .containsExactly(PSEUDONYM);
        assertThat(column("select detail::text from event_log.audit order by stored_id"))
                .containsExactly(
                        "{\"site\": \"Leeds\", \"phone\": \"" + PSEUDONYM + "\", \"wearer\": \"" + PSEUDONYM + "\"}",
                        "{\"note\": \"spoke to " + PSEUDONYM + "\"}");
        assertThat(column("select id || ' ' || what || ' ' || who || ' ' || at from alerts.history"))
                .as("history stays in order, with who and when")
                .isEqualTo(ids);
        assertThat(
                        column(
                                "select stored_id || ' ' || id || ' ' || at || ' ' || who || ' ' || action || ' ' || object from event_log.audit"))
                .as("so do the audit trail's entries")
                .isEqualTo(entries);
        assertThat(count(name))
                .as("units are fleet-service's, and what screens were told goes by itself")
                .allSatisfy((table, rows) -> assertThat(rows)
                        .isEqualTo(List.of("fleet.units", "alerts.change").contains(table) ? 1 : 0));
        assertThat(forget(name).values()).as("done again").containsOnly(0L);
    }

    @Test
    void countingChangesNothing() throws Exception {
        everywhere(JANE);

        assertThat(count(JANE)).isEqualTo(ONE_OF_EACH);
        notes(JANE);

        assertThat(count(JANE)).isEqualTo(ONE_OF_EACH);
        assertThat(column("select detail from alerts.history")).containsExactly("told Jane Doe on " + USUAL);
    }

    @Test
    void aNameThatWasCutForAPhoneIsFoundToo() throws Exception {
        String name = "Maximiliane-Friederike von und zu Hohenstein";
        notification(CLOSED, "sent", "+44999", null, "RED: Maximiliane-Friederike von und zu Hoh... (MAN-9)");

        assertThat(forget(name)).containsEntry("alerts.notification", 1L);

        assertThat(column("select text from alerts.notification")).containsExactly("RED: " + PSEUDONYM + " (MAN-9)");
    }

    @Test
    void somebodyElseWhoseNameHasItAsAPartKeepsTheirs() throws Exception {
        alert(1003, "closed", "MAN-3", "Mary Jane Doering");
        notification(CLOSED, "sent", "+441632960002", "Mary Jane Doering", "nothing");
        audit("1", "unit.put", "wearer", "Mary Jane Doering", "phone", "+44 1632 960002");

        assertThat(forget(JANE).values()).containsOnly(0L);

        assertThat(column("select wearer from alerts.alert where number = 1003"))
                .containsExactly("Mary Jane Doering");
        assertThat(column("select name from alerts.notification")).containsExactly("Mary Jane Doering");
        assertThat(column("select detail ->> 'wearer' from event_log.audit")).containsExactly("Mary Jane Doering");
    }

    @ParameterizedTest
    @ValueSource(strings = {"open", "acknowledged"})
    void whoIsInAnAlertThatIsNotClosedIsNotForgotten(String state) throws Exception {
        everywhere(JANE);
        alert(1004, state, "MAN-4", JANE);
        alert(1005, state, "MAN-9", null);

        try (Forgetting forgetting = forgetting(JANE, PHONE)) {
            assertThatThrownBy(forgetting::requireNothingOpen)
                    .isInstanceOf(StillOpenException.class)
                    .hasMessageContaining("A1004, A1005 ")
                    .hasMessageNotContaining(JANE);
            assertThatThrownBy(forgetting::forget).isInstanceOf(StillOpenException.class);
        }
        assertThat(count(JANE)).containsEntry("alerts.history", 1L).containsEntry("event_log.audit", 2L);
    }

    @Test
    void whatSomebodyElsesOpenAlertTellsStaysUntilItIsClosed() throws Exception {
        history(OPEN, "Jane Doe is near");
        notification(OPEN, "sent", USUAL, null, "text");
        step(OPEN, "call Jane Doe");

        assertThat(forget(JANE).values()).containsOnly(0L);

        assertThat(notes(JANE)).containsExactly("alert A1002 is not closed and tells of them: run again when it is");
        execute("update alerts.alert set state = 'closed', outcome = 'genuine' where number = 1002");
        assertThat(notes(JANE)).isEmpty();
        assertThat(forget(JANE))
                .containsEntry("alerts.history", 1L)
                .containsEntry("alerts.notification", 1L)
                .containsEntry("alerts.step", 1L);
    }

    @Test
    void whereARowIsLockedForLongItEndsAndIsDoneAgain() throws Exception {
        everywhere(JANE);
        owner.setAutoCommit(false);
        execute("select 1 from alerts.alert where number = 1003 for update");

        assertThatThrownBy(() -> forget(JANE)).isInstanceOf(SQLException.class).hasMessageContaining("lock timeout");

        owner.commit();
        owner.setAutoCommit(true);
        assertThat(forget(JANE))
                .as("what was done before stays done")
                .containsEntry("alerts.history", 0L)
                .containsEntry("alerts.alert", 1L)
                .containsEntry("event_log.audit", 2L);
    }

    @Test
    void whatIsStillToBeSentKeepsItsAddress() throws Exception {
        notification(CLOSED, "queued", USUAL, null, "You have it");

        assertThat(forget(JANE)).containsEntry("alerts.notification", 0L);

        assertThat(column("select address from alerts.notification")).containsExactly(USUAL);
    }

    @Test
    void addressesAndStepsThatBecomeTheSameAreToldApart() throws Exception {
        notification(CLOSED, "sent", PSEUDONYM, null, "one, of an earlier number");
        notification(CLOSED, "sent", USUAL, null, "two");
        notification(CLOSED, "sent", PHONE, null, "three");
        step(CLOSED, "call " + PSEUDONYM);
        step(CLOSED, "call " + JANE);
        step(CLOSED, "call " + USUAL);

        forget(JANE);

        assertThat(column("select address from alerts.notification order by ordinal"))
                .containsExactly(PSEUDONYM, PSEUDONYM + "-2", PSEUDONYM + "-3");
        assertThat(column("select step from alerts.step order by ordinal"))
                .containsExactly("call " + PSEUDONYM, "call " + PSEUDONYM + " (2)", "call " + PSEUDONYM + " (3)");
    }

    @Test
    void withoutAPhoneAScreensEmptyAddressIsNobodys() throws Exception {
        notification(CLOSED, "sent", "", null, "text");
        audit("1", "unit.put", "wearer", "Ben", "phone", "");

        try (Forgetting forgetting = forgetting(JANE, "")) {
            assertThat(forgetting.count().values()).containsOnly(0L);
            assertThat(forgetting.forget().values()).containsOnly(0L);
        }
        assertThat(column("select address from alerts.notification")).containsExactly("");
    }

    @Test
    void whatAPersonHasToChangeIsNamed() throws Exception {
        unit("MAN-5", JANE, "+44 1632 960005");
        unit("MAN-6", "Ben", PHONE);
        execute("update fleet.units set site = 'Home of Jane Doe' where serial = 'MAN-6'");
        execute(
                "insert into alerts.contact_group values ('night', jsonb_build_array(jsonb_build_object('name', ?::text)))",
                JANE);
        execute("insert into alerts.escalation_policy values ('north', jsonb_build_array(?::text))", USUAL);
        execute("insert into alerts.checklist values ('man-down', array['Look', 'Call Jane Doe'], now(), 'olga')");
        execute("insert into event_log.hold (name, serial, reason, set_by) values ('case-1', 'MAN-5', 'x', 'olga')");
        execute(
                "insert into event_log.hold (name, serial, reason, set_by) values ('case-2', 'MAN-6', 'of Jane Doe', 'olga')");
        execute("insert into event_log.hold (name, serial, reason, set_by) values ('case-3', 'MAN-7', 'x', 'olga')");

        assertThat(notes(JANE))
                .containsExactly(
                        "legal hold case-1 stands over a unit of theirs: may they be forgotten?",
                        "legal hold case-2 tells of them in a reason: a hold is never changed",
                        "unit MAN-5 has another phone for them: a run with --phone is wanted for that one too",
                        "unit MAN-6 has the phone under another name: change it under Units",
                        "unit MAN-6 names them in its site: change it under Units",
                        "contact group night names them: change it under Escalation",
                        "escalation policy north names them: change it under Escalation",
                        "checklist of man-down names them: change it");
        assertThat(forget(JANE).values()).containsOnly(0L);
        assertThat(column("select members #>> '{0,name}' from alerts.contact_group"))
                .containsExactly(JANE);
    }
}
