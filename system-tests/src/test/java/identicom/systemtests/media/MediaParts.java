package identicom.systemtests.media;

import identicom.schema.Topic;
import identicom.schema.v1.PictureBlock;
import identicom.systemtests.backing.Backing;
import identicom.systemtests.backing.Backing.Running;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.RecordMetadata;

/** A broker, a database and a folder for {@code media-service}, and what stands in them. */
final class MediaParts implements AutoCloseable {
    private static final Pattern SWEPT = Pattern.compile("(?m)^identicom_media_sweeps_total [1-9]");

    private final Backing backing;
    private final HttpClient http = HttpClient.newHttpClient();

    private MediaParts(Backing backing) {
        this.backing = backing;
    }

    static MediaParts start() throws IOException, InterruptedException, SQLException {
        Backing backing = Backing.start();
        backing.startService("fleet-service", Map.of())
                .close(); // leaves the signing keys, without which nobody is ready
        return new MediaParts(backing);
    }

    /** Starts {@code media-service}; returns when it says that it is ready. */
    Running startService() throws IOException, InterruptedException {
        return backing.startService("media-service", Map.of("IDENTICOM_MEDIA_STORE", store().toString()));
    }

    /** Whether it has swept its store since it started. */
    boolean swept(Running running) throws IOException, InterruptedException {
        HttpRequest metrics =
                HttpRequest.newBuilder(running.site().http("/metrics")).build();
        return SWEPT.matcher(http.send(metrics, BodyHandlers.ofString()).body()).find();
    }

    /** Puts blocks on the topic, in this order. */
    List<Future<RecordMetadata>> publish(List<PictureBlock> blocks) {
        List<Future<RecordMetadata>> sent = new ArrayList<>();
        for (PictureBlock block : blocks) {
            sent.add(backing.publish(Topic.PICTURES, block.getIdentity().getSerial(), block.toByteArray()));
        }
        return sent;
    }

    Path store() {
        return backing.folder().resolve("pictures");
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
        return backing.column(sql);
    }

    long number(String sql) throws SQLException {
        return backing.number(sql);
    }

    @Override
    public void close() throws SQLException, IOException {
        http.close();
        backing.close();
    }
}
