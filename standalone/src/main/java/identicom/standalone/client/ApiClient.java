package identicom.standalone.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;

/** A logged-in user of the HTTP interface. */
public final class ApiClient implements AutoCloseable {
    private static final Duration LIMIT = Duration.ofMinutes(5);
    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();
    private final URI base;
    private String token = "";

    private ApiClient(URI base) {
        this.base = base;
    }

    /**
     * Logs in.
     *
     * @param base such as {@code http://127.0.0.1:8080}
     * @throws IOException the interface does not answer, or does not know this user; the message says which
     */
    public static ApiClient login(URI base, String user, String password) throws IOException, InterruptedException {
        ApiClient client = new ApiClient(base);
        ObjectNode body = JSON.createObjectNode().put("user", user).put("password", password);
        JsonNode answer = client.post("/api/v1/login", "application/json", BodyPublishers.ofString(body.toString()));
        client.token = answer.path("token").asText();
        return client;
    }

    /** Imports units; the answer is {@code {"created","updated","rejected":[{"line","reason"}]}}. */
    public JsonNode importUnits(BodyPublisher csv) throws IOException, InterruptedException {
        return post("/api/v1/units/import", "text/csv", csv);
    }

    private JsonNode post(String path, String type, BodyPublisher body) throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(base.resolve(path))
                .timeout(LIMIT)
                .header("Content-Type", type)
                .POST(body);
        if (!token.isEmpty()) {
            request.header("Authorization", "Bearer " + token);
        }
        HttpResponse<String> response;
        try {
            response = http.send(request.build(), BodyHandlers.ofString());
        } catch (java.net.ConnectException e) {
            throw new IOException("nothing answers at " + base + " (expected: a running identicom)", e);
        }
        if (response.statusCode() / 100 != 2) {
            throw new IOException(path + " answered " + response.statusCode() + ": " + response.body());
        }
        return JSON.readTree(response.body());
    }

    @Override
    public void close() {
        http.close();
    }
}
