package identicom.runtime.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import identicom.runtime.process.Health;
import identicom.runtime.process.Metrics;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class HttpFrameTest {
    private static SampleServer server;

    @BeforeAll
    static void start() {
        server = new SampleServer(10);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static JsonNode problem(HttpResponse<String> response, int status) throws Exception {
        assertThat(response.statusCode()).isEqualTo(status);
        assertThat(response.headers().firstValue("Content-Type")).contains("application/problem+json");
        JsonNode problem = Json.mapper().readTree(response.body());
        assertThat(problem.path("status").asInt()).isEqualTo(status);
        assertThat(problem.path("title").asText()).isNotEmpty();
        assertThat(problem.path("detail").asText()).isNotEmpty();
        return problem;
    }

    private static HttpRequest.Builder post(String role, String path, String type, String body) {
        return server.as(role, path).header("Content-Type", type).POST(BodyPublishers.ofString(body));
    }

    @Test
    void answersJsonWithPathQueryAndIdentity() throws Exception {
        HttpResponse<String> response =
                server.send(server.as("operator", "/api/v1/things?limit=7&cursor=abc&from=2026-05-01T10:30:00%2B02:00")
                        .header("Accept", "application/json, text/csv;q=0.5"));

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.headers().firstValue("Content-Type")).contains("application/json");
        assertThat(response.body())
                .isEqualTo(
                        "{\"items\":[\"limit 7\",\"from 2026-05-01T08:30:00Z\",\"who ann\",\"csv true\"],\"next\":\"abc\"}");
    }

    @Test
    void aPathVariableIsDecoded() throws Exception {
        HttpResponse<String> response = server.send(server.as("auditor", "/api/v1/things/a%2Fb%20+c"));

        assertThat(response.body()).contains("\"id\":\"a/b +c\"", "\"from\":\"127.0.0.1\"");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "limit=0|limit: 0 (expected: a whole number 1..1000)",
                "limit=1001|limit: 1001 (expected: a whole number 1..1000)",
                "limit|limit:  (expected: a whole number 1..1000)",
                "limit=x|limit: x (expected: a whole number 1..1000)",
                "limit=1&limit=2|limit: 2 values (expected: one value)",
                "from=%2B10000-01-01T00:00:00Z|from: +10000-01-01T00:00:00Z (expected: a time in the years 1 to 9999)",
                "from=yesterday|from: yesterday (expected: a time such as 2026-05-01T08:30:00Z)",
                "cursor=a%00b|cursor: a text with U+0000 (expected: a text without the control character U+0000)",
                "limit=a%1b%c2%9b|limit: a\uFFFD\uFFFD (expected: a whole number 1..1000)",
                "lmit=3|query: lmit (expected: only cursor, from, limit, mode)",
            })
    void aWrongParameterIsNamedWithWhatWasExpected(String query, String detail) throws Exception {
        JsonNode problem = problem(server.send(server.as("operator", "/api/v1/things?" + query)), 400);

        assertThat(problem.path("detail").asText()).isEqualTo(detail);
        assertThat(problem.path("expected").asText()).isNotEmpty();
    }

    /** Cut after 100 characters, it ends in half of a pair, of which no JSON can be written. */
    @Test
    void aLongWrongParameterIsShownInPart() throws Exception {
        String query = "limit=" + "x".repeat(99) + "%f0%9f%98%80%f0%9f%98%80";
        JsonNode problem = problem(server.send(server.as("operator", "/api/v1/things?" + query)), 400);

        assertThat(problem.path("detail").asText())
                .isEqualTo("limit: " + "x".repeat(99) + "\uFFFD… (expected: a whole number 1..1000)");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "''|body: empty (expected: a JSON object)",
                "{|body: not JSON at line 1, column 2 (expected: JSON in UTF-8, each field once)",
                "{\"nane\":\"a\",\"size\":1}|nane: no such field (expected: only at, name, size)",
                "{\"name\":\"a\",\"size\":\"5\"}|size: of another kind, or missing (expected: a whole number)",
                "{\"size\":1.5}|size: 1.5 (expected: a whole number)",
                "{\"name\":[],\"size\":1}|name: of another kind, or missing (expected: a text)",
                "{\"size\":101}|body: not usable (expected: a size of at most 100)",
                "{\"size\":1,\"at\":\"noon\"}|at: noon (expected: a time such as 2026-05-01T08:30:00Z)",
                "{\"size\":1,\"size\":2}|body: not JSON at line 1, column 18 (expected: JSON in UTF-8, each field once)",
                "{\"size\":1} x|body: not JSON at line 1, column 13 (expected: JSON in UTF-8, each field once)",
                "{\"name\":\"\\ud83d\",\"size\":1}|name: \uFFFD (expected: a text)",
                "{\"size\":1,\"\\u009b\":1}|\uFFFD: no such field (expected: only at, name, size)",
                "null|body: null (expected: a JSON object)",
            })
    void aWrongBodyIsNamedWithWhatWasExpected(String body, String detail) throws Exception {
        JsonNode problem = problem(server.send(post("fleet", "/api/v1/things", "application/json", body)), 400);

        assertThat(problem.path("detail").asText().replaceAll("column \\d+", "column n"))
                .isEqualTo(detail.replaceAll("column \\d+", "column n"));
    }

    @Test
    void aGoodBodyIsReadAndTimesAreWrittenInUtc() throws Exception {
        HttpResponse<String> response = server.send(post(
                "fleet",
                "/api/v1/things",
                "application/json; charset=utf-8",
                "{\"name\":\"a\",\"size\":3,\"at\":\"2026-05-01T08:30:00.5Z\"}"));

        assertThat(response.statusCode()).isEqualTo(201);
        assertThat(response.body()).isEqualTo("{\"name\":\"a\",\"size\":3,\"at\":\"2026-05-01T08:30:00.500Z\"}");
    }

    @Test
    void withoutATokenOrWithABadOneIts401() throws Exception {
        HttpResponse<String> none = server.send(server.request("/api/v1/things"));
        HttpResponse<String> bad = server.send(server.request("/api/v1/things").header("Authorization", "Bearer x-y"));

        assertThat(problem(none, 401).path("expected").asText()).contains("/api/v1/login");
        assertThat(none.headers().firstValue("WWW-Authenticate")).contains("Bearer");
        problem(bad, 401);
    }

    @ParameterizedTest
    @EnumSource(Role.class)
    void rolesAreThoseOfTheDocumentAndTheAdministratorMayAll(Role role) throws Exception {
        String name = role.text();
        boolean administrator = role == Role.ADMINISTRATOR;

        assertThat(server.send(server.as(name, "/api/v1/things")).statusCode())
                .isEqualTo(role == Role.OPERATOR || administrator ? 200 : 403);
        assertThat(server.send(server.as(name, "/api/v1/things/1")).statusCode())
                .isEqualTo(role == Role.FLEET ? 403 : 200);
        assertThat(server.send(server.as(name, "/api/v1/things/1").DELETE()).statusCode())
                .isEqualTo(administrator ? 204 : 403);
    }

    @Test
    void aRefusalByRoleNamesTheRoles() throws Exception {
        JsonNode problem = problem(server.send(server.as("fleet", "/api/v1/things/1")), 403);

        assertThat(problem.path("expected").asText()).isEqualTo("auditor, operator, administrator");
    }

    @Test
    void anUnknownPathIs404AndAnUnknownMethod405WithThoseAllowed() throws Exception {
        problem(server.send(server.as("operator", "/api/v1/nothing")), 404);
        problem(server.send(server.as("operator", "/api/v1/things/")), 404);
        HttpResponse<String> response =
                server.send(server.as("operator", "/api/v1/things/1").method("PATCH", BodyPublishers.noBody()));

        assertThat(problem(response, 405).path("expected").asText()).isEqualTo("DELETE, GET");
        assertThat(response.headers().firstValue("Allow")).contains("DELETE, GET");
    }

    @Test
    void anotherMediaTypeIs415() throws Exception {
        JsonNode problem = problem(server.send(post("fleet", "/api/v1/things", "text/plain", "{}")), 415);

        assertThat(problem.path("expected").asText()).isEqualTo("application/json");
        problem(server.send(server.as("fleet", "/api/v1/upload").POST(BodyPublishers.ofString("a"))), 415);
    }

    @Test
    void aBodyAboveTheBoundIs413WithAndWithoutALength() throws Exception {
        String large = "{\"name\":\"" + "a".repeat(1_048_576) + "\"}";

        problem(server.send(post("fleet", "/api/v1/things", "application/json", large)), 413);
        problem(server.send(post("fleet", "/api/v1/upload", "text/csv", "12345678901")), 413);
        assertThat(server.raw("POST /api/v1/upload HTTP/1.1\r\nHost: h\r\nAuthorization: Bearer fleet-a\r\n"
                        + "Content-Type: text/csv\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n"
                        + "b\r\n12345678901\r\n0\r\n\r\n"))
                .startsWith("HTTP/1.1 413")
                .contains("application/problem+json");
        assertThat(server.send(post("fleet", "/api/v1/upload", "text/csv", "1234567890"))
                        .body())
                .isEqualTo("{\"bytes\":10}");
    }

    @Test
    void problemsOfHandlersKeepTheirFormAndHeaders() throws Exception {
        problem(server.send(server.as("operator", "/api/v1/things/missing")), 404);
        JsonNode conflict = problem(server.send(server.as("operator", "/api/v1/things/taken")), 409);
        HttpResponse<String> often = server.send(server.as("operator", "/api/v1/things/often"));

        assertThat(conflict.path("acknowledgedBy").asText()).isEqualTo("ann");
        problem(often, 429);
        assertThat(often.headers().firstValue("Retry-After")).contains("2");
    }

    @Test
    void aDatabaseThatIsAwayIs503AndABug500WithoutItsCause() throws Exception {
        HttpResponse<String> outage = server.send(server.as("operator", "/api/v1/things/outage"));
        HttpResponse<String> bug = server.send(server.as("operator", "/api/v1/things/bug"));

        problem(outage, 503);
        problem(bug, 500);
        assertThat(outage.body() + bug.body()).doesNotContain("secret");
        problem(server.send(server.as("operator", "/api/v1/things/silent")), 500);
    }

    @Test
    void aMalformedHeaderIsRefusedAsAProblem() throws Exception {
        assertThat(server.raw("GET / HTTP/1.1\r\nHost: h\r\nBad Header: x\r\n\r\n"))
                .startsWith("HTTP/1.1 400")
                .contains("application/problem+json", "\"expected\"", "Content-Security-Policy");
    }

    @Test
    void whatIsNoHttpAtAllEndsTheConnection() throws Exception {
        assertThat(server.raw("nonsense\r\n\r\n")).isEmpty();
    }

    @Test
    void tooLongAHeaderIsRefused() throws Exception {
        assertThat(server.raw("GET /health/live HTTP/1.1\r\nHost: h\r\nX: " + "a".repeat(20_000) + "\r\n\r\n"))
                .startsWith("HTTP/1.1 4")
                .contains("application/problem+json");
    }

    @Test
    void aMalformedPathIs400() throws Exception {
        assertThat(server.raw("GET /api/v1/things/%zz HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n"))
                .startsWith("HTTP/1.1 400")
                .contains("application/problem+json");
    }

    /** Read as UTF-32, which has no such character: the library says so by another exception than of wrong JSON. */
    @Test
    void aBodyInNoEncodingIs400() throws Exception {
        byte[] body = {0, 0, 0, '{', 0x74, 0x21, 0x2c, 0x22};
        HttpRequest.Builder request = server.as("fleet", "/api/v1/things")
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofByteArray(body));

        assertThat(problem(server.send(request), 400).path("detail").asText())
                .isEqualTo("body: not JSON (expected: JSON in UTF-8, each field once)");
    }

    /** The library's decoder runs over the end of the first three. */
    @ParameterizedTest
    @ValueSource(strings = {"%", "limit=%", "limit=%2", "limit=%zz"})
    void aMalformedQueryIs400(String query) throws Exception {
        assertThat(server.raw("GET /api/v1/things?" + query
                        + " HTTP/1.1\r\nHost: h\r\nAuthorization: Bearer operator-ann\r\nConnection: close\r\n\r\n"))
                .startsWith("HTTP/1.1 400")
                .contains("application/problem+json");
    }

    @Test
    void aPathWithAZeroCharacterIs400() throws Exception {
        JsonNode problem = problem(server.send(server.as("operator", "/api/v1/things/a%00b")), 400);

        assertThat(problem.path("detail").asText())
                .isEqualTo("path: a%00b (expected: a text without the control character U+0000)");
    }

    @ParameterizedTest
    @CsvSource({
        "http://HOST, 204",
        "https://HOST, 204",
        "http://evil.example, 403",
        "http://HOST.evil.example, 403",
        "null, 403",
        "'', 403",
    })
    void aWriteWithTheCookieNeedsThisSitesOrigin(String origin, int status) throws Exception {
        String host = "127.0.0.1:" + server.port();
        HttpRequest.Builder request = server.request("/api/v1/things/1")
                .header("Cookie", "identicom=administrator-ann")
                .DELETE();
        List.of(origin.replace("HOST", host)).stream()
                .filter(value -> !value.isEmpty())
                .forEach(value -> request.header("Origin", value));

        assertThat(server.send(request).statusCode()).isEqualTo(status);
    }

    @Test
    void aReadWithTheCookieAndAWriteWithATokenNeedNoOrigin() throws Exception {
        assertThat(server.send(server.request("/api/v1/things").header("Cookie", "identicom=operator-ann"))
                        .statusCode())
                .isEqualTo(200);
        assertThat(server.send(server.as("administrator", "/api/v1/things/1").DELETE())
                        .statusCode())
                .isEqualTo(204);
    }

    @Test
    void aForeignPageCannotLogABrowserIn() throws Exception {
        problem(
                server.send(server.request("/api/v1/login")
                        .header("Origin", "http://evil.example")
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofString("{}"))),
                403);
    }

    @Test
    void theCookieIsForThisSiteAndNoScript() throws Exception {
        HttpResponse<String> response = server.send(server.request("/api/v1/login")
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString("{}")));

        assertThat(response.headers().firstValue("Set-Cookie"))
                .contains("identicom=t.o.k; Path=/; Max-Age=46800; HttpOnly; SameSite=Strict");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/health/live", "/api/v1/nothing", "/api/v1/things", "/api/v1/things/1"})
    void everyAnswerTellsBrowsersToBeStrict(String path) throws Exception {
        HttpResponse<String> response = server.send(server.as("operator", path));

        assertThat(response.headers().firstValue("Content-Security-Policy").orElseThrow())
                .startsWith("default-src 'none'; script-src 'self';")
                .contains("frame-ancestors 'none'", "base-uri 'none'")
                .doesNotContain("unsafe");
        assertThat(response.headers().firstValue("X-Content-Type-Options")).contains("nosniff");
        assertThat(response.headers().firstValue("Referrer-Policy")).contains("no-referrer");
        assertThat(response.headers().firstValue("Cache-Control")).contains("no-store");
    }

    @Test
    void aDownloadIsStreamedAndOneThatBreaksOffIsSeenToBeBroken() throws Exception {
        assertThat(server.send(server.as("auditor", "/api/v1/export")).body()).isEqualTo("a,b\n");
        assertThat(server.send(server.as("auditor", "/api/v1/export")).headers().firstValue("Content-Disposition"))
                .contains("attachment");
        assertThatThrownBy(
                        () -> server.send(server.as("auditor", "/api/v1/export").header("X-Break", "1")))
                .isInstanceOf(IOException.class);
    }

    @Test
    void healthSaysWhichPartIsDown() throws Exception {
        Health.Component part = server.health.register("database", true);

        assertThat(server.send(server.request("/health/ready")).statusCode()).isEqualTo(503);
        part.up();
        HttpResponse<String> ready = server.send(server.request("/health/ready"));
        assertThat(ready.statusCode()).isEqualTo(200);
        assertThat(ready.body())
                .contains("\"database\":{\"up\":true,\"why\":\"\",\"requiredForReady\":true}")
                .startsWith("{\"ready\":true");
        assertThat(server.send(server.request("/health/live")).statusCode()).isEqualTo(200);
    }

    @Test
    void metricsAreTextWithOperationsAndStatuses() throws Exception {
        server.send(server.as("operator", "/api/v1/things"));

        // A request is counted when its answer is on its way already.
        await().untilAsserted(() -> assertThat(
                        server.send(server.request("/metrics")).body())
                .contains("identicom_http_requests_seconds_count{operation=\"listThings\",status=\"200\"}", "jvm_"));
    }

    @Test
    void theDocumentIsMergedAndHasTheFramesOwnPaths() throws Exception {
        JsonNode document = Json.mapper()
                .readTree(server.send(server.request("/api/openapi.json")).body());

        assertThat(document.path("openapi").asText()).startsWith("3.");
        assertThat(document.at("/paths/~1api~1v1~1things/get/operationId").asText())
                .isEqualTo("listThings");
        assertThat(document.at("/paths/~1health~1live/get/operationId").asText())
                .isEqualTo("live");
        assertThat(document.at("/components/parameters/limit/name").asText()).isEqualTo("limit");
    }

    @Test
    void anUnboundAndAnUnknownOperationEndTheStart() {
        Api api = new Api("sample").bind("listTings", (request, response) -> response.empty(204));

        assertThatThrownBy(() -> new HttpFrame(
                        new HttpSettings("127.0.0.1", 0, false, 1),
                        List.of(api),
                        token -> Optional.empty(),
                        new Health(),
                        new Metrics()))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("nothing is bound to operation \"listThings\"")
                .hasMessageContaining("there is no operation listTings");
    }

    @Test
    void theSameOperationInTwoApisEndsTheStart() {
        assertThatThrownBy(() -> new OpenApi(List.of(new Api("sample"), new Api("sample"))))
                .hasMessageContaining("has a second");
        assertThatThrownBy(() -> new OpenApi(List.of(new Api("none"))))
                .hasMessageContaining("there is no resource openapi/none.json");
    }

    @Test
    void aHeaderCannotBeSplit() throws Exception {
        assertThat(server.send(server.as("operator", "/api/v1/things/a%0d%0aX-Evil:1"))
                        .headers()
                        .firstValue("X-Evil"))
                .isEmpty();
    }
}
