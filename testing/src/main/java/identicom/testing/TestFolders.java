package identicom.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/** Folders of the parts that tests start, below the module's {@code target} so that one may look at them; removed when the part is closed. */
public final class TestFolders {
    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final Duration LOOK = Duration.ofMillis(20);

    private TestFolders() {}

    static Path fresh(String name) throws IOException {
        return Files.createTempDirectory(cache(), name + "-");
    }

    /** What may be kept from one run to the next. */
    static Path cache() throws IOException {
        return Files.createDirectories(Path.of("target", "test-parts").toAbsolutePath());
    }

    /** Once nothing writes there any more: a server that was ended by force has processes that follow it a moment later. */
    public static void remove(Path folder) {
        long until = System.nanoTime() + LIMIT.toNanos();
        while (Files.exists(folder)) {
            try {
                removeNow(folder);
            } catch (UncheckedIOException | IOException e) {
                if (System.nanoTime() > until) {
                    throw new IllegalStateException("cannot be removed: " + folder, e);
                }
                LockSupport.parkNanos(LOOK.toNanos());
            }
        }
    }

    private static void removeNow(Path folder) throws IOException {
        try (Stream<Path> found = Files.walk(folder)) {
            for (Path path : found.toList().reversed()) {
                Files.deleteIfExists(path);
            }
        }
    }
}
