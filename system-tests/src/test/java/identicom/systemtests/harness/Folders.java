package identicom.systemtests.harness;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/** Folders of systems that have ended. */
public final class Folders {
    private static final Duration LIMIT = Duration.ofSeconds(30);

    private Folders() {}

    /** Again and again while a process that was killed still ends and writes. */
    public static void delete(Path root) throws IOException {
        long until = System.nanoTime() + LIMIT.toNanos();
        while (Files.exists(root)) {
            try {
                deleteNow(root);
            } catch (UncheckedIOException | FileSystemException e) {
                if (System.nanoTime() > until) {
                    throw new IOException("cannot be deleted: " + root, e);
                }
            }
        }
    }

    private static void deleteNow(Path root) throws IOException {
        List<Path> found;
        try (Stream<Path> walk = Files.walk(root)) {
            found = walk.toList();
        }
        for (Path path : found.reversed()) {
            try {
                Files.deleteIfExists(path);
            } catch (NoSuchFileException gone) {
                continue;
            }
        }
    }
}
