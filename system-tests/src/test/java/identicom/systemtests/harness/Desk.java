package identicom.systemtests.harness;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.awaitility.Awaitility;

/** A person logged in at the HTTP interface. Tokens outlive restarts, so a desk does. */
public final class Desk {
    public static final ObjectMapper JSON = new ObjectMapper();

    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final HttpClient CLIENT = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(10))
            .build();

    private final Served site;
    private final String token;

    private Desk(Served site, String token) {
        this.site = site;
        this.token = token;
    }

    /** What came back. */
    public record Answer(int status, String contentType, String body) {
        public JsonNode json() {
            try {
                return JSON.readTree(body);
            } catch (JsonProcessingException wrong) {
                throw new IllegalStateException("no JSON: " + body, wrong);
            }
        }
    }

    public static Desk administrator(Served site) throws IOException, InterruptedException {
        return login(site, "admin", RunningSystem.ADMIN_PASSWORD);
    }

    public static Desk login(Served site, String user, String password) throws IOException, InterruptedException {
        Answer answer = new Desk(site, "")
                .send("POST", "/api/v1/login", "application/json", json(Map.of("user", user, "password", password)));
        if (answer.status() != 200) {
            throw new IOException("login of " + user + ": " + answer);
        }
        return new Desk(site, answer.json().get("token").asText());
    }

    /** What it shows at each request. */
    public String token() {
        return token;
    }

    /** The same person at another process. */
    public Desk at(Served other) {
        return new Desk(other, token);
    }

    /** Somebody who has not logged in. */
    public static Desk stranger(Served site) {
        return new Desk(site, "");
    }

    public Answer get(String path) throws IOException, InterruptedException {
        return send("GET", path, "", "");
    }

    /** What is there in another form. */
    public Answer as(String mediaType, String path) throws IOException, InterruptedException {
        HttpRequest request =
                request(path).timeout(LIMIT).header("Accept", mediaType).build();
        HttpResponse<String> response = CLIENT.send(request, BodyHandlers.ofString());
        return new Answer(
                response.statusCode(),
                response.headers().firstValue("Content-Type").orElse(""),
                response.body());
    }

    public Answer put(String path, Object body) throws IOException, InterruptedException {
        return send("PUT", path, "application/json", json(body));
    }

    public Answer post(String path, Object body) throws IOException, InterruptedException {
        return send("POST", path, "application/json", json(body));
    }

    public Answer send(String method, String path, String contentType, String body)
            throws IOException, InterruptedException {
        HttpRequest.Builder request = request(path).timeout(LIMIT);
        if (!contentType.isEmpty()) {
            request.header("Content-Type", contentType);
        }
        request.method(method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
        HttpResponse<String> response = CLIENT.send(request.build(), BodyHandlers.ofString());
        return new Answer(
                response.statusCode(),
                response.headers().firstValue("Content-Type").orElse(""),
                response.body());
    }

    /** Only the status of a request whose body may never end. */
    public int status(String method, String path, String contentType, String body)
            throws IOException, InterruptedException {
        HttpRequest.Builder request = request(path).timeout(LIMIT);
        if (!contentType.isEmpty()) {
            request.header("Content-Type", contentType);
        }
        request.method(method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
        HttpResponse<Stream<String>> response = CLIENT.send(request.build(), BodyHandlers.ofLines());
        response.body().close();
        return response.statusCode();
    }

    /** Everything that a list has, page by page. */
    public List<JsonNode> all(String path) throws IOException, InterruptedException {
        List<JsonNode> items = new ArrayList<>();
        String separator = path.contains("?") ? "&" : "?";
        String cursor = "";
        do {
            Answer page = get(path + separator + "limit=1000"
                    + (cursor.isEmpty() ? "" : "&cursor=" + URLEncoder.encode(cursor, StandardCharsets.UTF_8)));
            if (page.status() != 200) {
                throw new IOException("GET " + path + ": " + page);
            }
            page.json().get("items").forEach(items::add);
            cursor = page.json().path("next").asText("");
        } while (!cursor.isEmpty() && !cursor.equals("null"));
        return items;
    }

    /** Every event that the filter finds, as the streamed export has it. */
    public List<JsonNode> events(String filter) throws IOException, InterruptedException {
        HttpRequest request = request("/api/v1/events" + filter)
                .header("Accept", "application/x-ndjson")
                .timeout(LIMIT)
                .build();
        HttpResponse<Stream<String>> response = CLIENT.send(request, BodyHandlers.ofLines());
        List<JsonNode> events = new ArrayList<>();
        try (Stream<String> lines = response.body()) {
            for (String line : lines.filter(text -> !text.isBlank()).toList()) {
                events.add(JSON.readTree(line));
            }
        }
        if (response.statusCode() != 200) {
            throw new IOException("GET /api/v1/events" + filter + ": " + response.statusCode() + " " + events);
        }
        return events;
    }

    /** What a path answers with 200, byte for byte. */
    public byte[] bytes(String path) throws IOException, InterruptedException {
        HttpResponse<byte[]> response = CLIENT.send(request(path).timeout(LIMIT).build(), BodyHandlers.ofByteArray());
        if (response.statusCode() != 200) {
            throw new IOException("GET " + path + ": " + response.statusCode());
        }
        return response.body();
    }

    /** Puts units on the whitelist. */
    public void commission(Collection<String> serials) throws IOException, InterruptedException {
        Answer answer =
                send("POST", "/api/v1/units/import", "text/csv", "serial\n" + String.join("\n", serials) + "\n");
        if (answer.status() != 200 || !answer.json().get("rejected").isEmpty()) {
            throw new IOException("import: " + answer);
        }
    }

    /** Puts a unit on the whitelist that was not there; returns when alerts have its wearer's name. */
    public void introduce(String serial, String wearer, Map<String, Object> more)
            throws IOException, InterruptedException {
        Map<String, Object> unit = new HashMap<>(more);
        unit.put("wearer", wearer);
        Answer answer = put("/api/v1/units/" + serial, unit);
        if (answer.status() != 201) {
            throw new IOException("unit " + serial + ": " + answer);
        }
        Awaitility.await("alerts have the name of " + wearer)
                .until(() -> all("/api/v1/supervision?state=all").stream()
                        .anyMatch(known -> known.path("serial").asText().equals(serial)
                                && known.path("wearer").asText().equals(wearer)));
    }

    /** Whether no command waits for this unit any more. */
    public boolean nothingWaitsFor(String serial) throws IOException, InterruptedException {
        return all("/api/v1/units/" + serial + "/commands").stream()
                .map(command -> command.get("state").asText())
                .noneMatch(state -> state.equals("queued") || state.equals("sent"));
    }

    /** The alerts of one unit, whatever their state. */
    public List<JsonNode> alerts(String serial) throws IOException, InterruptedException {
        return all("/api/v1/alerts?serial=" + serial);
    }

    /** Listens to the alert stream from now on. */
    public AlertStream listen() throws IOException, InterruptedException {
        return new AlertStream(CLIENT, request("/api/v1/alerts/stream").build());
    }

    /** Listens to the alert stream from behind this change on. */
    public AlertStream listenAfter(String id) throws IOException, InterruptedException {
        return new AlertStream(
                CLIENT,
                request("/api/v1/alerts/stream").header("Last-Event-ID", id).build());
    }

    /** The sum of a meter over all its series whose labels contain {@code label}; 0 where there is none. */
    public double meter(String name, String label) throws IOException, InterruptedException {
        return get("/metrics")
                .body()
                .lines()
                .filter(line -> line.startsWith(name) && line.contains(label))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .sum();
    }

    private HttpRequest.Builder request(String path) {
        HttpRequest.Builder request = HttpRequest.newBuilder(site.http(path));
        return token.isEmpty() ? request : request.header("Authorization", "Bearer " + token);
    }

    private static String json(Object body) throws JsonProcessingException {
        return JSON.writeValueAsString(body);
    }
}
