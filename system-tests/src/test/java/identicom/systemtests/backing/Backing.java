package identicom.systemtests.backing;

import identicom.embedded.KafkaBroker;
import identicom.embedded.Ports;
import identicom.embedded.Postgres;
import identicom.schema.Topic;
import identicom.systemtests.harness.Folders;
import identicom.systemtests.harness.Program;
import identicom.systemtests.harness.RunningSystem;
import identicom.systemtests.harness.Served;
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
import java.util.concurrent.Future;
import java.util.regex.Pattern;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** A broker, which is both clusters, and a migrated database, for services that run as processes of their own. */
public final class Backing implements AutoCloseable {
    private final Path folder;
    private final KafkaBroker broker;
    private final Postgres postgres;
    private final Connection database;
    private final Producer<byte[], byte[]> producer;

    /** A running service. @param port of its HTTP interface */
    public record Running(Program program, int port) implements AutoCloseable {
        public Served site() {
            return Served.onPort(port);
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

    private Backing(Path folder) throws IOException, InterruptedException, SQLException {
        this.folder = folder;
        this.broker = KafkaBroker.start(KafkaBroker.Options.in(folder.resolve("kafka")));
        this.postgres = Postgres.start(Postgres.Options.in(folder.resolve("postgres")));
        this.database = DriverManager.getConnection(postgres.jdbcUrl(), postgres.user(), postgres.password());
        migrate(Map.of());
        this.producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", broker.bootstrapServers(), "acks", "all"),
                new ByteArraySerializer(),
                new ByteArraySerializer());
    }

    public static Backing start() throws IOException, InterruptedException, SQLException {
        return new Backing(Files.createTempDirectory("identicom-services-"));
    }

    private Map<String, String> environment(Map<String, String> more) {
        Map<String, String> environment = new HashMap<>();
        for (String cluster : List.of("MAIN", "PRIORITY")) {
            environment.put("IDENTICOM_KAFKA_" + cluster + "_BOOTSTRAP_SERVERS", broker.bootstrapServers());
        }
        for (String service : List.of("FLEET", "ALERTS", "EVENT_LOG", "MEDIA", "WHITELIST")) {
            environment.put("IDENTICOM_DATABASE_" + service + "_URL", postgres.jdbcUrl());
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
        Program.start(environment(more), "migrate").awaitEnd();
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
        Pattern ready = Pattern.compile(service + " ready (?:units=\\d+ )?http=\\S+:(\\d+)");
        Program program = Program.start(environment(more), service);
        return new Running(program, Integer.parseInt(program.awaitLine(ready).group(1)));
    }

    /** Where files of this test can lie; gone when it is closed. */
    public Path folder() {
        return folder;
    }

    public Future<RecordMetadata> publish(Topic topic, String key, byte[] value) {
        return producer.send(new ProducerRecord<>(topic.topicName(), key.getBytes(StandardCharsets.UTF_8), value));
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

    public long number(String sql) throws SQLException {
        return Long.parseLong(column(sql).getFirst());
    }

    @Override
    public void close() throws IOException, SQLException {
        producer.close();
        database.close();
        postgres.close();
        broker.close();
        Folders.delete(folder);
    }
}
