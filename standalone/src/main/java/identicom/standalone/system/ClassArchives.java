package identicom.standalone.system;

import identicom.embedded.BrokerArchive;
import identicom.runtime.config.Configuration;
import identicom.standalone.process.NotReadyException;
import identicom.standalone.process.ProcessKeys;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * The folder that the start script names with {@code -Didenticom.class-archives}: what this program's JVMs load at a start, recorded once
 * after a build, so that every start is short. Without it everything works, slower.
 */
public final class ClassArchives {
    private static final String PROPERTY = "identicom.class-archives";
    private static final String BROKER = "broker.aot";

    private ClassArchives() {}

    static List<String> forBroker() {
        String folder = System.getProperty(PROPERTY, "");
        return folder.isEmpty() ? List.of() : BrokerArchive.options(Path.of(folder, BROKER));
    }

    /** Starts and stops a broker, and then the whole system, on data of their own; the JVM that runs this records the second itself. */
    public static void record(Path folder, Consumer<String> progress)
            throws IOException, InterruptedException, NotReadyException {
        Path scratch = Files.createTempDirectory(folder, "scratch-");
        try {
            progress.accept("recording what a broker loads");
            Files.deleteIfExists(folder.resolve(BROKER));
            BrokerArchive.record(folder.resolve(BROKER), scratch.resolve("broker"));
            Configuration configuration = Configuration.of(
                    Map.of(
                            ProcessKeys.DATA.name(),
                            scratch.resolve("data").toString(),
                            "units.host",
                            "127.0.0.1",
                            "units.port",
                            "0",
                            "http.port",
                            "0"),
                    ProcessKeys.all());
            StandaloneSystem.start(configuration, progress).close();
        } finally {
            delete(scratch);
        }
    }

    private static void delete(Path root) throws IOException {
        try (Stream<Path> found = Files.walk(root)) {
            for (Path path : found.toList().reversed()) {
                Files.delete(path);
            }
        }
    }
}
