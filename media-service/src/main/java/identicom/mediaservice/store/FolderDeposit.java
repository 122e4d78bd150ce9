package identicom.mediaservice.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes and flushes each content once, renames all of them, then flushes each folder once. Confined to one thread. */
final class FolderDeposit implements PictureStore.Deposit {
    private static final Logger LOG = LoggerFactory.getLogger(FolderDeposit.class);

    private final FolderStore store;
    private final Map<ContentHash, Path> written = new LinkedHashMap<>();
    private final Set<Integer> shelves = new TreeSet<>();

    FolderDeposit(FolderStore store) {
        this.store = store;
    }

    @Override
    public void add(ContentHash hash, byte[] content) throws IOException {
        store.layOut();
        // One that is there may have been renamed by a process that died before the folder was flushed.
        shelves.add(hash.shelf());
        if (written.containsKey(hash) || store.size(hash).orElse(-1) == content.length) {
            return;
        }
        Path file = store.unfinished();
        written.put(hash, file);
        FolderStore.flushed(file, content);
    }

    @Override
    public void commit() throws IOException {
        for (Map.Entry<ContentHash, Path> one : written.entrySet()) {
            Files.move(
                    one.getValue(),
                    store.path(one.getKey()),
                    StandardCopyOption.ATOMIC_MOVE,
                    StandardCopyOption.REPLACE_EXISTING);
        }
        written.clear();
        for (int shelf : shelves) {
            FolderStore.flushFolder(store.folder(shelf));
        }
        shelves.clear();
    }

    @Override
    public void close() {
        for (Path file : written.values()) {
            try {
                Files.deleteIfExists(file);
            } catch (IOException e) {
                LOG.debug("{} stays until the next sweep", file, e);
            }
        }
        written.clear();
    }
}
