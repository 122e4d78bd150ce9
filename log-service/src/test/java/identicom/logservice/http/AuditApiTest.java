package identicom.logservice.http;

import static identicom.logservice.http.LogHttp.encoded;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import identicom.runtime.http.Json;
import identicom.schema.DatabaseSchema;
import identicom.testing.TestDatabase;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AuditApiTest {
    private static TestDatabase database;
    private static LogHttp http;

    @BeforeAll
    static void open() throws Exception {
        database = TestDatabase.fresh(DatabaseSchema.EVENT_LOG);
        http = new LogHttp(database.service());
        database.execute("""
                insert into event_log.audit (id, at, service, who, role, from_address, action, object, detail)
                select 'e' || i, timestamptz '2026-05-01T08:00:00Z' + i * interval '1 minute', 'alert-service',
                    case when i % 2 = 0 then 'ann' else 'o''brien' end, 'operator', '10.0.0.1',
                    case when i < 5 then 'alert.note' else 'alert.close' end, 'A' || i, '{"note":"x"}'
                from generate_series(1, 9) i""");
    }

    @AfterAll
    static void close() {
        http.close();
        database.close();
    }

    private static List<String> ids(JsonNode page) {
        return StreamSupport.stream(page.get("items").spliterator(), false)
                .map(item -> item.get("id").asText())
                .toList();
    }

    @Test
    void anEntryIsShownWithEverythingThatIsKnownOfIt() throws Exception {
        assertThat(http.page("/api/v1/audit?object=A1").get("items").get(0))
                .isEqualTo(Json.mapper().readTree("""
                                {"id":"e1","at":"2026-05-01T08:01:00Z","service":"alert-service","who":"o'brien",
                                 "role":"operator","from":"10.0.0.1","action":"alert.note","object":"A1",
                                 "detail":{"note":"x"}}"""));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    who=ann                          | e8 e6 e4 e2
                    action=alert.note                | e4 e3 e2 e1
                    object=A7                        | e7
                    who=ann&action=alert.close       | e8 e6
                    from=2026-05-01T08:08:00Z        | e9 e8
                    to=2026-05-01T08:03:00Z          | e2 e1
                    """)
    void filtersLetThroughWhatTheySay(String query, String expected) throws Exception {
        assertThat(ids(http.page("/api/v1/audit?" + query))).containsExactly(expected.split(" "));
    }

    @Test
    void whatSqlWouldTakeForItsOwnIsDataOnly() throws Exception {
        assertThat(ids(http.page("/api/v1/audit?who=" + encoded("x' or '1'='1"))))
                .isEmpty();
        assertThat(ids(http.page("/api/v1/audit?who=" + encoded("o'brien")))).hasSize(5);
    }

    @Test
    void pagesGoFromTheNewestToTheOldestOnce() throws Exception {
        List<String> seen = new ArrayList<>();
        JsonNode page = http.page("/api/v1/audit?limit=4");
        seen.addAll(ids(page));
        while (!page.get("next").isNull()) {
            page = http.page("/api/v1/audit?limit=4&cursor=" + page.get("next").asText());
            seen.addAll(ids(page));
        }
        assertThat(seen).containsExactly("e9", "e8", "e7", "e6", "e5", "e4", "e3", "e2", "e1");
    }

    @ParameterizedTest
    @CsvSource({"who=, 'who:'", "object=%00, 'object:'", "from=x, 'from: x'", "cursor=x, 'cursor: x'", "role=y, role"})
    void aParameterThatCannotBeUsedIsAnsweredWithWhatWasExpected(String query, String was) throws Exception {
        assertThat(http.get("/api/v1/audit?" + query).statusCode()).isEqualTo(400);
        assertThat(http.page("/api/v1/audit?" + query).get("detail").asText()).contains(was);
    }
}
