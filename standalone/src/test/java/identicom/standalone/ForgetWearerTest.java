package identicom.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code identicom forget-wearer} on real clusters and a real database. */
@Timeout(240)
class ForgetWearerTest {
    private static final String ALERT = """
            insert into alerts.alert (id, number, serial, wearer, kind, class, state, trust, raised_at, accepted_at, late,
                                      event_count, rings, rang_at, outcome)
            values (gen_random_uuid(), %d, '%s', '%s', 'man-down', 'critical', '%s', 'whitelisted', now(), now(), false, 1, 1,
                    now(), %s)""";

    @TempDir
    static Path brokers;

    @TempDir
    Path folder;

    private static RealParts parts;
    private static String database;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @BeforeAll
    static void start() throws Exception {
        parts = new RealParts(brokers);
        database = parts.configuration().get("database.fleet.url");
    }

    @AfterAll
    static void stop() {
        parts.close();
    }

    private int forget(String wearer, String... more) throws Exception {
        Properties values = new Properties();
        values.putAll(parts.configuration());
        values.setProperty("database.admin.url", database);
        values.setProperty("database.admin.user", parts.postgres().user());
        values.setProperty("database.admin.password", parts.postgres().password());
        Path file = folder.resolve("identicom.properties");
        try (Writer writer = Files.newBufferedWriter(file)) {
            values.store(writer, null);
        }
        List<String> line = new ArrayList<>(List.of("forget-wearer", "--config", file.toString(), "--wearer", wearer));
        line.addAll(List.of("--reason", "request 2026-17", "--by", "olga"));
        line.addAll(List.of(more));
        out.getBuffer().setLength(0);
        err.getBuffer().setLength(0);
        return Identicom.commandLine()
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(line.toArray(String[]::new));
    }

    private static void unit(String serial, String wearer) throws Exception {
        parts.execute(
                database,
                "insert into fleet.units values ('" + serial + "', '" + wearer
                        + "', '+441632960001', '', 30, 5, 'commissioned', 1, now(), 'x')");
    }

    private static void alert(int number, String serial, String wearer, String state) throws Exception {
        String outcome = state.equals("closed") ? "'genuine'" : "null";
        parts.execute(database, ALERT.formatted(number, serial, wearer, state, outcome));
    }

    @Test
    void aWearerIsCountedThenForgottenAndFoundNowhereAgain() throws Exception {
        unit("MAN-1", "Jane Doe");
        alert(4711, "MAN-1", "Jane Doe", "closed");
        parts.execute(database, """
                insert into event_log.audit (id, at, service, who, role, from_address, action, object, detail)
                values ('1', now(), 'fleet-service', 'x', 'fleet', '', 'unit.put', 'MAN-1',
                        '{"wearer": "Jane Doe", "phone": "+441632960001"}')""");

        assertThat(forget("Jane Doe", "--phone", "+441632960001", "--dry-run"))
                .as(err.toString())
                .isZero();
        assertThat(out.toString().lines())
                .contains("fleet.units 1", "alerts.alert 1", "alerts.history 0", "event_log.audit 1")
                .endsWith("dry run: nothing was changed");

        assertThat(forget("Jane Doe", "--phone", "+441632960001"))
                .as(err.toString())
                .isZero();
        assertThat(out.toString().lines())
                .as("the dry run had changed nothing")
                .contains("fleet.units 1", "alerts.alert 1", "alerts.history 0", "event_log.audit 1")
                .noneMatch(line -> line.startsWith("left"));
        String pseudonym = out.toString()
                .lines()
                .filter(line -> line.startsWith("pseudonym "))
                .findFirst()
                .orElseThrow()
                .substring("pseudonym ".length());
        assertThat(pseudonym).matches("forgotten-[0-9a-f]{8}");
        assertThat(out + err.toString()).doesNotContain("Jane", "1632");

        assertThat(forget("Jane Doe", "--phone", "+441632960001", "--pseudonym", pseudonym))
                .isZero();
        assertThat(out.toString().lines().filter(line -> line.matches("[a-z_.]+ \\d+")))
                .as("done again")
                .hasSize(9)
                .allMatch(line -> line.endsWith(" 0"));
    }

    @Test
    void whoIsInAnOpenAlertIsNotForgottenYet() throws Exception {
        unit("MAN-2", "John Roe");
        alert(4712, "MAN-2", "John Roe", "open");

        assertThat(forget("John Roe")).isEqualTo(1);
        assertThat(err.toString()).contains("A4712").doesNotContain("John");
        assertThat(out.toString()).isEmpty();

        parts.execute(database, "update alerts.alert set state = 'closed', outcome = 'genuine' where number = 4712");
        assertThat(forget("John Roe")).as(err.toString()).isZero();
        assertThat(out.toString().lines())
                .as("the unit was not changed before")
                .contains("fleet.units 1", "alerts.alert 1")
                .contains("unit MAN-2 has another phone for them: a run with --phone is wanted for that one too");
    }
}
