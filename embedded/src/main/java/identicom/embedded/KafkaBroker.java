package identicom.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;

/**
 * A real Kafka broker in a process of its own that dies with this one; a cluster by itself, or one node of a {@link KafkaCluster}. Its
 * data and its log file stand in one folder and survive restarts.
 */
public final class KafkaBroker implements AutoCloseable {
    private static final Duration STOP_GRACE = Duration.ofSeconds(10);
    private static final int START_TRIES = 3;

    private final ChildProcess process;
    private final Options options;

    private KafkaBroker(ChildProcess process, Options options) {
        this.process = process;
        this.options = options;
    }

    /**
     * What a broker is started with.
     *
     * @param directory the folder that holds everything of it
     * @param port the port for clients on 127.0.0.1; 0 picks a free one
     * @param clusterId 22 characters of base64, kept by the folder's first start
     * @param heapMb heap of its process in MiB
     * @param jvmOptions more options for its JVM
     * @param node which of its cluster's nodes it is
     * @param settings by Kafka's names, over those of {@link BrokerProperties}
     */
    public record Options(
            Path directory,
            int port,
            String clusterId,
            int heapMb,
            List<String> jvmOptions,
            Node node,
            Map<String, String> settings) {
        private static final int DEFAULT_HEAP_MB = 256;

        public static Options in(Path directory) {
            return new Options(
                    directory, 0, "aWRlbnRpY29tLWNsdXN0ZQ", DEFAULT_HEAP_MB, List.of(), Node.ALONE, Map.of());
        }

        public Options withPort(int port) {
            return new Options(directory, port, clusterId, heapMb, jvmOptions, node, settings);
        }

        public Options withClusterId(String id) {
            return new Options(directory, port, id, heapMb, jvmOptions, node, settings);
        }

        public Options withJvmOptions(List<String> options) {
            return new Options(directory, port, clusterId, heapMb, List.copyOf(options), node, settings);
        }

        public Options withSettings(Map<String, String> more) {
            return new Options(directory, port, clusterId, heapMb, jvmOptions, node, Map.copyOf(more));
        }

        /** The same in a folder below it, as a node of a cluster. */
        Options ofNode(Node one) {
            Path folder = directory.resolve("broker-" + one.id());
            return new Options(folder, port, clusterId, heapMb, jvmOptions, one, settings);
        }
    }

    /**
     * One node of a cluster, each of which is broker and controller.
     *
     * @param id from 1
     * @param controllerPorts of all nodes on 127.0.0.1, in the order of their ids; empty: it is alone, on any
     */
    record Node(int id, List<Integer> controllerPorts) {
        static final Node ALONE = new Node(1, List.of());

        List<Integer> portsOrFree() throws IOException {
            return controllerPorts.isEmpty() ? List.of(Ports.free()) : controllerPorts;
        }
    }

    /**
     * Starts a broker and waits until clients can connect. A broker of an earlier start that is still leaving the folder is waited for.
     *
     * @throws IOException with the end of the broker's own output when it does not start
     */
    public static KafkaBroker start(Options options) throws IOException {
        Files.createDirectories(options.directory());
        IOException last = null;
        for (int i = 0; i < START_TRIES; i++) {
            Options chosen = options.withPort(Ports.orFree(options.port()));
            if (options.port() != 0 && !Ports.isFree(options.port())) {
                throw new IOException("port " + options.port() + " on 127.0.0.1 is in use");
            }
            ChildProcess process = launch(chosen, chosen.node().portsOrFree());
            if (process.awaitLine(BrokerMain.READY)) {
                return new KafkaBroker(process, chosen);
            }
            last = new IOException("the broker in " + options.directory() + " did not start (exit "
                    + process.exitValueAfterEnd() + "):\n" + Tail.of(startLog(options)) + Tail.of(log(options)));
            if (!last.getMessage().contains("Address already in use")) {
                break;
            }
        }
        throw last == null ? new IOException("no try") : last;
    }

    private static ChildProcess launch(Options options, List<Integer> controllerPorts) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx" + options.heapMb() + "m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Xlog:disable",
                "-Xlog:all=error:stderr",
                "-XX:+ExitOnOutOfMemoryError",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-Dlogback.configurationFile=identicom/embedded/broker-logback.xml",
                "-Didenticom.broker.log=" + log(options)));
        command.addAll(options.jvmOptions());
        command.addAll(List.of(
                "-cp",
                System.getProperty("java.class.path"),
                BrokerMain.class.getName(),
                options.directory().toAbsolutePath().toString(),
                options.clusterId(),
                Integer.toString(options.port()),
                Integer.toString(options.node().id())));
        command.add(controllerPorts.stream().map(port -> Integer.toString(port)).collect(Collectors.joining(",")));
        options.settings().forEach((name, value) -> command.add(name + "=" + value));
        return ChildProcess.start(
                ChildProcess.Terms.sameUser("KILL"), command, Path.of("").toAbsolutePath(), startLog(options));
    }

    private static Path startLog(Options options) {
        return options.directory().toAbsolutePath().resolve("start.log");
    }

    private static Path log(Options options) {
        return options.directory().toAbsolutePath().resolve("broker.log");
    }

    /** What clients set as {@code bootstrap.servers}. */
    public String bootstrapServers() {
        return "127.0.0.1:" + options.port();
    }

    public int port() {
        return options.port();
    }

    public long pid() {
        return process.pid();
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    /** Completes when the broker's process has ended, for whatever reason. */
    public CompletableFuture<Void> onExit() {
        return process.onExit();
    }

    /** Starts it again in the same folder and on the same port, after it ended. */
    public KafkaBroker restart() throws IOException {
        return start(options);
    }

    /** {@code kill -9}, and waits until it is gone. */
    public void kill() throws InterruptedException {
        process.kill();
    }

    /** Stops it cleanly; after {@code 10 s} by force. */
    @Override
    public void close() {
        close(STOP_GRACE);
    }

    void close(Duration grace) {
        process.stop("TERM", grace);
    }
}
