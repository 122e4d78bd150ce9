package identicom.systemtests.harness;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Folders of systems that have ended. */
public final class Folders {
    private Folders() {}

    public static void delete(Path root) throws IOException {
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
