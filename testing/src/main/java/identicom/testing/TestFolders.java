package identicom.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** Folders below the module's {@code target}, for parts whose data a test may look at while it runs; removed when the part is closed. */
final class TestFolders {
    private TestFolders() {}

    static Path fresh(String name) throws IOException {
        return Files.createTempDirectory(cache(), name + "-");
    }

    /** What may be kept from one run to the next. */
    static Path cache() throws IOException {
        return Files.createDirectories(Path.of("target", "test-parts").toAbsolutePath());
    }

    /** Once nothing writes there any more. */
    static void remove(Path folder) {
        try (Stream<Path> found = Files.walk(folder)) {
            for (Path path : found.toList().reversed()) {
                Files.deleteIfExists(path);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
