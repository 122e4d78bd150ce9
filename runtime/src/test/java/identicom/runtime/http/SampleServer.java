package identicom.runtime.http;

import identicom.runtime.process.Health;
import identicom.runtime.process.Metrics;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.sql.SQLTransientConnectionException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;

/** A frame around a service of the test's own, on a real socket. Tokens are the role's name with a dash and a user. */
final class SampleServer implements AutoCloseable {
    record Thing(String name, int size, Instant at) {
        Thing {
            if (size > 100) {
                throw new IllegalArgumentException("a size of at most 100");
            }
        }
    }

    final BlockingQueue<SseStream> streams = new LinkedBlockingQueue<>();
    final Set<String> revoked = ConcurrentHashMap.newKeySet();
    final Health health = new Health();
    private final Metrics metrics = new Metrics();
    private final HttpClient client = HttpClient.newHttpClient();
    private final HttpFrame frame;

    SampleServer(int maxStreams) {
        this(new HttpSettings("127.0.0.1", 0, false, maxStreams));
    }

    SampleServer(HttpSettings settings) {
        Api api = new Api("sample")
                .bind("listThings", SampleServer::list)
                .bind("postThing", (request, response) -> response.json(201, request.json(Thing.class)))
                .bind("getThing", (request, response) -> get(request.path("id"), request, response))
                .bind("deleteThing", (request, response) -> response.empty(204))
                .bind("streamThings", (request, response) -> streams.add(response.sse()))
                .bind("exportThings", SampleServer::export)
                .bind(
                        "upload",
                        (request, response) -> response.json(
                                200, Map.of("bytes", request.body(10).readAllBytes().length)))
                .bind(
                        "login",
                        (request, response) -> response.tokenCookie("t.o.k", Duration.ofHours(13))
                                .empty(204));
        frame = new HttpFrame(settings, List.of(api), this::identity, health, metrics);
        frame.start();
    }

    private Optional<Identity> identity(String token) {
        String[] parts = token.split("-", 2);
        return revoked.contains(token)
                ? Optional.empty()
                : Role.of(parts[0]).map(role -> new Identity(parts[1], role, "id"));
    }

    private static void list(Request request, Response response) {
        response.json(
                200,
                new Page<>(
                        List.of(
                                "limit " + request.limit(),
                                "from "
                                        + request.instant("from")
                                                .map(Instant::toString)
                                                .orElse("none"),
                                "who " + request.identity().user(),
                                "csv " + request.accepts("text/csv")),
                        request.cursor().orElse(null)));
    }

    private static void get(String id, Request request, Response response) throws Exception {
        switch (id) {
            case "missing" -> throw Problem.notFound("thing " + id);
            case "taken" -> throw Problem.conflict("taken", Map.of("acknowledgedBy", "ann"));
            case "often" -> throw Problem.tooMany(Duration.ofMillis(1500));
            case "outage" -> throw new SQLTransientConnectionException("secret host");
            case "bug" -> throw new IllegalStateException("secret detail");
            case "silent" -> response.header("X-Ignored", "1");
            default -> response.json(200, Map.of("id", id, "from", request.remoteAddress()));
        }
    }

    private static void export(Request request, Response response) throws IOException {
        OutputStream out = response.stream("text/csv", Map.of("Content-Disposition", "attachment"));
        out.write("a,b\n".getBytes(StandardCharsets.UTF_8));
        out.flush();
        if (request.header("X-Break").isPresent()) {
            throw new UncheckedIOException(new IOException("the source broke off"));
        }
    }

    int port() {
        return frame.port();
    }

    URI uri(String path) {
        return URI.create("http://127.0.0.1:" + port() + path);
    }

    HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(uri(path)).timeout(Duration.ofSeconds(60));
    }

    HttpRequest.Builder as(String role, String path) {
        return request(path).header("Authorization", "Bearer " + role + "-ann");
    }

    HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
        return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    HttpResponse<InputStream> open(HttpRequest.Builder request) throws Exception {
        return client.send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
    }

    /** Sends these bytes and reads until the server ends the connection. */
    String raw(String bytes) throws IOException {
        try (Socket socket = new Socket("127.0.0.1", port())) {
            socket.setSoTimeout(60_000);
            socket.getOutputStream().write(bytes.getBytes(StandardCharsets.ISO_8859_1));
            socket.getOutputStream().flush();
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @Override
    public void close() {
        client.shutdownNow();
        frame.close();
        metrics.close();
    }
}
