package identicom.standalone.system;

import identicom.standalone.process.NotReadyException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The folder that holds everything of a standalone system; open in one process at a time. */
public final class DataFolder implements AutoCloseable {
    private static final int VERSION = 1;

    private final Path path;
    private final FileChannel channel;

    private DataFolder(Path path, FileChannel channel) {
        this.path = path;
        this.channel = channel;
    }

    /**
     * Makes the folder where it is missing, for its owner alone, and locks it. One that is there keeps its rights.
     *
     * @throws IOException it cannot be written, or another process has it
     * @throws NotReadyException it was written by a newer program
     */
    public static DataFolder open(Path given) throws IOException, NotReadyException {
        Path path = given.toAbsolutePath().normalize();
        make(path);
        FileChannel channel =
                FileChannel.open(path.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        try {
            if (lock(channel) == null) {
                throw new IOException(
                        "the data folder " + path
                                + " is in use by another identicom (expected: one process; stop it, or name another folder with --data)");
            }
            checkVersion(path);
            return new DataFolder(path, channel);
        } catch (IOException | NotReadyException e) {
            channel.close();
            throw e;
        }
    }

    /** Whatever rights the files below it have: what they say of people is its owner's to read. */
    private static void make(Path path) throws IOException {
        boolean posix = path.getFileSystem().supportedFileAttributeViews().contains("posix");
        FileAttribute<?>[] ownerOnly = posix
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"))
                }
                : new FileAttribute<?>[0];
        Files.createDirectories(path, ownerOnly);
    }

    private static @Nullable FileLock lock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException e) {
            return null;
        }
    }

    private static void checkVersion(Path path) throws IOException, NotReadyException {
        Path file = path.resolve("VERSION");
        if (!Files.exists(file)) {
            DurableFile.write(file, VERSION + "\n");
            return;
        }
        String text = Files.readString(file).strip();
        if (!text.matches("[0-9]{1,6}") || Integer.parseInt(text) > VERSION) {
            throw new NotReadyException(
                    "the data folder cannot be used:",
                    List.of(
                            file + ": '" + text + "' (expected: at most " + VERSION
                                    + "; it was written by a newer identicom: start that one, or name another folder with --data)"));
        }
    }

    public Path path() {
        return path;
    }

    /** A folder below it, made where it is missing. */
    public Path folder(String name) throws IOException {
        return Files.createDirectories(path.resolve(name));
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
