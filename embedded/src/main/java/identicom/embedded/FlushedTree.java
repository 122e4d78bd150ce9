package identicom.embedded;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.stream.Stream;

/** Brings to the disk what others wrote and left in its cache. */
final class FlushedTree {
    private FlushedTree() {}

    /** Every file below a folder, and every folder: after a power cut all of it is there. */
    static void flush(Path root) throws IOException {
        try (Stream<Path> found = Files.walk(root)) {
            for (Path path : found.toList()) {
                if (Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
                    flushFolder(path);
                } else if (Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS)) {
                    force(path, StandardOpenOption.WRITE);
                }
            }
        }
    }

    /** The names in a folder. */
    static void flushFolder(Path folder) throws IOException {
        force(folder, StandardOpenOption.READ);
    }

    private static void force(Path path, StandardOpenOption access) throws IOException {
        try (FileChannel channel = FileChannel.open(path, access)) {
            channel.force(true);
        }
    }
}
