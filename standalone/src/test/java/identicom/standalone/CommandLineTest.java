package identicom.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

class CommandLineTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @TempDir
    Path folder;

    private int run(String... arguments) {
        CommandLine line = Identicom.commandLine();
        return line.setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(arguments);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "demo",
                "standalone",
                "receiver",
                "alert-service",
                "log-service",
                "fleet-service",
                "media-service",
                "migrate",
                "doctor",
                "republish",
                "forget-wearer",
                "units",
                "simulate",
                "decode",
                "config"
            })
    void everyCommandExplainsItself(String command) {
        assertThat(run(command, "--help")).isZero();
        assertThat(out.toString()).startsWith("Usage: identicom " + command);
        assertThat(err.toString()).isEmpty();
        out.getBuffer().setLength(0);
        assertThat(run("--help")).isZero();
        assertThat(out.toString()).contains("  " + command + " ");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "stand-alone",
                "units",
                "units import",
                "decode",
                "decode --no-such-option 1e",
                "decode 1",
                "decode xyz",
                "decode --file /no/such/capture",
                "simulate",
                "simulate --units many",
                "simulate --units 1 --station nowhere",
                "standalone --config /no/such/file",
                "config --config /no/such/file",
                "forget-wearer",
                "forget-wearer --wearer Jane --by olga",
                "doctor --config /no/such/file",
                "doctor postman"
            })
    void wrongUsageEndsWithTwoAndSaysWhyOnStandardErrorOnly(String line) {
        assertThat(run(line.isEmpty() ? new String[0] : line.split(" "))).isEqualTo(2);
        assertThat(err.toString()).isNotBlank();
        assertThat(out.toString()).isEmpty();
    }

    @Test
    void decodeShowsTheFieldsOfAFrame() {
        assertThat(run("decode", "1e", "03", "01", "00", "00", "00", "1e")).isZero();
        assertThat(out.toString()).contains("byte 0: 03").contains("1 frame, 0 faults");
    }

    @Test
    void decodePointsAtTheByteThatIsWrong() {
        assertThat(run("decode", "1e 81 41 42 43 1e")).isEqualTo(1);
        assertThat(out.toString())
                .contains("wrong length at byte 5: identification of 3 bytes (expected: 18)")
                .contains("^^");
    }

    @Test
    void decodeReadsACapture() throws Exception {
        Path capture = Files.writeString(folder.resolve("capture.hex"), "# one delete\n1e 03 01 00 00 00 1e\n");
        assertThat(run("decode", "--file", capture.toString())).isZero();
        assertThat(out.toString()).contains("1 frame");
    }

    @Test
    void configListsEveryKeyWithItsDefaultAndItsPresentValueButNoSecret() throws Exception {
        Path file =
                Files.writeString(folder.resolve("a.properties"), "units.port=7701\nadmin.password=hunter2hunter2\n");
        assertThat(run("config", "--config", file.toString())).isZero();
        assertThat(out.toString())
                .contains("units.port")
                .contains("7701")
                .contains("7700")
                .contains("standalone.restart-children")
                .doesNotContain("hunter2");
    }

    @Test
    void everythingThatIsWrongInAConfigurationIsSaidAtOnce() throws Exception {
        Path file = Files.writeString(
                folder.resolve("a.properties"),
                "units.prot=1\nhttp.port=tcp://10.0.0.1:8080\nstandalone.restart-delay=soon\n");
        assertThat(run("config", "--config", file.toString())).isEqualTo(2);
        assertThat(err.toString())
                .contains("units.prot")
                .contains("units.port")
                .contains("http.port")
                .contains("Kubernetes")
                .contains("standalone.restart-delay");
    }

    @Test
    void aServiceThatRunsAloneRequiresItsAdministratorsPassword() {
        assertThat(run("fleet-service")).isEqualTo(2);
        assertThat(err.toString()).contains("admin.password");
    }

    @Test
    void migrateNamesEveryAccessThatIsMissing() {
        assertThat(run("migrate")).isEqualTo(2);
        assertThat(err.toString())
                .contains("kafka.main.bootstrap.servers", "database.fleet.password", "database.admin.password");
    }

    @Test
    void republishNamesThePasswordThatIsMissing() throws Exception {
        Path file = Files.writeString(
                folder.resolve("a.properties"),
                "kafka.main.bootstrap.servers=127.0.0.1:1\nkafka.priority.bootstrap.servers=127.0.0.1:1\n");
        assertThat(run("republish", "--config", file.toString())).isEqualTo(2);
        assertThat(err.toString()).contains("database.fleet.password: missing");
    }

    @Test
    void forgettingAWearerNamesEveryAccessThatIsMissing() {
        assertThat(run("forget-wearer", "--wearer", "Jane Doe", "--reason", "2026-17", "--by", "olga"))
                .isEqualTo(2);
        assertThat(err.toString())
                .contains("kafka.main.bootstrap.servers", "database.fleet.password", "database.admin.password")
                .doesNotContain("Jane");
    }

    @ParameterizedTest
    @CsvSource({
        "Al, +441632960001, 2026-17, olga, forgotten-1a2b3c4d, --wearer: too short",
        "Jane Doe, 4711, 2026-17, olga, forgotten-1a2b3c4d, --phone: too short",
        "Jane Doe, none, 2026-17, olga, forgotten-1a2b3c4d, --phone: not as a unit can have it",
        "Jane Doe, +441632960001, 2026-17, olga, forgotten-1A2B3C4D, --pseudonym: forgotten-1A2B3C4D (expected",
        "Jane Doe, +441632960001, '', olga, forgotten-1a2b3c4d, --reason: 0 characters",
        "Jane Doe, +441632960001, 2026-17, ' ', forgotten-1a2b3c4d, --by: 1 characters",
        "Jane Doe, +441632960001, asked by Jane Doe, olga, forgotten-1a2b3c4d, --reason: has the wearer's name or phone in it",
        "Jane Doe, +44 1632 960001, call +441632960001, olga, forgotten-1a2b3c4d, --reason: has the wearer's name or phone",
        "Jane Doe, +441632960001, 2026-17, Jane Doe, forgotten-1a2b3c4d, --by: has the wearer's name or phone in it"
    })
    void aWearerIsForgottenOnlyAsItCanBeDoneEverywhere(
            String wearer, String phone, String reason, String by, String pseudonym, String problem) {
        String[] line = {
            "forget-wearer",
            "--wearer",
            wearer,
            "--phone",
            phone,
            "--reason",
            reason,
            "--by",
            by,
            "--pseudonym",
            pseudonym
        };
        assertThat(run(line)).isEqualTo(2);
        assertThat(err.toString()).contains(problem).doesNotContain("Jane", "1632");
        assertThat(out.toString()).isEmpty();
    }

    @Test
    void doctorNamesEveryClusterThatHasNoAddress() {
        assertThat(run("doctor")).isEqualTo(2);
        assertThat(err.toString()).contains("kafka.main.bootstrap.servers", "kafka.priority.bootstrap.servers");
        assertThat(out.toString()).isEmpty();
    }

    @Test
    void doctorKnowsEachServiceByItsCommand() {
        assertThat(run("doctor", "postman")).isEqualTo(2);
        assertThat(err.toString())
                .contains("'postman'", "receiver", "alert-service", "log-service", "fleet-service", "media-service");
    }

    @Test
    void importWithoutAPasswordNamesTheVariable() throws Exception {
        Path file = Files.writeString(folder.resolve("units.csv"), "serial\nA\n");
        assertThat(run("units", "import", file.toString())).isEqualTo(1);
        assertThat(err.toString()).contains("IDENTICOM_ADMIN_PASSWORD");
    }
}
