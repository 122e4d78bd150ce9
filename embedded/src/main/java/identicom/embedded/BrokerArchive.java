package identicom.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * The classes that a broker loads, recorded once in a file (an ahead-of-time cache of the JVM), which halves the work of every later start.
 * The JVM ignores a file that was recorded with other jars or another JVM.
 */
public final class BrokerArchive {
    private static final Duration RECORDING = Duration.ofMinutes(3);

    private BrokerArchive() {}

    /** JVM options that use {@code file}, where it is there. */
    public static List<String> options(Path file) {
        return Files.isReadable(file) ? List.of("-XX:AOTCache=" + file) : List.of();
    }

    /** Starts a broker in {@code scratch}, stops it, and leaves what it loaded in {@code file}. */
    public static void record(Path file, Path scratch) throws IOException {
        KafkaBroker broker = KafkaBroker.start(
                KafkaBroker.Options.in(scratch).withJvmOptions(List.of("-XX:AOTCacheOutput=" + file)));
        broker.close(RECORDING);
        if (!Files.exists(file)) {
            throw new IOException("the JVM recorded nothing in " + file);
        }
    }
}
