package identicom.fleetservice;

import com.fasterxml.jackson.databind.JsonNode;
import identicom.runtime.config.Configuration;
import identicom.runtime.config.Key;
import identicom.runtime.http.HttpFrame;
import identicom.runtime.http.HttpSettings;
import identicom.runtime.http.Json;
import identicom.runtime.kafka.Clusters;
import identicom.runtime.kafka.TopicAdmin;
import identicom.runtime.process.Health;
import identicom.runtime.process.Metrics;
import identicom.runtime.token.TokenCheck;
import identicom.schema.Cluster;
import identicom.schema.DatabaseSchema;
import identicom.schema.Migrations;
import identicom.schema.Profile;
import identicom.schema.Topic;
import identicom.testing.TestKafka;
import identicom.testing.TestPostgres;
import identicom.testing.TestTopics;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.awaitility.Awaitility;

/** The whole service over HTTP, on a real PostgreSQL and two real Kafka clusters. One for all tests of the JVM. */
public final class TestFleet {
    public static final String ADMIN_PASSWORD = "first password of all";

    private static final String ROLE_PASSWORD = "a role's";
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    /** Made at the first use, by one thread. */
    private static final class Shared {
        static final TestFleet FLEET = new TestFleet();
    }

    private final TestKafka priority = TestKafka.start();
    private final Clusters clusters = new Clusters(
            Map.of("bootstrap.servers", TestKafka.shared().bootstrapServers()),
            Map.of("bootstrap.servers", priority.bootstrapServers()));
    private final HttpFrame frame;
    private final TokenCheck tokens;
    private final Map<Cluster, TestTopics> topics = Map.of(
            Cluster.MAIN, new TestTopics(TestKafka.shared().bootstrapServers()),
            Cluster.PRIORITY, new TestTopics(priority.bootstrapServers()));
    private final String adminToken;

    private TestFleet() {
        try {
            TestPostgres postgres = TestPostgres.shared();
            Migrations.migrate(
                    new Migrations.Plan(
                            Map.of(
                                    DatabaseSchema.FLEET,
                                    new Migrations.Admin(postgres.jdbcUrl(), postgres.user(), postgres.password())),
                            Map.of(DatabaseSchema.FLEET, ROLE_PASSWORD),
                            ROLE_PASSWORD),
                    line -> {});
            TopicAdmin.createMissing(clusters, Profile.EMBEDDED, line -> {});
            Path folder = Files.createTempDirectory(Path.of("target"), "fleet");
            Health health = new Health();
            Metrics metrics = new Metrics();
            Configuration configuration = Configuration.of(
                    Map.of(
                            "database.fleet.url",
                            postgres.jdbcUrl(),
                            "database.fleet.user",
                            DatabaseSchema.FLEET.role(),
                            "database.fleet.password",
                            ROLE_PASSWORD,
                            "admin.password",
                            ADMIN_PASSWORD,
                            "login.bcrypt-cost",
                            "4",
                            "login.address-failures",
                            "1000"),
                    new ArrayList<Key<?>>(FleetService.KEYS));
            FleetService service = new FleetService(configuration, clusters, health, metrics, folder);
            tokens = new TokenCheck(clusters, folder.resolve("keys"), health, metrics);
            frame = new HttpFrame(new HttpSettings("127.0.0.1", 0, false, 10), service.apis(), tokens, health, metrics);
            service.start();
            tokens.start();
            frame.start();
            Awaitility.await().atMost(Duration.ofMinutes(2)).until(health::ready);
            adminToken = login("admin", ADMIN_PASSWORD);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    public static TestFleet shared() {
        return Shared.FLEET;
    }

    /** An answer. */
    public record Answer(int status, JsonNode body, HttpResponse<String> whole) {}

    public TokenCheck tokens() {
        return tokens;
    }

    public String adminToken() {
        return adminToken;
    }

    public String login(String user, String password) {
        Answer answer = send("POST", "/api/v1/login", "", json(Map.of("user", user, "password", password)));
        if (answer.status() != 200) {
            throw new IllegalStateException("login: " + answer);
        }
        return answer.body().path("token").asText();
    }

    /** A token of a new user of that role. */
    public String loginAs(String name, String role) {
        String body = json(Map.of("role", role, "password", "correct horse battery"));
        Answer answer = asAdmin("PUT", "/api/v1/users/" + name, body);
        if (answer.status() >= 300) {
            throw new IllegalStateException("user: " + answer);
        }
        return login(name, "correct horse battery");
    }

    public Answer asAdmin(String method, String path, String body) {
        return send(method, path, adminToken, body);
    }

    public Answer get(String path) {
        return send("GET", path, adminToken, "");
    }

    /** With a body of JSON, where there is one. */
    public Answer send(String method, String path, String token, String body) {
        return send(method, path, token, body.isEmpty() ? "" : "application/json", body);
    }

    public Answer send(String method, String path, String token, String contentType, String body) {
        HttpResponse<String> response = exchange(method, path, token, contentType, body);
        try {
            return new Answer(response.statusCode(), Json.mapper().readTree(response.body()), response);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What is no JSON, such as {@code /metrics}. */
    public String text(String path) {
        return exchange("GET", path, adminToken, "", "").body();
    }

    private HttpResponse<String> exchange(String method, String path, String token, String contentType, String body) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + frame.port() + path))
                .timeout(Duration.ofMinutes(5)) // 100,000 units are imported by one
                .method(method, HttpRequest.BodyPublishers.ofString(body));
        Map<String, String> headers = new HashMap<>();
        headers.put("Content-Type", contentType);
        headers.put("Authorization", token.isEmpty() ? "" : "Bearer " + token);
        headers.values().removeIf(String::isEmpty);
        headers.forEach(request::header);
        try {
            return HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString());
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    public static String json(Map<String, ?> members) {
        try {
            return Json.mapper().writeValueAsString(members);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    /** Publishes on main and waits for the acknowledgement. */
    public void publish(Topic topic, String key, byte[] value) {
        topics.get(Cluster.MAIN).publish(topic.topicName(), key, value);
    }

    /** Every record of a topic that stands there now. */
    public List<ConsumerRecord<byte[], byte[]>> records(Cluster cluster, Topic topic) {
        return topics.get(cluster).all(topic.topicName());
    }

    /** A connection with the service's own role. */
    public static Connection database() {
        return connection(DatabaseSchema.FLEET.role());
    }

    public static Connection connection(String role) {
        try {
            return DriverManager.getConnection(TestPostgres.shared().jdbcUrl(), role, ROLE_PASSWORD);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
