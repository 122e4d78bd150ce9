package identicom.mediaservice.store;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;

/**
 * A store in a folder, which several machines may share:
 *
 * <pre>
 *   STORE               the store's id
 *   unfinished/…        files that are being written
 *   ab/abcdef…          a content, named by its SHA-256 in hexadecimal
 * </pre>
 *
 * <p>A content is written to a file of its own below {@code unfinished}, flushed to disk, renamed to its name, and then its folder is
 * flushed. The rename is atomic: under a content's name there is the whole content or nothing. Any thread.
 */
public final class FolderStore implements PictureStore {
    static final String UNFINISHED = "unfinished";
    private static final String ID = "STORE";

    private final Path root;
    private volatile boolean laidOut;

    public FolderStore(Path root) {
        this.root = root.toAbsolutePath().normalize();
    }

    @Override
    public Optional<UUID> id() throws IOException {
        try {
            return Optional.of(UUID.fromString(Files.readString(root.resolve(ID), StandardCharsets.US_ASCII)
                    .strip()));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IllegalArgumentException e) {
            throw new IOException(root.resolve(ID) + ": no id stands in it", e);
        }
    }

    @Override
    public void giveId(UUID id) throws IOException {
        layOut();
        Path written = unfinished();
        flushed(written, (id + "\n").getBytes(StandardCharsets.US_ASCII));
        Files.move(written, root.resolve(ID), StandardCopyOption.ATOMIC_MOVE);
        flushFolder(root);
    }

    /** Makes the folders where they are missing. A missing root is made too: an empty store is told from a lost one by its id. */
    void layOut() throws IOException {
        if (laidOut) {
            return;
        }
        Files.createDirectories(root.resolve(UNFINISHED));
        for (int shelf = 0; shelf < SHELVES; shelf++) {
            Files.createDirectories(folder(shelf));
        }
        flushFolder(root);
        laidOut = true;
    }

    @Override
    public Deposit deposit() {
        return new FolderDeposit(this);
    }

    @Override
    public OptionalLong size(ContentHash hash) throws IOException {
        try {
            return OptionalLong.of(Files.size(path(hash)));
        } catch (NoSuchFileException e) {
            return OptionalLong.empty();
        }
    }

    @Override
    public InputStream read(ContentHash hash, long offset) throws IOException {
        FileChannel channel = FileChannel.open(path(hash), StandardOpenOption.READ);
        try {
            return Channels.newInputStream(channel.position(offset));
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    @Override
    public Map<ContentHash, Long> shelf(int shelf) throws IOException {
        Map<ContentHash, Long> found = new HashMap<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder(shelf))) {
            for (Path file : files) {
                Optional<ContentHash> hash =
                        ContentHash.parse(file.getFileName().toString());
                if (hash.isPresent() && hash.get().shelf() == shelf) {
                    found.put(hash.get(), Files.size(file));
                }
            }
        }
        return found;
    }

    @Override
    public boolean isEmpty() throws IOException {
        for (int shelf = 0; shelf < SHELVES; shelf++) {
            if (Files.isDirectory(folder(shelf)) && !shelf(shelf).isEmpty()) {
                return false;
            }
        }
        return true;
    }

    @Override
    public void remove(ContentHash hash) throws IOException {
        Files.deleteIfExists(path(hash));
    }

    @Override
    public int removeUnfinished() throws IOException {
        int removed = 0;
        try (DirectoryStream<Path> files = Files.newDirectoryStream(root.resolve(UNFINISHED))) {
            for (Path file : files) {
                removed += Files.deleteIfExists(file) ? 1 : 0;
            }
        } catch (NoSuchFileException e) {
            return removed;
        }
        return removed;
    }

    Path path(ContentHash hash) {
        return folder(hash.shelf()).resolve(hash.toString());
    }

    Path folder(int shelf) {
        return root.resolve(HexFormat.of().toHexDigits((byte) shelf));
    }

    /** A name that nobody else has. */
    Path unfinished() {
        return root.resolve(UNFINISHED).resolve(UUID.randomUUID().toString());
    }

    static void flushed(Path file, byte[] content) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            ByteBuffer bytes = ByteBuffer.wrap(content);
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(true);
        }
    }

    static void flushFolder(Path folder) throws IOException {
        try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    @Override
    public String toString() {
        return "folder " + root;
    }
}
