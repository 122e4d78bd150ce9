package identicom.fleetservice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import identicom.schema.Cluster;
import identicom.schema.Roles;
import identicom.schema.Topic;
import identicom.schema.v1.AuditEntry;
import identicom.schema.v1.UnitRecord;
import identicom.schema.v1.UnitState;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UnitsOverHttpTest {
    private static final Duration SOON = Duration.ofSeconds(60);

    private final TestFleet fleet = TestFleet.shared();

    @Test
    void anEmptyPutMakesAUnitOfDefaultsAndAPutReplacesTheWhole() {
        TestFleet.Answer made = fleet.asAdmin("PUT", "/api/v1/units/PUT-1", "{}");
        assertThat(made.status()).isEqualTo(201);
        assertThat(made.body().path("checkInMinutes").asInt()).isEqualTo(30);
        assertThat(made.body().path("graceMinutes").asInt()).isEqualTo(5);
        assertThat(made.body().path("state").asText()).isEqualTo("commissioned");
        assertThat(made.body().path("wearer").asText()).isEmpty();
        assertThat(made.body().path("lastSeen").isNull()).isTrue();
        assertThat(made.body().path("dueAt").isNull()).isTrue();
        assertThat(made.body().path("connected").asBoolean()).isFalse();

        String whole = TestFleet.json(Map.of(
                "wearer",
                "Zoë O'Neil",
                "phone",
                "+44 20 7946 0000",
                "site",
                "Dock",
                "checkInMinutes",
                60,
                "graceMinutes",
                0,
                "state",
                "decommissioned"));
        TestFleet.Answer replaced = fleet.asAdmin("PUT", "/api/v1/units/PUT-1", whole);
        assertThat(replaced.status()).isEqualTo(200);
        assertThat(replaced.body().path("wearer").asText()).isEqualTo("Zoë O'Neil");
        assertThat(replaced.body().path("graceMinutes").asInt()).isZero();
        assertThat(replaced.body().path("version").asLong()).isEqualTo(2);

        fleet.asAdmin("PUT", "/api/v1/units/PUT-1", "{\"site\":\"Yard\"}");
        JsonNode now = fleet.get("/api/v1/units/PUT-1").body();
        assertThat(now.path("wearer").asText()).isEmpty();
        assertThat(now.path("site").asText()).isEqualTo("Yard");
        assertThat(now.path("checkInMinutes").asInt()).isEqualTo(30);
        assertThat(now.path("state").asText()).isEqualTo("commissioned");
    }

    @Test
    void everyChangeIsOnTheTopicWithTheNextVersionAndNoChangeIsNot() {
        fleet.asAdmin("PUT", "/api/v1/units/VER-1", "{\"wearer\":\"a\"}");
        fleet.asAdmin("PUT", "/api/v1/units/VER-1", "{\"wearer\":\"a\"}");
        fleet.asAdmin("PUT", "/api/v1/units/VER-1", "{\"wearer\":\"b\"}");
        fleet.asAdmin("PUT", "/api/v1/units/VER-1", "{\"wearer\":\"b\",\"state\":\"decommissioned\"}");
        await().atMost(SOON).until(() -> unitRecords("VER-1").size() == 3);
        List<UnitRecord> records = unitRecords("VER-1").stream()
                .map(record -> parse(record.value()))
                .toList();
        assertThat(records).extracting(UnitRecord::getVersion).containsExactly(1L, 2L, 3L);
        assertThat(records).extracting(UnitRecord::getWearer).containsExactly("a", "b", "b");
        assertThat(records.getLast().getState()).isEqualTo(UnitState.DECOMMISSIONED);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "checkInMinutes | 0          | checkInMinutes: 0 (expected: 1..1440 minutes)",
                "checkInMinutes | 1441       | checkInMinutes: 1441 (expected: 1..1440 minutes)",
                "graceMinutes   | -1         | graceMinutes: -1 (expected: 0..1440 minutes)",
                "graceMinutes   | 1441       | graceMinutes: 1441 (expected: 0..1440 minutes)",
                "state          | \"lost\"   | state: lost (expected: commissioned, decommissioned)",
                "phone          | \"call me\"| phone: call me (expected: 3 to 32 digits, spaces or ( ) / . -, after a + or not)",
                "wearer         | \"a\\u0000b\" | wearer: a\uFFFDb (expected: at most 200 printable characters)",
                "wearer         | \"a\\u009bb\" | wearer: a\uFFFDb (expected: at most 200 printable characters)",
                "site           | \"\\u202Egnp\" | site: \uFFFDgnp (expected: at most 200 printable characters)",
            })
    void aFieldThatCannotBeSoIsNamedWithWhatWasExpected(String field, String value, String detail) {
        TestFleet.Answer answer = fleet.asAdmin("PUT", "/api/v1/units/BAD-1", "{\"" + field + "\":" + value + "}");
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.whole().headers().firstValue("Content-Type").orElse(""))
                .startsWith("application/problem+json");
        assertThat(answer.body().path("detail").asText()).isEqualTo(detail);
        assertThat(answer.body().path("parameter").asText()).isEqualTo(field);
        assertThat(fleet.get("/api/v1/units/BAD-1").status()).isEqualTo(404);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"{\"checkInMinutes\":\"30\"}", "{\"checkInMinutes\":1.5}", "{\"wearers\":1}", "[]", "{", "7"})
    void aBodyOfAnotherShapeIsRefused(String body) {
        assertThat(fleet.asAdmin("PUT", "/api/v1/units/BAD-2", body).status()).isEqualTo(400);
    }

    @ParameterizedTest
    @ValueSource(strings = {"abc", "A_B", "ABCDEFGHIJKLM", "A%20B", "%C3%84", "A%00"})
    void aSerialOfOtherCharactersIsRefused(String serial) {
        assertThat(fleet.asAdmin("PUT", "/api/v1/units/" + serial, "{}").status())
                .isEqualTo(400);
    }

    @Test
    void pagesShowEachUnitThatWasThereOnceWhileOthersAreAdded() {
        for (int i = 0; i < 25; i++) {
            fleet.asAdmin("PUT", "/api/v1/units/PAGE-%02d".formatted(i), "{\"site\":\"pages\"}");
        }
        List<String> seen = new ArrayList<>();
        String next = "";
        do {
            JsonNode page = fleet.get("/api/v1/units?site=pages&limit=7" + next).body();
            page.path("items").forEach(unit -> seen.add(unit.path("serial").asText()));
            next = page.path("next").isNull()
                    ? ""
                    : "&cursor=" + page.path("next").asText();
            fleet.asAdmin("PUT", "/api/v1/units/PAGE-%02dB".formatted(seen.size()), "{\"site\":\"pages\"}");
        } while (!next.isEmpty());
        assertThat(seen).doesNotHaveDuplicates().isSorted();
        for (int i = 0; i < 25; i++) {
            assertThat(seen).contains("PAGE-%02d".formatted(i));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "limit=0",
                "limit=1001",
                "limit=x",
                "cursor=!",
                "cursor=YQ",
                "state=x",
                "connected=x",
                "color=red"
            })
    void aQueryThatCannotBeAnsweredIsRefused(String query) {
        assertThat(fleet.get("/api/v1/units?" + query).status()).isEqualTo(400);
    }

    @Test
    void anImportTakesEveryGoodLineAndNamesTheBadOnes() {
        StringBuilder csv = new StringBuilder("\uFEFFstate,serial,checkInMinutes,wearer\r\n");
        for (int i = 1; i <= 100_000; i++) {
            csv.append("commissioned,IMP-%06d,%d,\"Wearer, no. %d\"\r\n".formatted(i, 1 + i % 1440, i));
        }
        csv.append("commissioned,imp-1,30,lower case\n");
        csv.append("commissioned,IMP-000001,30,a second time\n");
        csv.append("commissioned,IMP-BAD2,1441,too rare\n");
        csv.append("commissioned,IMP-BAD3,30,\"never closed\n");
        csv.append("\n");
        csv.append("commissioned,IMP-BAD4,30\n");
        csv.append(",IMP-LAST,,\n");
        TestFleet.Answer answer = importCsv(csv.toString());
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body().path("created").asInt()).isEqualTo(100_001);
        assertThat(answer.body().path("updated").asInt()).isZero();
        List<String> rejected = new ArrayList<>();
        answer.body()
                .path("rejected")
                .forEach(line -> rejected.add(
                        line.path("line").asInt() + " " + line.path("reason").asText()));
        assertThat(rejected)
                .containsExactly(
                        "100002 serial: imp-1 (expected: 1 to 12 characters A-Z 0-9 -)",
                        "100003 serial: IMP-000001 stands on line 2 already (expected: each once)",
                        "100004 checkInMinutes: 1441 (expected: 1..1440 minutes)",
                        "100005 line: a quote out of place (expected: quotes around a whole value and closed on its line)",
                        "100007 line: 3 values (expected: 4 as in the header)");
        assertThat(fleet.get("/api/v1/units/IMP-000007").body().path("wearer").asText())
                .isEqualTo("Wearer, no. 7");
        assertThat(fleet.get("/api/v1/units/IMP-LAST")
                        .body()
                        .path("checkInMinutes")
                        .asInt())
                .isEqualTo(30);

        await().atMost(Duration.ofMinutes(5)).until(() -> imported().size() == 100_001);
        TestFleet.Answer again = importCsv(csv.toString().replace("Wearer, no. 99999", "Someone else"));
        assertThat(again.body().path("created").asInt()).isZero();
        assertThat(again.body().path("updated").asInt()).isEqualTo(1);
        await().atMost(SOON).until(() -> unitRecords("IMP-099999").size() == 2);
        assertThat(unitRecords("IMP-000001")).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "wearer\nx\n", "serial,serial\nA,B\n", "serial,color\nA,red\n", "\"serial\n"})
    void aFileWhoseHeaderMakesNoSenseIsRefusedAsAWhole(String csv) {
        assertThat(importCsv(csv).status()).isEqualTo(400);
    }

    @Test
    void anImportOfAnotherMediaTypeIsRefused() {
        assertThat(fleet.asAdmin("POST", "/api/v1/units/import", "{}").status()).isEqualTo(415);
    }

    @Test
    void whatPeopleDoIsInTheAuditTrail() {
        fleet.asAdmin("PUT", "/api/v1/units/AUD-1", "{\"wearer\":\"W\"}");
        importCsv("serial\nAUD-2\n");
        await().atMost(SOON).untilAsserted(() -> {
            List<AuditEntry> entries = auditEntries();
            assertThat(entries).anySatisfy(entry -> {
                assertThat(entry.getAction()).isEqualTo("unit.put");
                assertThat(entry.getObject()).isEqualTo("AUD-1");
                assertThat(entry.getWho()).isEqualTo("admin");
                assertThat(entry.getRole()).isEqualTo("administrator");
                assertThat(entry.getFrom()).isEqualTo("127.0.0.1");
                assertThat(entry.getDetailMap())
                        .containsEntry("outcome", "created")
                        .containsEntry("wearer", "W");
            });
            assertThat(entries).anySatisfy(entry -> {
                assertThat(entry.getAction()).isEqualTo("units.import");
                assertThat(entry.getDetailMap()).containsEntry("created", "1").containsKey("sha256");
            });
        });
    }

    @Test
    void aFilterWithAZeroCharacterIsAnsweredWithWhatWasWrong() {
        TestFleet.Answer answer = fleet.get("/api/v1/units?site=%00");

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.body().path("detail").asText())
                .isEqualTo("site: a text with U+0000 (expected: a text without the control character U+0000)");
    }

    @Test
    void theWhitelistRoleSeesUnitsAndNothingElse() throws SQLException {
        fleet.asAdmin("PUT", "/api/v1/units/WL-1", "{}");
        try (Connection connection = TestFleet.connection(Roles.WHITELIST);
                Statement statement = connection.createStatement()) {
            try (ResultSet row =
                    statement.executeQuery("select state, version from fleet.units where serial = 'WL-1'")) {
                assertThat(row.next()).isTrue();
                assertThat(row.getString(1)).isEqualTo("commissioned");
                assertThat(row.getLong(2)).isEqualTo(1);
            }
            for (String forbidden : List.of(
                    "select wearer, phone from fleet.units",
                    "select * from fleet.users",
                    "select * from fleet.signing_keys",
                    "update fleet.units set state = 'decommissioned'")) {
                assertThatThrownBy(() -> statement.execute(forbidden)).hasMessageContaining("permission denied");
            }
        }
    }

    private TestFleet.Answer importCsv(String csv) {
        return fleet.send("POST", "/api/v1/units/import", fleet.adminToken(), "text/csv; charset=utf-8", csv);
    }

    private Set<String> imported() {
        Set<String> serials = new HashSet<>();
        fleet.records(Cluster.MAIN, Topic.UNITS).forEach(record -> serials.add(key(record)));
        serials.removeIf(serial -> !serial.startsWith("IMP-"));
        return serials;
    }

    private List<ConsumerRecord<byte[], byte[]>> unitRecords(String serial) {
        return fleet.records(Cluster.MAIN, Topic.UNITS).stream()
                .filter(record -> key(record).equals(serial))
                .toList();
    }

    private List<AuditEntry> auditEntries() {
        return fleet.records(Cluster.MAIN, Topic.AUDIT).stream()
                .map(record -> {
                    try {
                        return AuditEntry.parseFrom(record.value());
                    } catch (Exception e) {
                        throw new IllegalStateException(e);
                    }
                })
                .toList();
    }

    private static String key(ConsumerRecord<byte[], byte[]> record) {
        return new String(record.key(), StandardCharsets.UTF_8);
    }

    private static UnitRecord parse(byte[] value) {
        try {
            return UnitRecord.parseFrom(value);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
