package identicom.systemtests.harness;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;

/** A web server that is told of alerts, and keeps what it was told. */
public final class WebhookListener implements AutoCloseable {

    /** One call: on which path, with which {@code Idempotency-Key}, of which unit's alert, and when. */
    public record Told(String path, String key, String serial, long atNanos) {}

    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final List<Told> told = new CopyOnWriteArrayList<>();

    public WebhookListener() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 100);
        server.setExecutor(threads);
        server.createContext("/", this::take);
        server.start();
    }

    private void take(HttpExchange exchange) throws IOException {
        JsonNode alert = Desk.JSON.readTree(exchange.getRequestBody());
        told.add(new Told(
                exchange.getRequestURI().getPath(),
                exchange.getRequestHeaders().getFirst("Idempotency-Key"),
                alert.path("serial").asText(),
                System.nanoTime()));
        exchange.sendResponseHeaders(204, -1);
        exchange.close();
    }

    public String url(String path) {
        return "http://127.0.0.1:" + server.getAddress().getPort() + path;
    }

    /**
     * An escalation policy for {@code PUT /api/v1/escalation-policies/default}: a level for each path, which tells it.
     *
     * @param apart seconds from one level to the next
     */
    public Map<String, Object> policy(List<String> paths, int apart) {
        List<Map<String, Object>> levels = IntStream.range(0, paths.size())
                .mapToObj(level -> Map.of(
                        "afterSeconds",
                        level * apart,
                        "targets",
                        List.of(Map.of("channel", "webhook", "address", url(paths.get(level))))))
                .toList();
        return Map.of("levels", levels);
    }

    /** Every call so far, in the order in which they came. */
    public List<Told> told() {
        return told;
    }

    @Override
    public void close() {
        server.stop(0);
        threads.close();
    }
}
