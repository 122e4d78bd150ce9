package identicom.runtime.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigurationTest {
    private enum Tls {
        NONE,
        START_TLS
    }

    private static final Key<Integer> PORT = Key.integer("http.port", 8080, 0, 65535, "port");
    private static final Key<Duration> IDLE = Key.duration("idle-time.limit", Duration.ofMinutes(15), "idle");
    private static final Key<String> URL = Key.requiredText("database.url", "JDBC URL");
    private static final Key<String> PASSWORD = Key.secret("admin.password", "password");
    private static final Key<List<String>> ALLOW = Key.list("webhook.allow", List.of(), "allowed");
    private static final Key<Boolean> FLAG = Key.flag("restart", true, "restart");
    private static final Key<Tls> TLS = Key.choice("mail.tls", Tls.class, Tls.NONE, "TLS");
    private static final Key<Path> DATA = Key.path("data", Path.of("data"), "data directory");
    private static final Key<Map<String, String>> KAFKA = Key.family("kafka.main", "client properties");
    private static final List<Key<?>> KNOWN = List.of(PORT, IDLE, URL, PASSWORD, ALLOW, FLAG, TLS, DATA, KAFKA);

    @TempDir
    Path folder;

    private Path file(String text) throws Exception {
        return Files.writeString(folder.resolve("identicom.properties"), text, StandardCharsets.UTF_8);
    }

    private static List<String> problems(Path file, Map<String, String> environment) {
        return catchThrowableOfType(ConfigurationException.class, () -> Configuration.load(file, environment, KNOWN))
                .problems();
    }

    @Test
    void theEnvironmentGoesOverTheFileAndTheFileOverTheDefault() throws Exception {
        Configuration configuration = Configuration.load(
                file("http.port=1\nidle-time.limit=500ms\ndatabase.url=jdbc:x\n"),
                Map.of("IDENTICOM_HTTP_PORT", "2", "PATH", "/bin"),
                KNOWN);

        assertThat(configuration.get(PORT)).isEqualTo(2);
        assertThat(configuration.get(IDLE)).isEqualTo(Duration.ofMillis(500));
        assertThat(configuration.get(FLAG)).isTrue();
        assertThat(configuration.get(TLS)).isEqualTo(Tls.NONE);
        assertThat(configuration.get(PASSWORD)).isEmpty();
        assertThat(configuration.get(ALLOW)).isEmpty();
    }

    @Test
    void everyKindOfValueIsRead() {
        Configuration configuration = Configuration.of(
                Map.of(
                        "database.url", "jdbc:x",
                        "webhook.allow", "a, b ,",
                        "restart", "false",
                        "mail.tls", "start-tls",
                        "data", "/srv/data",
                        "idle-time.limit", "24h"),
                KNOWN);

        assertThat(configuration.get(ALLOW)).containsExactly("a", "b");
        assertThat(configuration.get(FLAG)).isFalse();
        assertThat(configuration.get(TLS)).isEqualTo(Tls.START_TLS);
        assertThat(configuration.get(DATA)).isEqualTo(Path.of("/srv/data"));
        assertThat(configuration.get(IDLE)).isEqualTo(Duration.ofDays(1));
    }

    @Test
    void everyProblemIsNamedAtOnce() throws Exception {
        List<String> problems = problems(
                file("http.port=80800\nidle-time.limit=fast\nmail.tls=ssl\nrestart=yes\n"),
                Map.of("IDENTICOM_DATABSE_URL", "jdbc:x"));

        assertThat(problems).hasSize(6);
        assertThat(problems)
                .anyMatch(p -> p.contains("http.port") && p.contains("80800 (expected: a whole number 0..65535)"))
                .anyMatch(p -> p.contains("idle-time.limit") && p.contains("fast (expected: a time span"))
                .anyMatch(p -> p.contains("mail.tls") && p.contains("ssl (expected: one of none, start-tls)"))
                .anyMatch(p -> p.contains("restart") && p.contains("yes (expected: true or false)"))
                .anyMatch(p -> p.contains("IDENTICOM_DATABSE_URL: no such key")
                        && p.contains("did you mean IDENTICOM_DATABASE_URL?"))
                .anyMatch(p -> p.startsWith("database.url: missing") && p.contains("IDENTICOM_DATABASE_URL"));
    }

    @Test
    void anUnknownKeyInTheFileSuggestsTheNearOne() throws Exception {
        assertThat(problems(file("database.url=x\nhttp.prot=1\n"), Map.of()))
                .singleElement()
                .asString()
                .contains("http.prot in ", "no such key; did you mean http.port?");
    }

    @Test
    void aServiceLinkNamesItsCause() {
        assertThat(problems(
                        null,
                        Map.of(
                                "IDENTICOM_DATABASE_URL", "x",
                                "IDENTICOM_HTTP_PORT", "tcp://10.0.0.1:7700",
                                "IDENTICOM_HTTP_SERVICE_HOST", "10.0.0.1",
                                "IDENTICOM_HTTP_PORT_7700_TCP_ADDR", "10.0.0.1")))
                .hasSize(3)
                .allMatch(problem -> problem.contains("Kubernetes service link"));
    }

    @Test
    void aSecretStandsNeitherInAProblemNorInTheListing() {
        Key<String> strict = new Key<>("sms.password", "", "password", true, text -> {
            throw new IllegalArgumentException("at most 8 characters");
        });

        assertThatThrownBy(() -> Configuration.of(Map.of("sms.password", "hunter22hunter22"), List.of(strict)))
                .hasMessageNotContaining("hunter")
                .hasMessageContaining("at most 8 characters");
        assertThat(ConfigurationListing.of(Configuration.of(
                        Map.of(
                                "database.url", "x",
                                "admin.password", "hunter22",
                                "kafka.main.ssl.keystore.password", "hunter33"),
                        KNOWN)))
                .doesNotContain("hunter")
                .contains("admin.password=***", "kafka.main.ssl.keystore.password=***");
    }

    @Test
    void theListingHasEveryKeyWithDefaultDocAndPresentValue() {
        String listing =
                ConfigurationListing.of(Configuration.of(Map.of("database.url", "jdbc:x", "http.port", "9"), KNOWN));

        assertThat(listing)
                .contains(
                        "# JDBC URL\n# default: none, required; environment: IDENTICOM_DATABASE_URL\ndatabase.url=jdbc:x\n")
                .contains("# default: 8080; environment: IDENTICOM_HTTP_PORT\nhttp.port=9\n")
                .contains("# idle-time.limit=15m\n");
    }

    @Test
    void aFamilyHasWhatStandsBelowIt() throws Exception {
        Configuration configuration = Configuration.load(
                file("database.url=x\nkafka.main.acks=all\n"),
                Map.of("IDENTICOM_KAFKA_MAIN_BOOTSTRAP_SERVERS", "h:1"),
                KNOWN);

        assertThat(configuration.get(KAFKA)).isEqualTo(Map.of("acks", "all", "bootstrap.servers", "h:1"));
    }

    @Test
    void keysOfOtherProcessesMayStandInASharedFile() throws Exception {
        Path shared = file("database.url=x\nsms.host=nonsense\n");
        List<Key<?>> others = List.of(Key.integer("sms.host", 1, 1, 2, "other"), Key.requiredText("other", "other"));

        assertThat(Configuration.load(shared, Map.of(), KNOWN, others).get(URL)).isEqualTo("x");
    }

    @Test
    void aFileThatIsNotThereIsAProblem() {
        assertThat(problems(folder.resolve("none"), Map.of("IDENTICOM_DATABASE_URL", "x")))
                .singleElement()
                .asString()
                .contains("cannot be read");
    }

    @Test
    void aKeyThatWasNotLoadedIsABug() {
        Configuration configuration = Configuration.of(Map.of(), List.of(PORT));

        assertThatThrownBy(() -> configuration.get(URL)).hasMessageContaining("database.url");
        assertThatThrownBy(() -> configuration.text("database.url")).hasMessageContaining("database.url");
    }

    @Test
    void aReaderThatKnowsAKeysNameAloneGetsItsText() {
        Configuration configuration =
                Configuration.of(Map.of("http.port", "81", "database.url", "jdbc:x"), List.of(PORT, URL, PASSWORD));

        assertThat(configuration.text("http.port")).isEqualTo("81");
        assertThat(configuration.text("database.url")).isEqualTo("jdbc:x");
        assertThat(configuration.text("admin.password")).isEmpty();
    }

    @Test
    void theSecretsAreThoseOfSecretKeysAndOfFamiliesMembersThatAreSecretByTheirName() {
        Configuration configuration = Configuration.of(
                Map.of(
                        "database.url", "jdbc:x",
                        "admin.password", "hunter22",
                        "kafka.main.ssl.keystore.password", "hunter33",
                        "kafka.main.acks", "all"),
                KNOWN);

        assertThat(configuration.secrets()).containsExactlyInAnyOrder("hunter22", "hunter33");
    }
}
