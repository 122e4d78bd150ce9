package identicom.systemtests.backing;

import identicom.embedded.KafkaBroker;
import identicom.embedded.Ports;
import identicom.embedded.Postgres;
import identicom.schema.Topic;
import identicom.systemtests.harness.Children;
import identicom.systemtests.harness.Program;
import identicom.systemtests.harness.RunningSystem;
import identicom.systemtests.harness.Served;
import identicom.testing.TestFolders;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Future;
import java.util.regex.Pattern;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * A broker, which is both clusters, and a migrated database, for services that run as processes of their own. The database can be lost
 * and put back from a dump.
 */
public final class Backing implements AutoCloseable {
    private static final List<String> SERVICES = List.of("FLEET", "ALERTS", "EVENT_LOG", "MEDIA", "WHITELIST");
    private static final Path SHARED_PROGRAMS = Path.of("target", "programs").toAbsolutePath();

    private final Path folder;
    private final boolean folderIsOurs;
    private final Optional<OwnBroker> broker;
    private final ServerPrograms programs;
    private volatile Postgres postgres;
    private Connection database;

    /** With a producer to it. */
    private record OwnBroker(KafkaBroker broker, Producer<byte[], byte[]> producer) {
        static OwnBroker start(Path directory) throws IOException {
            KafkaBroker broker = KafkaBroker.start(KafkaBroker.Options.in(directory));
            return new OwnBroker(
                    broker,
                    new KafkaProducer<>(
                            Map.of("bootstrap.servers", broker.bootstrapServers(), "acks", "all"),
                            new ByteArraySerializer(),
                            new ByteArraySerializer()));
        }

        void close() {
            producer.close();
            broker.close();
        }
    }

    /** A running service. @param port of its HTTP interface */
    public record Running(Program program, int port) implements AutoCloseable {
        public Served site() {
            return Served.onPort(port);
        }

        /** SIGTERM; returns when it has ended, and how. */
        public int stop() throws InterruptedException {
            program.terminate();
            return program.awaitExit();
        }

        /** {@code kill -9}. */
        public void kill() throws InterruptedException {
            program.kill();
        }

        @Override
        public void close() throws IOException {
            program.close();
        }
    }

    /** Programs of a PostgreSQL server. */
    interface ServerPrograms {
        Postgres.Options in(Path directory) throws IOException;
    }

    /** What a new database is filled with before it is migrated. */
    interface Content {
        void into(Postgres server) throws IOException, InterruptedException;
    }

    private Backing(Path folder, ServerPrograms programs, Content content)
            throws IOException, InterruptedException, SQLException {
        this.folder = folder;
        this.folderIsOurs = true;
        this.programs = programs;
        this.broker = Optional.of(OwnBroker.start(folder.resolve("kafka")));
        this.postgres = Postgres.start(programs.in(folder.resolve("postgres")));
        content.into(postgres);
        this.database = connect();
        migrate(Map.of());
    }

    private Backing(Path folder) throws IOException, InterruptedException, SQLException {
        this.folder = folder;
        this.folderIsOurs = false;
        this.programs = directory -> Postgres.Options.in(directory).withBinariesBelow(SHARED_PROGRAMS);
        this.broker = Optional.empty();
        this.postgres = Postgres.start(programs.in(folder.resolve("postgres")));
        this.database = connect();
    }

    /** Without a broker, and not migrated: {@link TwoClusters} do that. @param folder of the caller's, who removes it */
    public static Backing databaseIn(Path folder) throws IOException, InterruptedException, SQLException {
        return new Backing(folder);
    }

    public static Backing start() throws IOException, InterruptedException, SQLException {
        return new Backing(newFolder(), Postgres.Options::in, server -> {});
    }

    /** With a PostgreSQL of this machine's. */
    public static Backing start(InstalledPostgres installed) throws IOException, InterruptedException, SQLException {
        return new Backing(newFolder(), installed::options, server -> {});
    }

    /** The same, with what a dump holds. */
    public static Backing restored(InstalledPostgres installed, Path dump)
            throws IOException, InterruptedException, SQLException {
        return new Backing(newFolder(), installed::options, server -> installed.restore(dump, server));
    }

    private static Path newFolder() throws IOException {
        return Files.createTempDirectory("identicom-services-");
    }

    private Connection connect() throws SQLException {
        return DriverManager.getConnection(postgres.jdbcUrl(), postgres.user(), postgres.password());
    }

    /** Writes what the database holds to a file, whoever uses it meanwhile. */
    public void dump(InstalledPostgres installed, Path file) throws IOException, InterruptedException {
        installed.dump(postgres, file);
    }

    /** The database is gone, with its files. */
    public void loseDatabase() throws InterruptedException, SQLException {
        database.close();
        postgres.kill();
        TestFolders.remove(folder.resolve("postgres"));
    }

    /** A new one at the same address holds what a dump holds. */
    public void restoreDatabase(InstalledPostgres installed, Path dump)
            throws IOException, InterruptedException, SQLException {
        postgres = Postgres.start(programs.in(folder.resolve("postgres")).withPort(postgres.port()));
        installed.restore(dump, postgres);
        database = connect();
        migrate(Map.of());
    }

    /** {@code kill -9} of the server's first process; the others follow it. */
    public void killDatabase() throws InterruptedException {
        postgres.kill();
    }

    /** Starts it again on its data and port, after its end; returns when it takes connections. */
    public void restartDatabase() throws IOException, InterruptedException, SQLException {
        postgres = postgres.restart();
        database = connect();
    }

    public boolean databaseIsAlive() {
        return postgres.isAlive();
    }

    public int databasePort() {
        return postgres.port();
    }

    /** Every process of the database. */
    public Children.Kin databaseProcesses() {
        return new Children(folder.resolve("postgres")).database();
    }

    /** Configuration of a process that reaches the database at another address. @param address {@code host:port} */
    public static Map<String, String> databaseAt(String address) {
        Map<String, String> environment = new HashMap<>();
        for (String service : SERVICES) {
            environment.put("IDENTICOM_DATABASE_" + service + "_URL", "jdbc:postgresql://" + address + "/postgres");
        }
        return environment;
    }

    private Map<String, String> environment(Map<String, String> more) {
        Map<String, String> environment = new HashMap<>(databaseAt("127.0.0.1:" + postgres.port()));
        for (String cluster : List.of("MAIN", "PRIORITY")) {
            broker.ifPresent(both -> environment.put(
                    "IDENTICOM_KAFKA_" + cluster + "_BOOTSTRAP_SERVERS",
                    both.broker().bootstrapServers()));
        }
        for (String service : SERVICES) {
            environment.put("IDENTICOM_DATABASE_" + service + "_PASSWORD", "password of " + service);
        }
        environment.put("IDENTICOM_DATABASE_ADMIN_URL", postgres.jdbcUrl());
        environment.put("IDENTICOM_DATABASE_ADMIN_USER", postgres.user());
        environment.put("IDENTICOM_DATABASE_ADMIN_PASSWORD", postgres.password());
        environment.put("IDENTICOM_ADMIN_PASSWORD", RunningSystem.ADMIN_PASSWORD);
        environment.put("IDENTICOM_MIGRATE_PROFILE", "embedded");
        environment.put("IDENTICOM_DATA", folder.resolve("state").toString());
        environment.put("IDENTICOM_HTTP_HOST", "127.0.0.1");
        environment.put("IDENTICOM_HTTP_PORT", "0");
        environment.putAll(more);
        return environment;
    }

    /** Makes topics and schemas. @param more configuration, as environment variables */
    public void migrate(Map<String, String> more) throws IOException, InterruptedException {
        run("migrate", more, List.of());
    }

    /**
     * Runs a command to its good end.
     *
     * @param more configuration, as environment variables
     * @param build what the build has beside the present one's, at the end of its class path
     * @return what it printed
     */
    public List<String> run(String command, Map<String, String> more, List<Path> build)
            throws IOException, InterruptedException {
        Program program = Program.start(environment(more), command, build);
        program.awaitEnd();
        return program.output();
    }

    /** A port of this machine that nobody listens on. */
    public static int freePort() throws IOException {
        return Ports.free();
    }

    /**
     * Starts a service, such as {@code alert-service}; returns when it says that it is ready.
     *
     * @param more configuration, as environment variables; a second instance of a service needs an {@code IDENTICOM_DATA} of its own
     */
    public Running startService(String service, Map<String, String> more) throws IOException, InterruptedException {
        return startService(service, more, List.of());
    }

    /** The same, of another build. @param build what it has beside the present one's, at the end of its class path */
    Running startService(String service, Map<String, String> more, List<Path> build)
            throws IOException, InterruptedException {
        Pattern ready = Pattern.compile(service + " ready (?:units=\\d+ )?http=\\S+:(\\d+)");
        Program program = Program.start(environment(more), service, build);
        return new Running(program, Integer.parseInt(program.awaitLine(ready).group(1)));
    }

    /** Where files of this test can lie; gone when it is closed. */
    public Path folder() {
        return folder;
    }

    public Future<RecordMetadata> publish(Topic topic, String key, byte[] value) {
        return broker.orElseThrow()
                .producer()
                .send(new ProducerRecord<>(topic.topicName(), key.getBytes(StandardCharsets.UTF_8), value));
    }

    /** The first column of every row, as text. */
    public List<String> column(String sql) throws SQLException {
        try (Statement statement = database.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            List<String> values = new ArrayList<>();
            while (rows.next()) {
                values.add(rows.getString(1));
            }
            return values;
        }
    }

    /** Changes something, as the database's owner. */
    public void execute(String sql) throws SQLException {
        try (Statement statement = database.createStatement()) {
            statement.execute(sql);
        }
    }

    public long number(String sql) throws SQLException {
        return Long.parseLong(column(sql).getFirst());
    }

    @Override
    public void close() throws IOException, SQLException {
        database.close();
        postgres.close();
        broker.ifPresent(OwnBroker::close);
        if (folderIsOurs) {
            TestFolders.remove(folder);
        }
    }
}
