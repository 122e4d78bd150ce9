package identicom.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import identicom.simulator.raw.RawUnit;
import identicom.simulator.unit.SimulatedUnit;
import identicom.testing.TestCollector;
import identicom.wire.event.StandardEvent;
import identicom.wire.message.ToUnit;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StandaloneTest {
    private static final Map<String, String> FREE_PORTS =
            Map.of("IDENTICOM_UNITS_PORT", "0", "IDENTICOM_HTTP_PORT", "0");
    private static final Duration UNIT_LIMIT = Duration.ofSeconds(40);
    private static final Pattern PASSWORD = Pattern.compile("admin has the password (\\S+)");

    @TempDir
    Path folder;

    @Test
    void itServesItsDataOverAKillAndACleanStop() throws Exception {
        String password;
        List<ProcessHandle> orphans;
        try (Program first = standalone(FREE_PORTS)) {
            List<Integer> ports = first.awaitReady();
            password = password(first);
            try (Socket unit = new Socket(InetAddress.getLoopbackAddress(), ports.getFirst())) {
                assertThat(unit.isConnected()).isTrue();
            }
            assertThat(get(ports, "/health/ready").statusCode()).isEqualTo(200);
            assertThat(putUnit(ports, password)).isEqualTo(201);
            assertTheMetersAreThoseOfTheirPage(get(ports, "/metrics").body());
            try (Program second = standalone(FREE_PORTS)) {
                assertThat(second.awaitExit()).isEqualTo(1);
                assertThat(second.err()).contains("in use by another identicom").contains("--data");
                assertThat(second.out()).isEmpty();
            }
            orphans = first.kill();
        }
        assertThat(orphans).hasSizeGreaterThan(2);
        await().untilAsserted(() -> assertThat(orphans).noneMatch(ProcessHandle::isAlive));

        try (TestCollector collector = new TestCollector();
                Program again = standalone(traced(collector))) {
            List<Integer> ports = again.awaitReady();
            assertThat(again.err()).doesNotContainPattern(PASSWORD);
            assertThat(putUnit(ports, password)).isEqualTo(200);
            dialInFallen(ports, "KEPT-1");
            await().untilAsserted(() -> assertEveryoneIsInTheTraceOf("KEPT-1", collector));
            long stopping = System.nanoTime();
            assertThat(again.stop()).isZero();
            assertThat(Duration.ofNanos(System.nanoTime() - stopping)).isLessThan(Duration.ofSeconds(30));
        }
        assertThat(Files.getPosixFilePermissions(data().resolve("secrets.properties")))
                .isEqualTo(PosixFilePermissions.fromString("rw-------"));
        assertThat(Files.readString(data().resolve("secrets.properties"))).doesNotContain(password);
    }

    @Test
    void aPortInUseEndsItWithTheKeyToChange() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                Program units = standalone(Map.of(
                        "IDENTICOM_UNITS_PORT", Integer.toString(taken.getLocalPort()), "IDENTICOM_HTTP_PORT", "0"));
                Program http = Program.start(
                        folder,
                        Map.of(
                                "IDENTICOM_UNITS_PORT",
                                "0",
                                "IDENTICOM_HTTP_PORT",
                                Integer.toString(taken.getLocalPort())),
                        "standalone",
                        "--data",
                        folder.resolve("other").toString())) {
            assertThat(units.awaitExit()).isEqualTo(1);
            assertThat(units.err()).contains("IDENTICOM_UNITS_PORT").contains(Integer.toString(taken.getLocalPort()));
            assertThat(http.awaitExit()).isEqualTo(1);
            assertThat(http.err()).contains("IDENTICOM_HTTP_PORT").contains(Integer.toString(taken.getLocalPort()));
        }
    }

    @Test
    void dataOfANewerProgramIsRefusedAndLeftAsItIs() throws Exception {
        Files.createDirectories(data());
        Files.writeString(data().resolve("VERSION"), "999\n");
        try (Program refused = standalone(FREE_PORTS)) {
            assertThat(refused.awaitExit()).isEqualTo(2);
            assertThat(refused.err()).contains("VERSION").contains("999").contains("newer");
        }
        assertThat(Files.readString(data().resolve("VERSION"))).isEqualTo("999\n");
        assertThat(data().resolve("postgres")).doesNotExist();
    }

    @Test
    void aFirstPasswordThatNoUserCouldHaveEndsTheStart() throws Exception {
        Map<String, String> environment = new HashMap<>(FREE_PORTS);
        environment.put("IDENTICOM_ADMIN_PASSWORD", "hunter2");
        try (Program refused = standalone(environment)) {
            assertThat(refused.awaitExit()).isEqualTo(2);
            assertThat(refused.err())
                    .contains("admin.password: 7 characters (expected: 8 to 1024 characters, no control characters)")
                    .doesNotContain("hunter2");
        }
    }

    /** Each by its whole name; what was never counted yet, such as attempts on a channel, is not served. */
    private static void assertTheMetersAreThoseOfTheirPage(String scrape) throws IOException {
        List<String> rows = MetricsPage.rows();
        List<String> prefixes = MetricsPage.prefixes();
        assertThat(MetricsPage.families(scrape))
                .hasSizeGreaterThan(50)
                .allSatisfy(family -> assertThat(
                                rows.contains(family) || prefixes.stream().anyMatch(family::startsWith))
                        .as(family)
                        .isTrue());
    }

    private static Map<String, String> traced(TestCollector collector) {
        Map<String, String> environment = new HashMap<>(FREE_PORTS);
        environment.put("IDENTICOM_TRACES_ENDPOINT", collector.endpoint());
        environment.put("IDENTICOM_TRACES_SAMPLE", "0");
        return environment;
    }

    /** A unit with a man-down and a status check in its log, until the station has emptied it. */
    private static void dialInFallen(List<Integer> ports, String serial) throws Exception {
        SimulatedUnit unit = new SimulatedUnit(serial, "4.2.1", 1);
        unit.log(StandardEvent.STATUS_CHECK, Instant.now());
        unit.log(StandardEvent.MAN_DOWN, Instant.now());
        try (RawUnit raw = RawUnit.dial(new InetSocketAddress(InetAddress.getLoopbackAddress(), ports.getFirst()))) {
            raw.send(unit.identification());
            for (Optional<ToUnit> asked = raw.next(UNIT_LIMIT); asked.isPresent(); asked = raw.next(UNIT_LIMIT)) {
                raw.send(unit.answer(asked.get()).orElseThrow());
            }
        }
        assertThat(unit.empty()).isTrue();
    }

    /** Both clusters, alerts by both, event log, fleet and supervision; and nothing of what was no emergency. */
    private static void assertEveryoneIsInTheTraceOf(String serial, TestCollector collector) {
        List<TestCollector.Span> taken = collector.named("take event");
        assertThat(taken)
                .isNotEmpty()
                .allSatisfy(span -> assertThat(span.attributes())
                        .containsEntry("identicom.serial", serial)
                        .containsEntry("identicom.class", "critical"));
        TestCollector.Span first = taken.getFirst();
        assertThat(collector.spans())
                .filteredOn(span -> span.trace().equals(first.trace()) && !span.failed())
                .extracting(TestCollector.Span::name)
                .containsExactlyInAnyOrder(
                        "take event",
                        "send identicom.events.critical",
                        "send identicom.events.critical",
                        "handle alerts-critical-main",
                        "handle alerts-critical-priority",
                        "handle log-events",
                        "handle fleet-events",
                        "handle supervision-unit-state");
    }

    private Path data() {
        return folder.resolve("data");
    }

    private Program standalone(Map<String, String> environment) throws IOException {
        return Program.start(folder, environment, "standalone", "--data", data().toString());
    }

    private static String password(Program program) {
        Matcher matcher = PASSWORD.matcher(program.err());
        assertThat(matcher.find()).as(program.err()).isTrue();
        return matcher.group(1);
    }

    private static int putUnit(List<Integer> ports, String password) throws Exception {
        String token = login(ports, password);
        HttpRequest put = request(ports, "/api/v1/units/KEPT-1")
                .header("authorization", "Bearer " + token)
                .header("content-type", "application/json")
                .PUT(BodyPublishers.ofString("{\"wearer\":\"Ann\"}"))
                .build();
        return send(put).statusCode();
    }

    private static String login(List<Integer> ports, String password) throws Exception {
        HttpResponse<String> answer = send(request(ports, "/api/v1/login")
                .header("content-type", "application/json")
                .POST(BodyPublishers.ofString("{\"user\":\"admin\",\"password\":\"" + password + "\"}"))
                .build());
        Matcher token = Pattern.compile("\"token\"\\s*:\\s*\"([^\"]+)\"").matcher(answer.body());
        assertThat(token.find()).as(answer.body()).isTrue();
        return token.group(1);
    }

    private static HttpResponse<String> get(List<Integer> ports, String path) throws Exception {
        return send(request(ports, path).GET().build());
    }

    private static HttpRequest.Builder request(List<Integer> ports, String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + ports.get(1) + path))
                .timeout(Duration.ofSeconds(60));
    }

    private static HttpResponse<String> send(HttpRequest request) throws Exception {
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(request, BodyHandlers.ofString());
        }
    }
}
