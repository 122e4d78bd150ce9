package identicom.alertservice;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Scanner;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;

/** A screen: reads a stream of Server-Sent Events until it is closed. */
final class SseClient implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();

    /** One event of the stream. */
    record Got(@Nullable String id, String event, JsonNode data) {
        boolean alertOf(String serial) {
            return event.equals("alert") && data.path("serial").asText().equals(serial);
        }
    }

    private final List<Got> got = new CopyOnWriteArrayList<>();
    private final InputStream body;

    private SseClient(InputStream body) {
        this.body = body;
    }

    static SseClient open(int port, String token, @Nullable String lastEventId)
            throws IOException, InterruptedException {
        return open(port, token, lastEventId, false);
    }

    /** A page that is going to answer heartbeats. */
    static SseClient answering(int port, String token) throws IOException, InterruptedException {
        return open(port, token, null, true);
    }

    private static SseClient open(int port, String token, @Nullable String lastEventId, boolean answering)
            throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:" + port + "/api/v1/alerts/stream"))
                .header("Authorization", "Bearer " + token);
        if (lastEventId != null) {
            request.header("Last-Event-ID", lastEventId);
        }
        if (answering) {
            request.header("Answers-Heartbeats", "true");
        }
        HttpClient http = HttpClient.newHttpClient();
        HttpResponse<InputStream> response = http.send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
        if (response.statusCode() != 200) {
            throw new IOException("status " + response.statusCode());
        }
        SseClient client = new SseClient(response.body());
        Thread.ofVirtual().start(client::read);
        return client;
    }

    private void read() {
        try (Scanner lines = new Scanner(body, StandardCharsets.UTF_8).useDelimiter("\n\n")) {
            while (lines.hasNext()) {
                add(lines.next());
            }
        }
    }

    private void add(String block) {
        String id = null;
        String event = "";
        String data = "";
        for (String line : block.split("\n")) {
            String value = line.replaceFirst("^[a-z]*: ?", "");
            switch (line.split(":")[0]) {
                case "id" -> id = value;
                case "event" -> event = value;
                case "data" -> data = value;
                default -> {}
            }
        }
        if (event.isEmpty()) {
            return;
        }
        try {
            got.add(new Got(id, event, JSON.readTree(data.isEmpty() ? "null" : data)));
        } catch (IOException e) {
            throw new IllegalStateException(block, e);
        }
    }

    List<Got> all() {
        return List.copyOf(got);
    }

    List<Got> alertsOf(String serial) {
        return got.stream().filter(one -> one.alertOf(serial)).toList();
    }

    Got await(Duration within, Predicate<Got> which) {
        Awaitility.await()
                .atMost(within)
                .pollInterval(Duration.ofMillis(10))
                .pollDelay(Duration.ZERO)
                .until(() -> got.stream().anyMatch(which));
        return got.stream().filter(which).findFirst().orElseThrow();
    }

    @Override
    public void close() throws IOException {
        body.close();
    }
}
