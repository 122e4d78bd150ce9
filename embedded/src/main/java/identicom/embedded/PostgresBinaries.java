package identicom.embedded;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.stream.Stream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.tukaani.xz.XZInputStream;

/** PostgreSQL's programs, unpacked from the jar that carries them. */
final class PostgresBinaries {
    private static final String ARCHIVE = "/postgres-linux-x86_64.txz";
    private static final String COMPLETE = "complete";
    private static final String LOCK = "unpacking.lock";

    private PostgresBinaries() {}

    /**
     * Unpacks into {@code directory} unless that was done before; a half-unpacked folder is unpacked anew. Of several processes one
     * does it and the others wait.
     */
    static synchronized void unpack(Path directory) throws IOException {
        if (unpacked(directory)) {
            return;
        }
        Files.createDirectories(directory);
        try (FileChannel lock =
                FileChannel.open(directory.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            lock.lock();
            if (!unpacked(directory)) {
                unpackAlone(directory);
            }
        }
    }

    private static void unpackAlone(Path directory) throws IOException {
        try (InputStream archive = PostgresBinaries.class.getResourceAsStream(ARCHIVE)) {
            if (archive == null) {
                throw new IOException("no PostgreSQL for this machine: only Linux on x86-64 is carried along");
            }
            try (TarArchiveInputStream tar =
                    new TarArchiveInputStream(new XZInputStream(new BufferedInputStream(archive)))) {
                TarArchiveEntry entry = tar.getNextEntry();
                while (entry != null) {
                    unpack(tar, entry, directory);
                    entry = tar.getNextEntry();
                }
            }
        }
        // The mark that all is there must not outlive a power cut that takes away what it speaks of. The lock's file is
        // left alone:
        // whoever closes a second channel to it gives up the process's lock (POSIX fcntl), and another process would
        // unpack as well.
        try (Stream<Path> unpacked = Files.list(directory)) {
            for (Path folder : unpacked.filter(Files::isDirectory).toList()) {
                FlushedTree.flush(folder);
            }
        }
        FlushedTree.flushFolder(directory);
        Files.writeString(directory.resolve(COMPLETE), "");
    }

    static boolean unpacked(Path directory) {
        return Files.exists(directory.resolve(COMPLETE));
    }

    private static void unpack(InputStream content, TarArchiveEntry entry, Path directory) throws IOException {
        Path target = directory.resolve(entry.getName()).normalize();
        if (!target.startsWith(directory)) {
            throw new IOException("entry outside the archive: " + entry.getName());
        }
        if (entry.isDirectory()) {
            Files.createDirectories(target);
            Files.setPosixFilePermissions(target, PosixFilePermissions.fromString("rwxr-xr-x"));
        } else {
            Files.createDirectories(target.getParent());
            if (Files.exists(target, LinkOption.NOFOLLOW_LINKS)) {
                Files.delete(target);
            }
            if (entry.isSymbolicLink()) {
                Files.createSymbolicLink(target, Path.of(entry.getLinkName()));
            } else {
                Files.copy(content, target, StandardCopyOption.REPLACE_EXISTING);
                boolean program = (entry.getMode() & 0100) != 0;
                Files.setPosixFilePermissions(
                        target, PosixFilePermissions.fromString(program ? "rwxr-xr-x" : "rw-r--r--"));
            }
        }
    }
}
