package identicom.embedded;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Properties;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;
import org.apache.kafka.server.common.Feature;
import org.jspecify.annotations.Nullable;

/**
 * The main class of a broker's own process: waits for a predecessor to leave the folder, formats it at its first start, serves until
 * SIGTERM. Prints {@value #READY} on standard output when clients can connect. Its arguments: folder, cluster id, port, node id, every
 * node's controller port separated by commas, and settings as {@code name=value}.
 */
final class BrokerMain {
    static final String READY = "broker ready";
    private static final Duration PREDECESSOR_WAIT = Duration.ofSeconds(20);
    private static final int FAILED = 1;

    private BrokerMain() {}

    public static void main(String[] args) throws Exception {
        Path directory = Path.of(args[0]);
        String clusterId = args[1];
        int port = Integer.parseInt(args[2]);
        int nodeId = Integer.parseInt(args[3]);
        List<Integer> controllerPorts =
                Arrays.stream(args[4].split(",")).map(Integer::valueOf).toList();
        FileLock lock = lock(directory.resolve("broker.lock"));
        if (lock == null) {
            System.err.println("another broker is still running in " + directory);
            System.exit(FAILED);
        }
        Path logs = directory.resolve("log");
        formatOnce(logs, clusterId, nodeId);
        Properties properties = BrokerProperties.of(logs, port, nodeId, controllerPorts);
        Arrays.stream(args)
                .skip(5)
                .map(setting -> setting.split("=", 2))
                .forEach(one -> properties.setProperty(one[0], one[1]));
        KafkaRaftServer server = new KafkaRaftServer(new KafkaConfig(properties), Time.SYSTEM);
        Runtime.getRuntime().addShutdownHook(new Thread(server::shutdown, "broker-shutdown"));
        try {
            server.startup();
        } catch (Throwable t) {
            t.printStackTrace();
            Runtime.getRuntime().halt(FAILED);
        }
        System.out.println(READY);
        server.awaitShutdown();
    }

    private static @Nullable FileLock lock(Path file) throws IOException, InterruptedException {
        FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        Instant deadline = Instant.now().plus(PREDECESSOR_WAIT);
        FileLock lock = channel.tryLock();
        while (lock == null && Instant.now().isBefore(deadline)) {
            Thread.sleep(50);
            lock = channel.tryLock();
        }
        return lock;
    }

    /**
     * Made beside, flushed, and then renamed: Kafka does not flush all that it writes here, and starts no more when one file of it was lost
     * in a power cut. What is there without {@code meta.properties} is of a start that was cut off, and is made anew.
     */
    private static void formatOnce(Path logs, String clusterId, int nodeId) throws Exception {
        if (Files.exists(logs.resolve("meta.properties"))) {
            return;
        }
        Path made = logs.resolveSibling(logs.getFileName() + ".new");
        deleteTree(made);
        deleteTree(logs);
        Files.createDirectories(made);
        new Formatter()
                .setPrintStream(new PrintStream(PrintStream.nullOutputStream()))
                .setSupportedFeatures(Feature.PRODUCTION_FEATURES)
                .setClusterId(clusterId)
                .setNodeId(nodeId)
                .setControllerListenerName("CONTROLLER")
                .setMetadataLogDirectory(made.toString())
                .setDirectories(List.of(made.toString()))
                .run();
        FlushedTree.flush(made);
        Files.move(made, logs, StandardCopyOption.ATOMIC_MOVE);
        FlushedTree.flushFolder(logs.resolveSibling(""));
    }

    private static void deleteTree(Path root) throws IOException {
        if (!Files.exists(root)) {
            return;
        }
        Files.walkFileTree(root, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.delete(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path directory, @Nullable IOException failure)
                    throws IOException {
                Files.delete(directory);
                return FileVisitResult.CONTINUE;
            }
        });
    }
}
