package identicom.image;

import identicom.testing.TestFolders;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * The image of this build, unpacked once for all tests of a JVM.
 *
 * @param image as its tar has it
 * @param files its layers over one another
 */
record Built(OciImage image, FileSystem files) {
    static final Path TARGET = Path.of("target").toAbsolutePath();

    private static @Nullable Built unpacked;

    static synchronized Built shared() throws IOException {
        if (unpacked == null) {
            OciImage image = OciImage.read(Path.of(System.getProperty("image.tar")), fresh("layout"));
            unpacked = new Built(image, FileSystem.unpack(image, fresh("unpacked")));
        }
        return unpacked;
    }

    /** A new folder below {@code target}. */
    static Path fresh(String name) throws IOException {
        Path folder = TARGET.resolve(name);
        TestFolders.remove(folder);
        return Files.createDirectory(folder);
    }
}
