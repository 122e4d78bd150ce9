package identicom.standalone;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import identicom.runtime.http.Json;
import identicom.schema.Cluster;
import identicom.schema.DatabaseSchema;
import identicom.schema.Profile;
import identicom.schema.Topic;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.Writer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.config.ConfigResource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** {@code identicom doctor} on real clusters and a real database: what was planted is named, with what to do about it. */
@Timeout(240)
class DoctorTest {
    private static final String WRONG_PASSWORD = "not-the-password";

    @TempDir
    static Path brokers;

    @TempDir
    Path folder;

    private static RealParts parts;
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @BeforeAll
    static void start() throws Exception {
        parts = new RealParts(brokers);
    }

    @AfterAll
    static void stop() {
        parts.close();
    }

    /** Runs it with the right configuration but for {@code planted}; an empty value takes the key out. */
    private int doctor(Map<String, String> planted, String... arguments) throws Exception {
        Properties values = new Properties();
        values.putAll(parts.configuration());
        values.setProperty("data", folder.resolve("data").toString());
        values.putAll(planted);
        values.values().removeIf(""::equals);
        Path file = folder.resolve("identicom.properties");
        try (Writer writer = Files.newBufferedWriter(file)) {
            values.store(writer, null);
        }
        List<String> line = new ArrayList<>(List.of("doctor", "--config", file.toString()));
        line.addAll(List.of(arguments));
        return Identicom.commandLine()
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(line.toArray(String[]::new));
    }

    private List<String> lines(String mark) {
        return out.toString()
                .lines()
                .filter(line -> line.startsWith(mark + " "))
                .toList();
    }

    /** The planted thing, and nothing else, is named as wrong in one line that holds these words. */
    private void assertOnlyWrong(String... words) {
        assertThat(lines("wrong")).singleElement().asString().contains(words).contains("; do: ");
        assertThat(out.toString().lines().toList().getLast()).contains(" 1 wrong");
    }

    @Test
    void aRightConfigurationHasNothingWrongAndNothingIsChanged() throws Exception {
        assertThat(doctor(Map.of())).as(out.toString()).isZero();

        assertThat(lines("wrong")).isEmpty();
        assertThat(lines("ok"))
                .anyMatch(line -> line.contains("Kafka main: 1 broker, cluster id "))
                .anyMatch(line -> line.contains("Kafka main and priority: two clusters"))
                .anyMatch(line -> line.contains("Kafka main, topic identicom.events.critical: 12 partitions"))
                .anyMatch(line -> line.contains("Kafka priority, topic identicom.keys: 1 partition, replication 1"))
                .anyMatch(line -> line.contains("database whitelist, fleet.units: may be read"))
                .anyMatch(line -> line.contains("admin.password: given"));
        for (DatabaseSchema schema : DatabaseSchema.values()) {
            assertThat(lines("ok")).anyMatch(line -> line.endsWith("schema " + schema.schemaName() + ": migrated"));
        }
        assertThat(lines("skipped"))
                .anyMatch(line -> line.contains("Kafka main, permissions: the brokers have no authorizer"))
                .anyMatch(line -> line.contains("units.port: 0"));
        assertThat(out.toString().lines().toList().getLast())
                .matches("[0-9]+ ok, [0-9]+ warn, 0 wrong, [0-9]+ skipped");
        assertThat(folder.resolve("data")).doesNotExist();
        assertThat(out.toString()).doesNotContain(RealParts.PASSWORD).doesNotContain("first-password");
    }

    @Test
    void aWrongPortOfAClusterIsNamedAndTheRestIsStillLookedAt() throws Exception {
        String address;
        try (Socket bound = bound()) {
            address = "127.0.0.1:" + bound.getLocalPort();
            assertThat(doctor(Map.of("kafka.main.bootstrap.servers", address))).isEqualTo(1);
        }

        assertThat(lines("wrong"))
                .hasSize(2)
                .anyMatch(line -> line.contains("bootstrap server " + address)
                        && line.contains("takes no connection")
                        && line.contains("correct kafka.main.bootstrap.servers"))
                .anyMatch(line -> line.contains("Kafka main: does not answer") && line.contains("start the brokers"));
        assertThat(lines("ok"))
                .anyMatch(line -> line.contains("Kafka priority, topic identicom.keys"))
                .anyMatch(line -> line.contains("database media, schema media: migrated"));
        assertThat(lines("skipped"))
                .anyMatch(line -> line.contains("Kafka main, topics and permissions"))
                .anyMatch(line -> line.contains("Kafka main and priority"));
    }

    @Test
    void aClusterThatTakesConnectionsAndSaysNothingHoldsNothingElseUp() throws Exception {
        try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            assertThat(doctor(Map.of("kafka.priority.bootstrap.servers", "127.0.0.1:" + silent.getLocalPort())))
                    .isEqualTo(1);
        }
        assertOnlyWrong("Kafka priority: does not answer", "kafka.priority.security.protocol");
        assertThat(lines("ok")).anyMatch(line -> line.contains("Kafka main, topic identicom.units"));
        assertThat(err.toString()).contains("still waiting for Kafka priority");
    }

    @ParameterizedTest
    @EnumSource(Profile.class)
    void oneClusterThatIsNamedTwiceIsNoWayOfItsOwn(Profile profile) throws Exception {
        String main = parts.configuration().get("kafka.main.bootstrap.servers");
        int exit = doctor(Map.of(
                "kafka.priority.bootstrap.servers",
                main,
                "migrate.profile",
                profile.name().toLowerCase(Locale.ROOT)));

        assertThat(exit).isEqualTo(profile == Profile.PRODUCTION ? 1 : 0);
        assertThat(lines(profile == Profile.PRODUCTION ? "wrong" : "warn"))
                .anyMatch(line -> line.contains("Kafka main and priority: one and the same cluster")
                        && line.contains("correct kafka.priority.bootstrap.servers"));
    }

    @Test
    void topicsThatWereMadeForOneBrokerAreNotFitForProduction() throws Exception {
        assertThat(doctor(Map.of("migrate.profile", "production"), "log-service"))
                .isEqualTo(1);

        assertThat(lines("warn"))
                .anyMatch(line -> line.contains("Kafka main: 1 broker") && line.contains("at least 3 brokers"))
                .anyMatch(line -> line.contains("no authorizer"));
        for (Topic topic : Topic.values()) {
            assertThat(lines("wrong"))
                    .anyMatch(line -> line.contains("Kafka main, topic " + topic.topicName() + ": 1 replica of each")
                            && line.contains("(expected: 3 replicas)")
                            && line.contains("kafka-reassign-partitions.sh"))
                    .anyMatch(line -> line.contains("Kafka main, topic " + topic.topicName()
                                    + ": min.insync.replicas 1 (expected: min.insync.replicas 2)")
                            && line.contains("--add-config 'min.insync.replicas=2'"));
        }
    }

    @Test
    void aTopicThatIsMissingIsNamed() throws Exception {
        try (Admin admin = parts.admin(Cluster.PRIORITY)) {
            delete(admin, Topic.QUARANTINE);

            assertThat(doctor(Map.of())).isEqualTo(1);

            assertOnlyWrong("Kafka priority, topic identicom.quarantine: missing", "./identicom migrate");
        } finally {
            parts.createTopics();
        }
    }

    @Test
    void aTopicOfOtherPartitionsIsNamed() throws Exception {
        try (Admin admin = parts.admin(Cluster.MAIN)) {
            delete(admin, Topic.AUDIT);
            admin.createTopics(List.of(new NewTopic(Topic.AUDIT.topicName(), 5, (short) 1)
                            .configs(Topic.AUDIT.settings(Profile.EMBEDDED))))
                    .all()
                    .get(60, SECONDS);
            try {
                assertThat(doctor(Map.of())).isEqualTo(1);

                assertOnlyWrong(
                        "Kafka main, topic identicom.audit: 5 partitions (expected: 3",
                        "kafka-topics.sh --bootstrap-server 127.0.0.1:",
                        "--delete --topic identicom.audit");
            } finally {
                delete(admin, Topic.AUDIT);
                parts.createTopics();
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        "UNITS, min.insync.replicas, 2, 1",
        "AUDIT, retention.ms, 1000, 7776000000",
        "KEYS, cleanup.policy, delete, compact",
        "PICTURES, unclean.leader.election.enable, true, false"
    })
    void aSettingThatIsNotTheTopicsOwnIsNamedWithTheCommandThatMendsIt(
            Topic topic, String setting, String planted, String expected) throws Exception {
        try (Admin admin = parts.admin(Cluster.MAIN)) {
            set(admin, topic, setting, planted);
            try {
                assertThat(doctor(Map.of())).isEqualTo(1);

                assertOnlyWrong(
                        "Kafka main, topic " + topic.topicName() + ": " + setting + " " + planted + " (expected: "
                                + setting + " " + expected + ")",
                        "kafka-configs.sh --bootstrap-server ",
                        "--alter --entity-type topics --entity-name " + topic.topicName() + " --add-config '" + setting
                                + "=" + expected + "'");
            } finally {
                set(admin, topic, setting, expected);
            }
        }
    }

    @Test
    void aWrongPasswordOfADatabaseIsNamedAndNotSaid() throws Exception {
        assertThat(doctor(Map.of("database.alerts.password", WRONG_PASSWORD))).isEqualTo(1);

        assertOnlyWrong("database alerts: ", "identicom_alerts", "correct database.alerts.user and database.alerts");
        assertThat(lines("skipped")).anyMatch(line -> line.contains("database alerts, server, role"));
        assertThat(out.toString() + err).doesNotContain(WRONG_PASSWORD);
    }

    @Test
    void aPasswordInsideAnAddressIsNotSaid() throws Exception {
        String url = parts.postgres().jdbcUrl("nowhere") + "?password=" + WRONG_PASSWORD;

        assertThat(doctor(Map.of("database.media.url", url))).isEqualTo(1);

        assertOnlyWrong("database media: ", "nowhere", "create it and run ./identicom migrate");
        assertThat(out.toString() + err).doesNotContain(WRONG_PASSWORD);
    }

    @Test
    void migrationsThatAreNotDoneAreNamed() throws Exception {
        String url = parts.newDatabase("half", DatabaseSchema.FLEET);

        assertThat(doctor(Map.of("database.event-log.url", url))).isEqualTo(1);

        assertOnlyWrong("database event-log, schema event_log: migrations not done: 1 (", "./identicom migrate");
    }

    @ParameterizedTest
    @CsvSource({"of tomorrow, 0, warn", "needs 99 of tomorrow, 1, wrong"})
    void aDatabaseThatANewerProgramMigratedIsNamed(String description, int exit, String mark) throws Exception {
        String url = parts.newDatabase("newer_" + mark, DatabaseSchema.MEDIA);
        parts.execute(url, """
                insert into media.schema_history
                       (installed_rank, version, description, type, script, installed_by, execution_time, success)
                values (99, '99', '%1$s', 'SQL', 'V99__%1$s.sql', 'x', 1, true)""".formatted(description));

        assertThat(doctor(Map.of("database.media.url", url))).isEqualTo(exit);

        assertThat(lines(mark))
                .anyMatch(line -> line.contains("schema media: migrations of a newer program")
                        && line.contains(": 99 (" + description + ")")
                        && line.contains("the program that did them"));
    }

    @Test
    void aWhitelistThatMayNotBeReadIsNamed() throws Exception {
        String url = parts.newDatabase("closed", DatabaseSchema.FLEET);
        parts.execute(url, "revoke select on fleet.units from identicom_whitelist");

        assertThat(doctor(Map.of("database.whitelist.url", url))).isEqualTo(1);

        assertOnlyWrong("database whitelist, fleet.units: may not be read", "./identicom migrate");
    }

    @Test
    void aWhitelistOfWhichAColumnMayNotBeReadIsNamed() throws Exception {
        String url = parts.newDatabase("half_closed", DatabaseSchema.FLEET);
        parts.execute(url, "revoke select (state) on fleet.units from identicom_whitelist");

        assertThat(doctor(Map.of("database.whitelist.url", url))).isEqualTo(1);

        assertOnlyWrong("database whitelist, fleet.units: may not be read", "./identicom migrate");
    }

    @Test
    void aRoleThatMayDoEverythingIsWarnedOf() throws Exception {
        int exit = doctor(Map.of(
                "database.media.user", parts.postgres().user(),
                "database.media.password", parts.postgres().password()));

        assertThat(exit).isZero();
        assertThat(lines("warn"))
                .anyMatch(line -> line.contains("database media, role: may do more than its service needs: superuser")
                        && line.contains("set database.media.user"));
    }

    @Test
    void aFileInPlaceOfTheDataFolderIsNamed() throws Exception {
        Path file = Files.createFile(folder.resolve("a-file"));

        assertThat(doctor(Map.of("data", file.toString()), "fleet-service")).isEqualTo(1);

        assertOnlyWrong("data folder " + file, "is a file", "correct data");
    }

    @Test
    void aMediaStoreThatCannotBeWrittenToIsNamed() throws Exception {
        Path file = Files.createFile(folder.resolve("a-file"));

        assertThat(doctor(Map.of("media.store", file.resolve("pictures").toString())))
                .isEqualTo(1);

        assertOnlyWrong("media store " + file, "is a file", "correct media.store");
    }

    @Test
    void aPortInUseIsNamed() throws Exception {
        try (ServerSocket used = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String port = Integer.toString(used.getLocalPort());

            assertThat(doctor(Map.of("units.port", port))).isEqualTo(1);

            assertOnlyWrong(
                    "units.port: cannot listen on 127.0.0.1:" + port, "set units.port, or IDENTICOM_UNITS_PORT");
        }
    }

    @Test
    void aMissingPasswordOfTheAdministratorIsNamed() throws Exception {
        assertThat(doctor(Map.of("admin.password", ""))).isEqualTo(1);

        assertOnlyWrong("admin.password: missing", "set IDENTICOM_ADMIN_PASSWORD");
    }

    @Test
    void anUnknownKeyEndsWithTwoAndTheNearOne() throws Exception {
        assertThat(doctor(Map.of("databse.fleet.url", "x", "http.port", "many")))
                .isEqualTo(2);

        assertThat(err.toString()).contains("databse.fleet.url", "did you mean database.fleet.url?", "http.port");
        assertThat(out.toString()).isEmpty();
    }

    @Test
    void providersAndTheMailServerAreAskedForAConnectionAndAWarningIsNoFailure() throws Exception {
        try (ServerSocket provider = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
                Socket nobody = bound()) {
            int exit = doctor(
                    Map.of(
                            "sms.1.host",
                            "127.0.0.1",
                            "sms.1.port",
                            Integer.toString(provider.getLocalPort()),
                            "mail.host",
                            "127.0.0.1",
                            "mail.port",
                            Integer.toString(nobody.getLocalPort())),
                    "alert-service");

            assertThat(exit).isZero();
            assertThat(lines("ok")).anyMatch(line -> line.contains("sms.1: 127.0.0.1:" + provider.getLocalPort()));
            assertThat(lines("warn"))
                    .anyMatch(line -> line.contains("mail: ") && line.contains("correct mail.host and mail.port"));
        }
    }

    @Test
    void forOneServiceOnlyWhatItNeedsIsLookedAt() throws Exception {
        assertThat(doctor(Map.of("admin.password", ""), "receiver")).isZero();

        assertThat(out.toString())
                .contains("database whitelist", "units.port", "Kafka main", "Kafka priority")
                .doesNotContain("database fleet", "database alerts", "database media", "admin.password", "media store");
    }

    @Test
    void asJsonEachLineIsAnObjectAndTheLastOneCounts() throws Exception {
        assertThat(doctor(Map.of("admin.password", ""), "--json", "fleet-service"))
                .isEqualTo(1);

        List<JsonNode> objects = new ArrayList<>();
        for (String line : out.toString().lines().toList()) {
            objects.add(Json.mapper().readTree(line));
        }
        assertThat(objects)
                .anySatisfy(object -> assertThat(object.toString())
                        .isEqualTo("{\"mark\":\"wrong\",\"subject\":\"admin.password\",\"found\":\"missing\","
                                + "\"expected\":\"the password of user admin at the first start; fleet-service"
                                + " requires it\",\"do\":\"set IDENTICOM_ADMIN_PASSWORD, or admin.password in the"
                                + " file\"}"));
        assertThat(objects.getLast().path("wrong").asInt()).isEqualTo(1);
        assertThat(objects.getLast().path("ok").asInt())
                .isEqualTo(objects.stream()
                        .filter(object -> object.path("mark").asText().equals("ok"))
                        .count());
    }

    /** Has a port to itself and does not listen there. */
    private static Socket bound() throws Exception {
        Socket socket = new Socket();
        socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        return socket;
    }

    private static void delete(Admin admin, Topic topic) throws Exception {
        admin.deleteTopics(List.of(topic.topicName())).all().get(60, SECONDS);
        await().until(() -> !admin.listTopics().names().get(60, SECONDS).contains(topic.topicName()));
    }

    private static void set(Admin admin, Topic topic, String setting, String value) throws Exception {
        ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, topic.topicName());
        AlterConfigOp change = new AlterConfigOp(new ConfigEntry(setting, value), AlterConfigOp.OpType.SET);
        admin.incrementalAlterConfigs(Map.of(resource, List.of(change))).all().get(60, SECONDS);
        await().until(() -> admin.describeConfigs(List.of(resource))
                .all()
                .get(60, SECONDS)
                .get(resource)
                .get(setting)
                .value()
                .equals(value));
    }
}
