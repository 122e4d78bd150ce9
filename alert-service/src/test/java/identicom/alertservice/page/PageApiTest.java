package identicom.alertservice.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import identicom.runtime.config.Configuration;
import identicom.runtime.config.Key;
import identicom.runtime.http.HttpFrame;
import identicom.runtime.http.HttpSettings;
import identicom.runtime.process.Health;
import identicom.runtime.process.Metrics;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PageApiTest {
    private static final HttpClient CLIENT = HttpClient.newHttpClient();
    private static HttpFrame frame;

    @BeforeAll
    static void start() throws Exception {
        frame = serve(Map.of());
    }

    @AfterAll
    static void stop() {
        frame.close();
    }

    private static HttpFrame serve(Map<String, String> settings) {
        List<Key<?>> keys = new ArrayList<>(PageApi.KEYS);
        keys.addAll(HttpSettings.KEYS);
        Map<String, String> values = new LinkedHashMap<>(settings);
        values.put("http.port", "0");
        Configuration configuration = Configuration.of(values, keys);
        HttpFrame made = new HttpFrame(
                HttpSettings.from(configuration),
                List.of(new PageApi(configuration).api()),
                token -> Optional.empty(),
                new Health(),
                new Metrics());
        made.start();
        return made;
    }

    private static HttpRequest.Builder request(HttpFrame at, String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + at.port() + path));
    }

    private static HttpResponse<String> get(String path) throws Exception {
        return CLIENT.send(request(frame, path).build(), BodyHandlers.ofString());
    }

    private static String header(HttpResponse<?> response, String name) {
        return response.headers().firstValue(name).orElse("");
    }

    @Test
    void thePageIsThereWithoutALoginAndLoadsNothingFromElsewhere() throws Exception {
        HttpResponse<String> page = get("/");

        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(header(page, "Content-Type")).isEqualTo("text/html; charset=utf-8");
        assertThat(header(page, "Content-Security-Policy"))
                .isEqualTo("default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
                        + "connect-src 'self'; media-src 'self'; base-uri 'none'; form-action 'self'; "
                        + "frame-ancestors 'none'");
        assertThat(page.body()).doesNotContain("http://", "https://", " style=", "onclick", "<style", "<script>");
    }

    @Test
    void everyFileThatThePageNamesIsServed() throws Exception {
        Set<String> asked = new TreeSet<>();
        Set<String> open = new TreeSet<>(named(get("/").body(), "(?:src|href)=\"/page/([^\"]+)\""));
        while (!open.isEmpty()) {
            String file = open.iterator().next();
            open.remove(file);
            asked.add(file);
            HttpResponse<String> answer = get("/page/" + file);
            assertThat(answer.statusCode()).as(file).isEqualTo(200);
            assertThat(header(answer, "X-Content-Type-Options")).isEqualTo("nosniff");
            open.addAll(named(answer.body(), "(?m)^import [^;]*?'\\./([^']+)';"));
            open.removeAll(asked);
        }

        assertThat(asked)
                .contains("main.js", "feed.js", "preact.js", "leaflet.css", "words.js")
                .hasSizeGreaterThan(25);
    }

    private static Set<String> named(String text, String pattern) {
        return Pattern.compile(pattern)
                .matcher(text)
                .results()
                .map((MatchResult found) -> found.group(1))
                .collect(Collectors.toSet());
    }

    @ParameterizedTest
    @CsvSource({
        "main.js,text/javascript; charset=utf-8",
        "leaflet.js,text/javascript; charset=utf-8",
        "base.css,text/css; charset=utf-8",
        "icon.svg,image/svg+xml",
        "settings.json,application/json",
    })
    void eachFileHasItsType(String file, String type) throws Exception {
        assertThat(header(get("/page/" + file), "Content-Type")).isEqualTo(type);
    }

    @Test
    void whatABrowserHasIsNotSentAgain() throws Exception {
        HttpResponse<String> first = get("/page/main.js");
        String tag = header(first, "ETag");

        HttpResponse<String> again = CLIENT.send(
                request(frame, "/page/main.js")
                        .header("If-None-Match", "\"other\", W/" + tag)
                        .build(),
                BodyHandlers.ofString());
        HttpResponse<String> older = CLIENT.send(
                request(frame, "/page/main.js")
                        .header("If-None-Match", "\"other\"")
                        .build(),
                BodyHandlers.ofString());

        assertThat(header(first, "Cache-Control")).isEqualTo("no-cache");
        assertThat(again.statusCode()).isEqualTo(304);
        assertThat(again.body()).isEmpty();
        assertThat(header(again, "ETag")).isEqualTo(tag);
        assertThat(older.statusCode()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/page/main.js"})
    void headSaysWhatGetWouldSend(String path) throws Exception {
        HttpResponse<String> whole = get(path);
        HttpResponse<String> head = CLIENT.send(
                request(frame, path).method("HEAD", BodyPublishers.noBody()).build(), BodyHandlers.ofString());

        assertThat(head.statusCode()).isEqualTo(200);
        assertThat(head.body()).isEmpty();
        assertThat(header(head, "ETag")).isEqualTo(header(whole, "ETag"));
        assertThat(header(head, "Content-Type")).isEqualTo(header(whole, "Content-Type"));
        assertThat(header(head, "Content-Length")).isEqualTo(header(whole, "Content-Length"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/page/",
                "/page/index.html",
                "/page/..%2findex.html",
                "/page/..%2f..%2fopenapi%2fpage.json",
                "/page/%2e%2e%2fopenapi%2fpage.json",
                "/page/main.js/",
                "/page//main.js",
                "/page/main.js%00",
                "/page/META-INF/MANIFEST.MF",
                "/control-room/main.js",
                "/index.html",
            })
    void nothingElseIsServed(String path) throws Exception {
        HttpResponse<String> answer = get(path);

        assertThat(answer.statusCode()).isIn(400, 404);
        assertThat(answer.body()).doesNotContain("import ", "openapi\":", "<html");
    }

    @ParameterizedTest
    @ValueSource(strings = {"POST", "PUT", "DELETE"})
    void theFilesAreOnlyRead(String method) throws Exception {
        HttpResponse<String> answer = CLIENT.send(
                request(frame, "/page/main.js")
                        .method(method, BodyPublishers.noBody())
                        .build(),
                BodyHandlers.ofString());

        assertThat(answer.statusCode()).isEqualTo(405);
    }

    @Test
    void aConfiguredTileServerIsAllowedAndTold() throws Exception {
        try (HttpFrame withTiles = serve(Map.of(
                "page.tiles", "https://tiles.example.org/{z}/{x}/{y}.png", "page.tiles-attribution", "Ordnance"))) {
            HttpResponse<String> page = CLIENT.send(request(withTiles, "/").build(), BodyHandlers.ofString());
            HttpResponse<String> settings =
                    CLIENT.send(request(withTiles, "/page/settings.json").build(), BodyHandlers.ofString());

            assertThat(header(page, "Content-Security-Policy"))
                    .contains("img-src 'self' data: https://tiles.example.org;");
            assertThat(settings.body()).contains("https://tiles.example.org/{z}/{x}/{y}.png", "Ordnance");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "tiles.example.org/{z}/{x}/{y}.png",
                "ftp://tiles.example.org/{z}/{x}/{y}.png",
                "https://tiles.example.org/{z}/{x}.png",
                "https://a.example.org; script-src *//{z}/{x}/{y}",
                "https://*/{z}/{x}/{y}",
            })
    void whatIsNoTileServerEndsTheStart(String template) {
        assertThatThrownBy(() -> serve(Map.of("page.tiles", template)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("page.tiles");
    }
}
