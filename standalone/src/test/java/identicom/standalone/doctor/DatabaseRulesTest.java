package identicom.standalone.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import identicom.testing.TestPostgres;
import java.sql.Connection;
import java.sql.DriverManager;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DatabaseRulesTest {
    private static final int NEEDED = 53;
    private static final DatabaseFacts RIGHT = new DatabaseFacts(170_011, List.of(), Duration.ZERO, 97, 3);

    private static List<Finding> findings(DatabaseFacts facts) {
        return new DatabaseRules("fleet", NEEDED).of(facts);
    }

    private static Mark mark(DatabaseFacts facts, String what) {
        return findings(facts).stream()
                .filter(finding -> finding.subject().equals("database fleet, " + what))
                .findFirst()
                .orElseThrow()
                .mark();
    }

    @Test
    void aServerAsItShouldBeIsOkThroughout() {
        assertThat(findings(RIGHT)).hasSize(4).extracting(Finding::mark).containsOnly(Mark.OK);
    }

    @ParameterizedTest
    @CsvSource({"140021, WRONG", "150000, WARN", "160004, WARN", "170000, OK", "180001, OK"})
    void theServersVersion(int version, Mark expected) {
        assertThat(mark(new DatabaseFacts(version, List.of(), Duration.ZERO, 97, 3), "server"))
                .isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "0, OK",
        "2000, OK",
        "-2000, OK",
        "2001, WARN",
        "-2001, WARN",
        "5000, WARN",
        "5001, WRONG",
        "-5001, WRONG"
    })
    void theServersClock(long aheadMs, Mark expected) {
        DatabaseFacts facts = new DatabaseFacts(170_011, List.of(), Duration.ofMillis(aheadMs), 97, 3);
        assertThat(mark(facts, "clock")).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({"52, 0, WRONG", "53, 0, OK", "53, 1, WARN", "97, 44, OK", "97, 45, WARN"})
    void roomForConnections(int places, int taken, Mark expected) {
        DatabaseFacts facts = new DatabaseFacts(170_011, List.of(), Duration.ZERO, places, taken);
        assertThat(mark(facts, "connections")).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({"3600, -3600, behind", "-7200, 7200, ahead of"})
    void theClocksAreComparedOnARealServer(long thisMachineAheadS, long databaseAheadS, String word) throws Exception {
        TestPostgres postgres = TestPostgres.shared();
        InstantSource off = InstantSource.offset(InstantSource.system(), Duration.ofSeconds(thisMachineAheadS));

        try (Connection connection =
                DriverManager.getConnection(postgres.jdbcUrl(), postgres.user(), postgres.password())) {
            DatabaseFacts facts = DatabaseFacts.read(connection, off);

            assertThat(facts.ahead()).isCloseTo(Duration.ofSeconds(databaseAheadS), Duration.ofMinutes(1));
            assertThat(findings(facts)).anyMatch(finding -> finding.found().contains(word));
            assertThat(facts.version()).isBetween(170_000, 179_999);
            assertThat(facts.powers()).contains("superuser");
            assertThat(facts.places()).isEqualTo(97);
            assertThat(facts.taken()).isBetween(0, 97);
        }
    }
}
