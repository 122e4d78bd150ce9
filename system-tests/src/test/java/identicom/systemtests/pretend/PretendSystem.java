package identicom.systemtests.pretend;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import identicom.systemtests.harness.Served;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArraySet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/**
 * Serves the page's files as they are in its module, under its security policy, and beneath {@code /api/v1} what {@link PretendData}
 * has. Whoever logs in gets the role that is called like the user, {@code admin} is an administrator.
 */
public final class PretendSystem implements Served, AutoCloseable {
    private static final String POLICY =
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
                    + "connect-src 'self'; media-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";
    private static final Map<String, String> LIBRARIES = Map.of(
            "preact.js", "preact/10.26.4/dist/preact.umd.js",
            "preact-hooks.js", "preact/10.26.4/hooks/dist/hooks.umd.js",
            "chart.js", "chart.js/4.5.1/dist/chart.umd.min.js",
            "leaflet.js", "leaflet/1.9.4/dist/leaflet.js",
            "leaflet.css", "leaflet/1.9.4/dist/leaflet.css");
    private static final Map<String, String> TYPES =
            Map.of("html", "text/html", "css", "text/css", "js", "text/javascript", "svg", "image/svg+xml");
    private static final Map<String, Set<String>> ONLY = Map.of(
            "/audit", Set.of("auditor", "administrator"),
            "/tests", Set.of("operator", "fleet", "administrator"));
    private static final Set<String> ADMINISTERED =
            Set.of("/escalation-policies", "/contact-groups", "/escalation-assignments", "/checklists");

    private final HttpServer server;
    private final ExecutorService threads = Executors.newThreadPerTaskExecutor(
            Thread.ofVirtual().name("pretend-", 0).factory());
    private final PretendData data = new PretendData();
    private final PretendAlerts alerts = new PretendAlerts(data.alerts());
    private final Set<String> absent = new CopyOnWriteArraySet<>();

    private PretendSystem(int port) throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        server.setExecutor(threads);
        server.createContext("/", this::page);
        server.createContext("/api/v1/", this::answer);
        server.start();
    }

    public static PretendSystem start() throws IOException {
        return new PretendSystem(0);
    }

    /** For looking at the page by hand: serves at the port that is given. */
    public static void main(String[] arguments) throws IOException {
        new PretendSystem(Integer.parseInt(arguments[0]));
    }

    @Override
    public URI http(String path) {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + path);
    }

    /** From now on there is nothing at these paths, as in a system without that part. */
    public void without(String... paths) {
        absent.addAll(List.of(paths));
    }

    /** Everything is there again. */
    public void whole() {
        absent.clear();
    }

    /** The alerts that a page said it had on a screen, each as often as it said so. */
    public List<String> shown() {
        return alerts.shown();
    }

    /** An alert changes by itself. */
    public void change(String id, String members) {
        alerts.change(id, PretendData.parse(members));
    }

    /** Something else is told on the stream. */
    public void tell(String event, String json) {
        alerts.tell(event, PretendData.parse(json));
    }

    private void page(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        String name = path.equals("/") ? "index.html" : path.replaceFirst("^/page/", "");
        String library = LIBRARIES.get(name);
        String resource = library == null ? "/control-room/" + name : "/META-INF/resources/webjars/" + library;
        exchange.getResponseHeaders().set("Content-Security-Policy", POLICY);
        if (name.equals("settings.json")) {
            send(
                    exchange,
                    200,
                    "application/json",
                    "{\"tiles\":\"\",\"tilesAttribution\":\"\"}".getBytes(StandardCharsets.UTF_8));
            return;
        }
        try (InputStream in = name.contains("/") ? null : PretendSystem.class.getResourceAsStream(resource)) {
            String type = TYPES.getOrDefault(name.substring(name.lastIndexOf('.') + 1), "text/plain");
            send(exchange, in == null ? 404 : 200, type, in == null ? new byte[0] : in.readAllBytes());
        }
    }

    private void answer(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath().substring("/api/v1".length());
        JsonNode body = PretendData.parse(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
        if (path.equals("/login")) {
            String user = body.get("user").asText();
            exchange.getResponseHeaders().set("Set-Cookie", "who=" + user + "; HttpOnly; SameSite=Strict; Path=/");
            send(exchange, 200, PretendData.NODES.objectNode().put("role", role(user)));
            return;
        }
        Optional<String> who = Optional.ofNullable(exchange.getRequestHeaders().getFirst("Cookie"))
                .map(cookie -> cookie.replaceFirst(".*who=([^;]*).*", "$1"));
        if (who.isEmpty()) {
            send(exchange, 401, PretendAlerts.problem("No valid token"));
        } else if (absent.stream().anyMatch(path::startsWith)) {
            send(exchange, 404, PretendAlerts.problem("No such operation"));
        } else if (!may(role(who.orElseThrow()), exchange.getRequestMethod(), path)) {
            send(exchange, 403, PretendAlerts.problem("Not with this role"));
        } else if (path.equals("/alerts/stream")) {
            stream(exchange);
        } else if (path.equals("/alerts/stream/beat")) {
            send(exchange, 204, "application/json", new byte[0]);
        } else {
            route(exchange, path, body, who.orElseThrow());
        }
    }

    private void route(HttpExchange exchange, String path, JsonNode body, String who) throws IOException {
        String method = exchange.getRequestMethod();
        String[] parts = path.split("/");
        if (path.startsWith("/alerts/") && method.equals("POST")) {
            PretendAlerts.Outcome outcome = alerts.act(parts[2], parts[3], body, who);
            send(exchange, outcome.status(), outcome.body());
            return;
        }
        Map<String, String> query = query(exchange.getRequestURI());
        Optional<JsonNode> found = switch (method) {
            case "GET" ->
                path.equals("/alerts")
                        ? Optional.of(alerts.page(query))
                        : path.startsWith("/alerts/") ? alerts.get(parts[2]) : data.get(path, query);
            case "PUT" -> data.put(path, body, who) ? Optional.of(body) : Optional.empty();
            case "DELETE" -> data.delete(path) ? Optional.of(PretendData.NODES.objectNode()) : Optional.empty();
            default -> Optional.of(PretendData.NODES.objectNode());
        };
        send(
                exchange,
                found.isPresent() ? 200 : 404,
                found.orElseGet(() -> PretendAlerts.problem("There is no such thing")));
    }

    private static boolean may(String role, String method, String path) {
        boolean reads = method.equals("GET");
        boolean administered = ADMINISTERED.stream().anyMatch(path::startsWith);
        boolean known = ONLY.entrySet().stream()
                .filter(only -> path.startsWith(only.getKey()))
                .allMatch(only -> only.getValue().contains(role));
        return known && (reads || !administered || role.equals("administrator"));
    }

    private static String role(String user) {
        return user.equals("admin") ? "administrator" : user;
    }

    private void stream(HttpExchange exchange) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", "text/event-stream");
        exchange.sendResponseHeaders(200, 0);
        BlockingQueue<String> frames = alerts.stream();
        try (OutputStream out = exchange.getResponseBody()) {
            while (true) {
                String frame = frames.poll(1, TimeUnit.SECONDS);
                String beat = "event: heartbeat\ndata: {\"time\":\"" + PretendAlerts.now()
                        + "\",\"kafkaMain\":\"up\",\"kafkaPriority\":\"up\",\"database\":\"up\"}\n\n";
                out.write((frame == null ? beat : frame).getBytes(StandardCharsets.UTF_8));
                out.flush();
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        } finally {
            alerts.leave(frames);
        }
    }

    private static Map<String, String> query(URI uri) {
        Map<String, String> query = new HashMap<>();
        for (String pair : Optional.ofNullable(uri.getRawQuery()).orElse("").split("&")) {
            int equals = pair.indexOf('=');
            if (equals > 0) {
                query.put(
                        pair.substring(0, equals),
                        URLDecoder.decode(pair.substring(equals + 1), StandardCharsets.UTF_8));
            }
        }
        return query;
    }

    private static void send(HttpExchange exchange, int status, JsonNode body) throws IOException {
        send(exchange, status, "application/json", body.toString().getBytes(StandardCharsets.UTF_8));
    }

    private static void send(HttpExchange exchange, int status, String type, byte[] body) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", type);
        exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
        try (OutputStream out = exchange.getResponseBody()) {
            out.write(body);
        }
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
