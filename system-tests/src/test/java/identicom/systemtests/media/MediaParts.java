package identicom.systemtests.media;

import identicom.embedded.KafkaBroker;
import identicom.embedded.Postgres;
import identicom.schema.Topic;
import identicom.schema.v1.PictureBlock;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
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
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** A broker, a database and a folder for {@code media-service}, and what stands in them. */
final class MediaParts implements AutoCloseable {
    private static final Pattern READY = Pattern.compile("media-service ready http=\\S+:(\\d+)");
    private static final Pattern SWEPT = Pattern.compile("(?m)^identicom_media_sweeps_total [1-9]");

    private final Path folder;
    private final KafkaBroker broker;
    private final Postgres postgres;
    private final Connection database;
    private final Producer<byte[], byte[]> producer;
    private final HttpClient http = HttpClient.newHttpClient();

    /** A running {@code media-service}. */
    record Running(Program program, int port) implements AutoCloseable {
        void kill() throws InterruptedException {
            program.kill();
        }

        @Override
        public void close() throws IOException {
            program.close();
        }
    }

    private MediaParts(Path folder) throws IOException, InterruptedException, SQLException {
        this.folder = folder;
        this.broker = KafkaBroker.start(KafkaBroker.Options.in(folder.resolve("kafka")));
        this.postgres = Postgres.start(Postgres.Options.in(folder.resolve("postgres")));
        this.database = DriverManager.getConnection(postgres.jdbcUrl(), postgres.user(), postgres.password());
        Program.start(environment(), "migrate").awaitEnd();
        this.producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", broker.bootstrapServers(), "acks", "all"),
                new ByteArraySerializer(),
                new ByteArraySerializer());
    }

    static MediaParts start() throws IOException, InterruptedException, SQLException {
        return new MediaParts(Files.createTempDirectory("identicom-media-"));
    }

    private Map<String, String> environment() {
        Map<String, String> environment = new HashMap<>();
        for (String cluster : List.of("MAIN", "PRIORITY")) {
            environment.put("IDENTICOM_KAFKA_" + cluster + "_BOOTSTRAP_SERVERS", broker.bootstrapServers());
        }
        for (String service : List.of("FLEET", "ALERTS", "EVENT_LOG", "MEDIA", "WHITELIST")) {
            environment.put("IDENTICOM_DATABASE_" + service + "_PASSWORD", "password of " + service);
        }
        environment.put("IDENTICOM_DATABASE_MEDIA_URL", postgres.jdbcUrl());
        environment.put("IDENTICOM_DATABASE_ADMIN_URL", postgres.jdbcUrl());
        environment.put("IDENTICOM_DATABASE_ADMIN_USER", postgres.user());
        environment.put("IDENTICOM_DATABASE_ADMIN_PASSWORD", postgres.password());
        environment.put("IDENTICOM_MIGRATE_PROFILE", "embedded");
        environment.put("IDENTICOM_DATA", folder.resolve("state").toString());
        environment.put("IDENTICOM_MEDIA_STORE", store().toString());
        environment.put("IDENTICOM_HTTP_HOST", "127.0.0.1");
        environment.put("IDENTICOM_HTTP_PORT", "0");
        return environment;
    }

    /** Starts {@code media-service}; returns when it says that it is ready. */
    Running startService() throws IOException, InterruptedException {
        Program program = Program.start(environment(), "media-service");
        return new Running(program, Integer.parseInt(program.awaitLine(READY).group(1)));
    }

    /** Whether it has swept its store since it started. */
    boolean swept(Running running) throws IOException, InterruptedException {
        URI metrics = URI.create("http://127.0.0.1:" + running.port() + "/metrics");
        return SWEPT.matcher(http.send(HttpRequest.newBuilder(metrics).build(), BodyHandlers.ofString())
                        .body())
                .find();
    }

    /** Puts blocks on the topic, in this order. */
    List<Future<RecordMetadata>> publish(List<PictureBlock> blocks) {
        List<Future<RecordMetadata>> sent = new ArrayList<>();
        for (PictureBlock block : blocks) {
            sent.add(producer.send(new ProducerRecord<>(
                    Topic.PICTURES.topicName(),
                    block.getIdentity().getSerial().getBytes(StandardCharsets.UTF_8),
                    block.toByteArray())));
        }
        return sent;
    }

    Path store() {
        return folder.resolve("pictures");
    }

    /** The files of contents, by name. */
    Map<String, Path> contents() throws IOException {
        Map<String, Path> found = new HashMap<>();
        for (Path file : files()) {
            String name = file.getFileName().toString();
            if (name.length() == 64) {
                found.put(name, file);
            }
        }
        return found;
    }

    /** How many files are being written, or were when the service was killed. */
    long unfinished() throws IOException {
        return files().stream()
                .filter(file -> file.getParent().endsWith("unfinished"))
                .count();
    }

    private List<Path> files() throws IOException {
        List<Path> found = new ArrayList<>();
        if (Files.isDirectory(store())) {
            for (Path folder : list(store())) {
                found.addAll(Files.isDirectory(folder) ? list(folder) : List.of());
            }
        }
        return found;
    }

    private static List<Path> list(Path folder) throws IOException {
        try (Stream<Path> found = Files.list(folder)) {
            return found.toList();
        } catch (NoSuchFileException gone) {
            return List.of();
        }
    }

    /** The first column of every row, as text. */
    List<String> column(String sql) throws SQLException {
        try (Statement statement = database.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            List<String> values = new ArrayList<>();
            while (rows.next()) {
                values.add(rows.getString(1));
            }
            return values;
        }
    }

    long number(String sql) throws SQLException {
        return Long.parseLong(column(sql).getFirst());
    }

    @Override
    public void close() throws SQLException, IOException {
        producer.close();
        http.close();
        database.close();
        postgres.close();
        broker.close();
        try (Stream<Path> found = Files.walk(folder)) {
            for (Path path : found.toList().reversed()) {
                Files.deleteIfExists(path);
            }
        }
    }
}
