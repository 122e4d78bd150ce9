package identicom.standalone.system;

import identicom.embedded.BrokerArchive;
import identicom.embedded.Postgres;
import identicom.runtime.config.Configuration;
import identicom.runtime.config.ConfigurationException;
import identicom.standalone.process.NotReadyException;
import identicom.standalone.process.ProcessKeys;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * The folder that the start script names with {@code -Didenticom.prepared}: what this program's JVMs load at a start, and PostgreSQL's
 * programs unpacked, made once after a build, so that every start is short. Without it everything works, slower.
 */
public final class Prepared {
    private static final String PROPERTY = "identicom.prepared";
    private static final String BROKER = "broker.aot";

    private Prepared() {}

    static List<String> forBroker() {
        return folder().map(folder -> BrokerArchive.options(folder.resolve(BROKER)))
                .orElse(List.of());
    }

    /** A server in this folder, with the programs unpacked after the build; where there are none it unpacks its own. */
    static Postgres.Options postgresIn(Path directory) {
        Postgres.Options own = Postgres.Options.in(directory);
        return folder().map(own::withBinariesBelow)
                .filter(Postgres.Options::unpacked)
                .orElse(own);
    }

    private static Optional<Path> folder() {
        return Optional.of(System.getProperty(PROPERTY, ""))
                .filter(folder -> !folder.isEmpty())
                .map(Path::of);
    }

    /**
     * Unpacks PostgreSQL, and starts and stops a broker, and then the whole system, on data of their own; the JVM that runs this records the
     * last itself.
     */
    public static void make(Path folder, Consumer<String> progress)
            throws IOException, InterruptedException, NotReadyException, ConfigurationException {
        Path scratch = Files.createTempDirectory(folder, "scratch-");
        try {
            progress.accept("unpacking PostgreSQL");
            Postgres.Options.in(scratch).withBinariesBelow(folder).unpack();
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
