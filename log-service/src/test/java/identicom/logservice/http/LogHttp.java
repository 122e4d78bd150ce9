package identicom.logservice.http;

import com.fasterxml.jackson.databind.JsonNode;
import identicom.logservice.audit.AuditList;
import identicom.logservice.audit.Trail;
import identicom.logservice.events.EventList;
import identicom.logservice.retention.Holds;
import identicom.runtime.http.Api;
import identicom.runtime.http.HttpFrame;
import identicom.runtime.http.HttpSettings;
import identicom.runtime.http.Identity;
import identicom.runtime.http.Json;
import identicom.runtime.http.Role;
import identicom.runtime.process.Health;
import identicom.runtime.process.Metrics;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;
import javax.sql.DataSource;

/** The service's HTTP interface on a free port, and a client for it. A token is the name of the role it stands for. */
final class LogHttp implements AutoCloseable {
    private final Metrics metrics = new Metrics();
    private final HttpClient client = HttpClient.newHttpClient();
    private final HttpFrame frame;

    LogHttp(DataSource database) {
        Api api = new Api("log-service");
        Trail trail = new Trail(() -> {}, Clock.systemUTC());
        new EventsApi(new EventList(database), new ExportTrail(database, trail)).bindTo(api);
        new AuditApi(new AuditList(database)).bindTo(api);
        new HoldsApi(new Holds(database, trail)).bindTo(api);
        frame = new HttpFrame(
                new HttpSettings("127.0.0.1", 0, false, 10),
                List.of(api),
                token -> Role.of(token).map(role -> new Identity("user-" + token, role, "token-id")),
                new Health(),
                metrics);
        frame.start();
    }

    int port() {
        return frame.port();
    }

    URI uri(String pathAndQuery) {
        return URI.create("http://127.0.0.1:" + frame.port() + pathAndQuery);
    }

    HttpResponse<String> get(String pathAndQuery, String token, String accept)
            throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(uri(pathAndQuery))
                .header("Authorization", "Bearer " + token)
                .header("Accept", accept)
                .build();
        return client.send(request, BodyHandlers.ofString());
    }

    /** With a JSON body. */
    HttpResponse<String> send(String method, String path, String token, String body)
            throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(uri(path))
                .header("Authorization", "Bearer " + token)
                .header("Content-Type", "application/json")
                .method(method, HttpRequest.BodyPublishers.ofString(body))
                .build();
        return client.send(request, BodyHandlers.ofString());
    }

    HttpResponse<String> get(String pathAndQuery) throws IOException, InterruptedException {
        return get(pathAndQuery, "auditor", "application/json");
    }

    JsonNode page(String pathAndQuery) throws IOException, InterruptedException {
        return Json.mapper().readTree(get(pathAndQuery).body());
    }

    static String encoded(String value) {
        return URLEncoder.encode(value, StandardCharsets.UTF_8);
    }

    String scrape() {
        return metrics.scrape();
    }

    @Override
    public void close() {
        frame.close();
        client.close();
        metrics.close();
    }
}
