package identicom.alertservice;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.protobuf.Message;
import identicom.embedded.Postgres;
import identicom.runtime.config.Configuration;
import identicom.runtime.config.Key;
import identicom.runtime.http.HttpFrame;
import identicom.runtime.http.HttpSettings;
import identicom.runtime.http.Identity;
import identicom.runtime.http.Role;
import identicom.runtime.kafka.Clusters;
import identicom.runtime.kafka.TopicAdmin;
import identicom.runtime.process.Health;
import identicom.runtime.process.Metrics;
import identicom.schema.Cluster;
import identicom.schema.DatabaseSchema;
import identicom.schema.Profile;
import identicom.schema.Topic;
import identicom.testing.TestDatabase;
import identicom.testing.TestKafka;
import identicom.testing.TestPostgres;
import identicom.testing.TestTopics;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.awaitility.Awaitility;

/** Two real clusters, a real database, and the service with its HTTP interface, as long as the test's class runs. */
final class ServiceFixture implements AutoCloseable {

    /** The serial of a canary; nothing comes of it unless it calls. */
    static final String CANARY = "CANARY-1";

    /** For what happens at once on a machine that has nothing else to do. */
    static final Duration PATIENCE = Duration.ofSeconds(60);

    private static final ObjectMapper JSON = new ObjectMapper();

    private final TestKafka main = TestKafka.start();
    private final TestKafka priority = TestKafka.start();
    private final TestPostgres postgres = TestPostgres.start();
    private final TestDatabase database;
    private final Map<String, String> settings;
    private Postgres server = postgres.server();
    private final Clusters clusters;
    private final Map<Cluster, TestTopics> topics;
    private final HttpClient http = HttpClient.newHttpClient();
    private AlertService service;
    private HttpFrame frame;
    private volatile Duration clockOffset = Duration.ZERO;

    ServiceFixture() throws Exception {
        this(Map.of());
    }

    /** @param settings beside the usual ones */
    ServiceFixture(Map<String, String> settings) throws Exception {
        this.settings = settings;
        database = TestDatabase.on(postgres, DatabaseSchema.ALERTS);
        clusters = new Clusters(
                Map.of("bootstrap.servers", main.bootstrapServers()),
                Map.of("bootstrap.servers", priority.bootstrapServers()));
        TopicAdmin.createMissing(clusters, Profile.EMBEDDED, line -> {});
        topics = Map.of(
                Cluster.MAIN, new TestTopics(main.bootstrapServers()),
                Cluster.PRIORITY, new TestTopics(priority.bootstrapServers()));
        startService();
    }

    void startService() throws Exception {
        List<Key<?>> keys = new ArrayList<>(AlertService.KEYS);
        keys.addAll(HttpSettings.KEYS);
        Map<String, String> values = new HashMap<>(settings);
        values.put("database.alerts.url", database.url());
        values.put("database.alerts.user", DatabaseSchema.ALERTS.role());
        values.put("database.alerts.password", TestDatabase.PASSWORD);
        values.put("http.port", "0");
        values.put("canary.serial", CANARY);
        Configuration configuration = Configuration.of(values, keys);
        Health health = new Health();
        Metrics metrics = new Metrics();
        service = new AlertService(configuration, clusters, health, metrics, () -> clockOffset);
        frame = new HttpFrame(
                HttpSettings.from(configuration),
                service.apis(),
                token -> Optional.of(new Identity(token, role(token), "token-of-" + token)),
                health,
                metrics);
        service.start();
        frame.start();
    }

    private static Role role(String user) {
        return switch (user) {
            case "fritz" -> Role.FLEET;
            case "aud" -> Role.AUDITOR;
            case "root" -> Role.ADMINISTRATOR;
            default -> Role.OPERATOR;
        };
    }

    void stopService() {
        frame.close();
        service.close();
    }

    void setClockOffset(Duration offset) {
        clockOffset = offset;
    }

    TestDatabase database() {
        return database;
    }

    void publish(Cluster cluster, Topic topic, String serial, Message message) throws Exception {
        topics.get(cluster).publish(topic.topicName(), serial, message.toByteArray());
    }

    SseClient stream(String lastEventId) throws Exception {
        return SseClient.open(frame.port(), "ann", lastEventId);
    }

    SseClient streamOf(String user) throws Exception {
        return SseClient.open(frame.port(), user, null);
    }

    int port() {
        return frame.port();
    }

    HttpResponse<String> get(String user, String path) throws Exception {
        return answer(request(user, path));
    }

    HttpResponse<String> put(String user, String path, String body) throws Exception {
        HttpRequest.Builder request = request(user, path)
                .header("Content-Type", "application/json")
                .PUT(HttpRequest.BodyPublishers.ofString(body));
        return answer(request);
    }

    HttpResponse<String> delete(String user, String path) throws Exception {
        return answer(request(user, path).DELETE());
    }

    HttpResponse<String> post(String user, String path, String body) throws Exception {
        return answer(posted(user, path, body));
    }

    /** The answer as it is, where the database is to be away. */
    HttpResponse<String> postOnce(String user, String path, String body) throws Exception {
        return send(posted(user, path, body));
    }

    private HttpRequest.Builder posted(String user, String path, String body) {
        return request(user, path)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body));
    }

    /** Asks again as long as the service has not heard from its database, as it has not for a moment on a busy machine. */
    private HttpResponse<String> answer(HttpRequest.Builder request) {
        return Awaitility.await()
                .atMost(PATIENCE)
                .pollDelay(Duration.ZERO)
                .until(() -> send(request), got -> got.statusCode() != 503);
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
        return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    /** A page says, by a network of its own, that it heard a heartbeat. */
    int answerHeartbeat(int port, String user) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:" + port + "/api/v1/alerts/stream/beat"))
                .header("Authorization", "Bearer " + user)
                .POST(HttpRequest.BodyPublishers.noBody())
                .build();
        return http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
    }

    JsonNode json(HttpResponse<String> response) throws IOException {
        return JSON.readTree(response.body());
    }

    private HttpRequest.Builder request(String user, String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + frame.port() + path))
                .header("Authorization", "Bearer " + user);
    }

    /** Freezes every process of the database, so that it neither answers nor refuses. */
    void freezeDatabase() throws Exception {
        signalDatabase("-STOP");
    }

    void thawDatabase() throws Exception {
        signalDatabase("-CONT");
    }

    /** Ends every process of the database at once. */
    void killDatabase() throws Exception {
        server.kill();
    }

    void restartDatabase() throws Exception {
        server = server.restart();
    }

    private void signalDatabase(String signal) throws Exception {
        ProcessHandle postmaster = ProcessHandle.of(server.pid()).orElseThrow();
        signal(signal, List.of(postmaster)); // first: it begets no other child that would go on
        signal(signal, postmaster.descendants().toList());
    }

    private static void signal(String signal, List<ProcessHandle> processes) throws Exception {
        List<String> command = new ArrayList<>(List.of("kill", signal));
        processes.forEach(process -> command.add(Long.toString(process.pid())));
        new ProcessBuilder(command).start().waitFor();
    }

    @Override
    public void close() {
        stopService();
        topics.values().forEach(TestTopics::close);
        database.close();
        server.close();
        main.close();
        priority.close();
    }
}
