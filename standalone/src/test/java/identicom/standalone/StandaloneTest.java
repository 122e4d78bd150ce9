package identicom.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
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
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StandaloneTest {
    private static final Map<String, String> FREE_PORTS =
            Map.of("IDENTICOM_UNITS_PORT", "0", "IDENTICOM_HTTP_PORT", "0");
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
        await().atMost(Duration.ofSeconds(10))
                .untilAsserted(() -> assertThat(orphans).noneMatch(ProcessHandle::isAlive));

        try (Program again = standalone(FREE_PORTS)) {
            List<Integer> ports = again.awaitReady();
            assertThat(again.err()).doesNotContainPattern(PASSWORD);
            assertThat(putUnit(ports, password)).isEqualTo(200);
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
