package identicom.systemtests.torture;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** A small disk of its own under one folder, a tmpfs, which can be filled up and made free again. */
final class Disk implements AutoCloseable {
    private static final int SIZE_MB = 1_024;
    private static final byte[] PIECE = new byte[1 << 20];

    private final Path folder;

    private Disk(Path folder) {
        this.folder = folder;
    }

    /** Whether this user may mount one, on this machine. */
    static boolean allowed() {
        try {
            Path tried = Files.createTempDirectory("identicom-disk-");
            try (Disk disk = under(tried)) {
                return Files.isDirectory(disk.folder);
            } finally {
                Files.delete(tried);
            }
        } catch (IOException no) {
            return false;
        }
    }

    /** @throws IOException it may not be mounted */
    static Disk under(Path folder) throws IOException {
        Files.createDirectories(folder);
        Tool.run(
                "mount",
                "-t",
                "tmpfs",
                "-o",
                "size=" + SIZE_MB + "m,mode=0755",
                "identicom-torture",
                folder.toString());
        return new Disk(folder);
    }

    /** Nothing more can be written. */
    void fill() throws IOException {
        try (OutputStream out = Files.newOutputStream(ballast())) {
            for (int i = 0; i < 2 * SIZE_MB; i++) {
                out.write(PIECE);
            }
        } catch (IOException full) {
            if (Files.getFileStore(folder).getUsableSpace() > PIECE.length) {
                throw full;
            }
            fillUp();
        }
    }

    /** The last, smaller than a piece. */
    private void fillUp() throws IOException {
        try (OutputStream out = Files.newOutputStream(folder.resolve("ballast-2"))) {
            byte[] page = new byte[4_096];
            for (int i = 0; i < PIECE.length; i += page.length) {
                out.write(page);
            }
        } catch (IOException full) {
            // as wanted
        }
    }

    void free() throws IOException {
        Files.deleteIfExists(ballast());
        Files.deleteIfExists(folder.resolve("ballast-2"));
    }

    private Path ballast() {
        return folder.resolve("ballast");
    }

    @Override
    public void close() throws IOException {
        Tool.run("umount", "-l", folder.toString());
    }
}
