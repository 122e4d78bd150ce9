package identicom.logservice.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import identicom.runtime.http.Json;
import identicom.schema.DatabaseSchema;
import identicom.testing.TestDatabase;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HoldsApiTest {
    private static TestDatabase database;
    private static LogHttp http;

    @BeforeAll
    static void open() throws Exception {
        database = TestDatabase.fresh(DatabaseSchema.EVENT_LOG);
        http = new LogHttp(database.service());
    }

    @AfterAll
    static void close() {
        http.close();
        database.close();
    }

    private static HttpResponse<String> put(String name, String body) throws Exception {
        return http.send("PUT", "/api/v1/holds/" + name, "administrator", body);
    }

    private static HttpResponse<String> lift(String name, String body) throws Exception {
        return http.send("POST", "/api/v1/holds/" + name + "/lift", "administrator", body);
    }

    private static JsonNode json(HttpResponse<String> response) throws Exception {
        return Json.mapper().readTree(response.body());
    }

    private static List<String> names(JsonNode page) {
        return page.get("items").findValuesAsText("name");
    }

    @Test
    void aHoldIsSetOnceAndLiftedOnceAndBothAreAudited() throws Exception {
        String body = """
                {"serial":"MAN-1","from":"2026-05-01T00:00:00.123456789Z","to":"2026-06-01T00:00:00Z","reason":"an accident"}""";
        HttpResponse<String> set = put("case-1", body);
        assertThat(set.statusCode()).isEqualTo(201);
        assertThat(json(set).get("setBy").asText()).isEqualTo("user-administrator");
        assertThat(json(set).get("from").asText()).isEqualTo("2026-05-01T00:00:00.123456Z");
        assertThat(json(set).get("liftedAt").isNull()).isTrue();
        assertThat(put("case-1", body).statusCode()).isEqualTo(200);
        HttpResponse<String> other = put("case-1", "{\"serial\":\"MAN-2\",\"reason\":\"an accident\"}");
        assertThat(other.statusCode()).isEqualTo(409);
        assertThat(other.body()).contains("about something else").contains("a name that no hold has had");

        HttpResponse<String> lifted = lift("case-1", "{\"reason\":\"the case is closed\"}");
        assertThat(lifted.statusCode()).isEqualTo(200);
        assertThat(json(lifted).get("liftReason").asText()).isEqualTo("the case is closed");
        assertThat(json(lift("case-1", "{\"reason\":\"another\"}"))
                        .get("liftReason")
                        .asText())
                .isEqualTo("the case is closed");
        assertThat(put("case-1", body).statusCode()).isEqualTo(409);
        assertThat(database.column(
                        "select count(*) from event_log.outbox where convert_from(key, 'UTF8') = 'user-administrator'"
                                + " and position('case-1'::bytea in value) > 0"))
                .containsExactly("2");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {}                                                         | nothing to hold
            {"serial":"MAN-1"}                                         | reason: null
            {"serial":"MAN-1","reason":" "}                            | reason:
            {"serial":"man 1","reason":"x"}                            | serial: man 1
            {"from":"2026-05-02T00:00:00Z","to":"2026-05-02T00:00:00Z","reason":"x"} | a time after from
            {"from":"+20000-05-02T00:00:00Z","reason":"x"}             | years 1 to 9999""")
    void whatCannotBeAHoldIsRefusedWithTheReason(String body, String said) throws Exception {
        HttpResponse<String> refused = put("wrong", body);
        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(refused.body()).contains(said);
    }

    @Test
    void aNameIsPlainAndAHoldThatIsNotThereIsNotLifted() throws Exception {
        assertThat(put("a%20b", "{\"serial\":\"MAN-1\",\"reason\":\"x\"}").statusCode())
                .isEqualTo(400);
        assertThat(lift("nothing", "{\"reason\":\"x\"}").statusCode()).isEqualTo(404);
        assertThat(lift("nothing", "{}").statusCode()).isEqualTo(400);
    }

    @Test
    void holdsAreListedByPagesNewestFirst() throws Exception {
        for (int i = 1; i <= 5; i++) {
            assertThat(put("page-" + i, "{\"serial\":\"PAGE\",\"reason\":\"x\"}")
                            .statusCode())
                    .isEqualTo(201);
        }
        lift("page-3", "{\"reason\":\"x\"}");
        String query = "/api/v1/holds?standing=true&limit=2";
        JsonNode page = http.page(query);
        List<String> standing = new ArrayList<>(names(page));
        while (!page.get("next").isNull()) {
            page = http.page(query + "&cursor=" + page.get("next").asText());
            standing.addAll(names(page));
        }
        assertThat(standing)
                .filteredOn(name -> name.startsWith("page-"))
                .containsExactly("page-5", "page-4", "page-2", "page-1");
        assertThat(names(http.page("/api/v1/holds?standing=false")))
                .contains("page-3")
                .doesNotContain("page-1");
        assertThat(http.get("/api/v1/holds?standing=maybe").statusCode()).isEqualTo(400);
    }

    @ParameterizedTest
    @CsvSource({"auditor,200,403", "operator,403,403", "fleet,403,403", "administrator,200,400"})
    void anAuditorSeesHoldsAndOnlyAnAdministratorSetsAndLiftsThem(String role, int list, int change) throws Exception {
        assertThat(http.get("/api/v1/holds", role, "application/json").statusCode())
                .isEqualTo(list);
        assertThat(http.send("PUT", "/api/v1/holds/roles", role, "{}").statusCode())
                .isEqualTo(change);
        assertThat(http.send("POST", "/api/v1/holds/roles/lift", role, "{}").statusCode())
                .isEqualTo(change);
    }
}
