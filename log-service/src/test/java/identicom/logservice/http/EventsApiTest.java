package identicom.logservice.http;

import static identicom.logservice.Records.NOW;
import static identicom.logservice.Records.batch;
import static identicom.logservice.Records.event;
import static identicom.logservice.http.LogHttp.encoded;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import identicom.logservice.events.EventIntake;
import identicom.logservice.events.Intakes;
import identicom.runtime.http.Json;
import identicom.schema.DatabaseSchema;
import identicom.schema.v1.AuditEntry;
import identicom.schema.v1.Event;
import identicom.schema.v1.EventClass;
import identicom.schema.v1.Trust;
import identicom.testing.TestDatabase;
import java.net.http.HttpResponse;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EventsApiTest {
    private static TestDatabase database;
    private static EventIntake intake;
    private static LogHttp http;

    @BeforeAll
    static void open() throws Exception {
        database = TestDatabase.fresh(DatabaseSchema.EVENT_LOG);
        intake = Intakes.on(database.service());
        http = new LogHttp(database.service());
    }

    @AfterAll
    static void close() {
        http.close();
        database.close();
    }

    @BeforeEach
    void empty() throws Exception {
        database.execute("truncate event_log.event, event_log.outbox");
    }

    private static void store(Event.Builder... events) throws Exception {
        for (Event.Builder event : events) {
            intake.handle(batch(event.build()));
        }
    }

    private static void storeFive() throws Exception {
        store(
                event("A-1", 1, NOW.minusSeconds(500)),
                event("A-1", 2, NOW.minusSeconds(400)).setTypeCode(0x3b).setEventClass(EventClass.CRITICAL),
                event("B-1", 3, NOW.minusSeconds(300)).setTypeCode(0x32).setEventClass(EventClass.HIGH),
                event("B-1", 4, NOW.minusSeconds(200)).setTrust(Trust.UNVERIFIED),
                event("A-1", 5, NOW.minusSeconds(100)).setTypeCode(0x3b).setEventClass(EventClass.CRITICAL));
    }

    private static List<Integer> sequences(JsonNode page) {
        return StreamSupport.stream(page.get("items").spliterator(), false)
                .map(item -> item.get("sequence").asInt())
                .toList();
    }

    @Test
    void anEventIsShownWithEverythingThatIsKnownOfIt() throws Exception {
        store(event("MAN-1", -1, NOW));
        JsonNode page = http.page("/api/v1/events");
        assertThat(page.get("next").isNull()).isTrue();
        assertThat(page.get("items")).hasSize(1);
        assertThat(page.get("items").get(0)).isEqualTo(Json.mapper().readTree("""
                                {"serial":"MAN-1","log":7,"sequence":4294967295,"type":"20","name":"status check",
                                 "class":"routine","time":"%s","receivedAt":"%s","late":false,
                                 "position":{"lat":51.5000000,"lon":-0.1200000},"battery":80,"signal":-71,
                                 "trust":"whitelisted","station":"station-1","softwareVersion":"1.4.2","clockSet":true}
                                """.formatted(
                        NOW, NOW.plusSeconds(2).plusNanos(123_456_000))));
    }

    @Test
    void whatIsNotKnownIsNull() throws Exception {
        store(event("MAN-1", 1).setPositionValid(false).setBattery(255).setSignalDbm(0));
        JsonNode item = http.page("/api/v1/events").get("items").get(0);
        assertThat(List.of("position", "battery", "signal"))
                .allMatch(name -> item.has(name) && item.get(name).isNull());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
                    -                              | 5 4 3 2 1
                    serial=A-1                     | 5 2 1
                    serial=NONE                    | -
                    type=3b                        | 5 2
                    type=3B                        | 5 2
                    class=high                     | 3
                    class=critical                 | 5 2
                    class=routine                  | 4 1
                    trust=unverified               | 4
                    trust=whitelisted              | 5 3 2 1
                    trust=unregistered             | -
                    from=-300                      | 5 4 3
                    to=-300                        | 2 1
                    from=-400&to=-100              | 4 3 2
                    from=-300&to=-300              | -
                    serial=A-1&type=3b&from=-400   | 5 2
                    serial=B-1&class=critical      | -
                    """)
    void filtersLetThroughWhatTheySay(String query, String expected) throws Exception {
        storeFive();
        List<Integer> sequences = expected == null
                ? List.of()
                : Stream.of(expected.split(" ")).map(Integer::valueOf).toList();
        assertThat(sequences(http.page("/api/v1/events?" + timesOf(query)))).isEqualTo(sequences);
    }

    /** Seconds from now become times. */
    private static String timesOf(String query) {
        StringBuilder times = new StringBuilder();
        for (String part : query == null ? new String[0] : query.split("&")) {
            String[] pair = part.split("=-");
            times.append(
                            pair.length == 2
                                    ? pair[0] + "="
                                            + encoded(NOW.minusSeconds(Long.parseLong(pair[1]))
                                                    .toString())
                                    : part)
                    .append('&');
        }
        return times + "limit=1000";
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    serial=man-1                          | serial: man-1     | 1 to 12 characters of A-Z, 0-9 and -
                    serial=                               | serial:           | 1 to 12 characters
                    serial=1234567890123                  | serial: 1234567890123 | 1 to 12 characters
                    type=3                                | type: 3           | two hex digits such as 3b
                    type=0x3b                             | type: 0x3b        | two hex digits
                    class=urgent                          | class: urgent     | one of routine, high, critical
                    trust=none                            | trust: none       | one of unregistered, unverified, whitelisted
                    from=yesterday                        | from: yesterday   | a time such as 2026-05-01T08:30:00Z
                    to=1767225600                         | to: 1767225600    | a time such as
                    from=%2B99999-01-01T00:00:00Z         | from:             | a time in the years 1 to 9999
                    from=2026-02-01T00:00:00Z&to=2026-01-01T00:00:00Z | to: 2026-01-01T00:00:00Z | a time not before from
                    limit=0                               | limit: 0          | 1..1000
                    limit=1001                            | limit: 1001       | 1..1000
                    limit=ten                             | limit: ten        | 1..1000
                    cursor=abc                            | cursor: abc       | next of an earlier page
                    cursor=%00                            | cursor:           | without the control character U+0000
                    serial=A&serial=B                     | serial: 2 values  | one value
                    sort=time                             | sort              | serial
                    """)
    void aParameterThatCannotBeUsedIsAnsweredWithWhatWasExpected(String query, String was, String expected)
            throws Exception {
        HttpResponse<String> response = http.get("/api/v1/events?" + query);
        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(response.headers().firstValue("content-type")).hasValue("application/problem+json");
        JsonNode problem = Json.mapper().readTree(response.body());
        assertThat(problem.get("detail").asText()).contains(was).contains(expected);
    }

    @Test
    void aCursorIsOfUseForTheSameFiltersOnly() throws Exception {
        storeFive();
        String next = http.page("/api/v1/events?serial=A-1&limit=1").get("next").asText();
        HttpResponse<String> response = http.get("/api/v1/events?serial=B-1&limit=1&cursor=" + next);
        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(response.body()).contains("next of a page with the same filters");
    }

    @Test
    void theRowsOfTheFirstPageAppearOnceWhileOthersArrive() throws Exception {
        for (int i = 1; i <= 25; i++) {
            store(event("MAN-1", i, NOW.minusSeconds(i * 86_400L)));
        }
        List<Integer> seen = new ArrayList<>();
        JsonNode page = http.page("/api/v1/events?limit=4");
        seen.addAll(sequences(page));
        for (int arriving = 100; !page.get("next").isNull(); arriving++) {
            store(event("MAN-1", arriving, NOW.minusSeconds(arriving * 3_600L)), event("MAN-1", 3));
            page = http.page("/api/v1/events?limit=4&cursor=" + page.get("next").asText());
            seen.addAll(sequences(page));
        }
        assertThat(seen).hasSize(25).startsWith(25, 24).endsWith(2, 1).doesNotHaveDuplicates();
    }

    @Test
    void theRowsOfAFirstPageByTrustAppearOnceWhileTheirTrustRises() throws Exception {
        for (int i = 1; i <= 10; i++) {
            store(event("MAN-1", i).setTrust(i % 2 == 0 ? Trust.UNVERIFIED : Trust.WHITELISTED));
        }
        JsonNode unverified = http.page("/api/v1/events?trust=unverified&limit=2");
        JsonNode whitelisted = http.page("/api/v1/events?trust=whitelisted&limit=2");
        assertThat(sequences(unverified)).containsExactly(10, 8);
        assertThat(sequences(whitelisted)).containsExactly(9, 7);
        store(event("MAN-1", 6), event("MAN-1", 4));
        assertThat(sequences(http.page("/api/v1/events?trust=unverified&limit=100&cursor="
                        + unverified.get("next").asText())))
                .containsExactly(6, 4, 2);
        assertThat(sequences(http.page("/api/v1/events?trust=whitelisted&limit=100&cursor="
                        + whitelisted.get("next").asText())))
                .containsExactly(5, 3, 1);
        assertThat(sequences(http.page("/api/v1/events?trust=unverified"))).containsExactly(10, 8, 2);
    }

    @Test
    void aListOfExactlyOnePageHasNoNext() throws Exception {
        storeFive();
        assertThat(http.page("/api/v1/events?limit=5").get("next").isNull()).isTrue();
        assertThat(http.page("/api/v1/events?limit=4").get("next").isNull()).isFalse();
    }

    @Test
    void csvHasAHeaderAndEveryRowThatTheFilterLetsThrough() throws Exception {
        storeFive();
        HttpResponse<String> response = http.get("/api/v1/events?serial=A-1", "auditor", "text/csv");
        assertThat(response.headers().firstValue("content-type")).hasValue("text/csv; charset=utf-8");
        assertThat(response.headers().firstValue("content-disposition"))
                .hasValue("attachment; filename=\"events.csv\"");
        List<String> lines = response.body().lines().toList();
        assertThat(lines).hasSize(4);
        assertThat(lines.getFirst())
                .isEqualTo("serial,log,sequence,type,name,class,time,receivedAt,late,lat,lon,battery,signal,trust,"
                        + "station,softwareVersion,clockSet");
        assertThat(lines.get(1)).startsWith("A-1,7,5,3b,status check,critical," + NOW.minusSeconds(100) + ",");
    }

    @Test
    void csvOfNothingIsAHeader() throws Exception {
        assertThat(http.get("/api/v1/events", "auditor", "text/csv").body().lines())
                .hasSize(1);
    }

    @Test
    void lineWiseJsonHasTheItemsOfTheList() throws Exception {
        storeFive();
        HttpResponse<String> response = http.get("/api/v1/events", "operator", "application/x-ndjson");
        assertThat(response.headers().firstValue("content-type")).hasValue("application/x-ndjson");
        List<JsonNode> lines = new ArrayList<>();
        for (String line : response.body().lines().toList()) {
            lines.add(Json.mapper().readTree(line));
        }
        assertThat(lines).containsExactlyElementsOf(http.page("/api/v1/events").get("items"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"limit=5", "cursor=abc"})
    void anExportTakesNeitherLimitNorCursor(String query) throws Exception {
        HttpResponse<String> response = http.get("/api/v1/events?" + query, "auditor", "text/csv");
        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(response.body()).contains("an export has everything");
    }

    @Test
    void anExportIsRecorded() throws Exception {
        http.get("/api/v1/events?serial=A-1", "auditor", "text/csv");
        try (Connection connection = database.owner();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("select topic, clusters, value from event_log.outbox")) {
            assertThat(row.next()).isTrue();
            assertThat(row.getString(1)).isEqualTo("identicom.audit");
            assertThat(row.getString(2)).isEqualTo("main");
            AuditEntry entry = AuditEntry.parseFrom(row.getBytes(3));
            assertThat(entry.getWho()).isEqualTo("user-auditor");
            assertThat(entry.getAction()).isEqualTo("events.export");
            assertThat(entry.getFrom()).isEqualTo("127.0.0.1");
            assertThat(entry.getObject()).isEqualTo("A-1");
            assertThat(row.next()).isFalse();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "/api/v1/events, operator, 200",
        "/api/v1/events, auditor, 200",
        "/api/v1/events, administrator, 200",
        "/api/v1/events, fleet, 403",
        "/api/v1/events, nobody, 401",
        "/api/v1/audit, operator, 403",
        "/api/v1/audit, auditor, 200",
        "/api/v1/audit, administrator, 200",
        "/api/v1/audit, fleet, 403",
        "/api/v1/audit, nobody, 401"
    })
    void eachRoleSeesWhatItMay(String path, String token, int status) throws Exception {
        assertThat(http.get(path, token, "application/json").statusCode()).isEqualTo(status);
    }
}
