package identicom.mediaservice.index;

import identicom.mediaservice.store.PictureStore;
import java.io.IOException;
import java.sql.SQLException;
import java.util.Optional;
import java.util.UUID;

/**
 * Whether the store is the one that belongs to the index: both carry the same id, given when both were empty. A folder that is not
 * mounted, or a database that was exchanged, is seen by it before anything is removed or taken for lost. Any thread.
 */
public final class StoreOwnership {
    private final Index index;
    private final PictureStore store;

    public StoreOwnership(Index index, PictureStore store) {
        this.index = index;
        this.store = store;
    }

    /** The store is not, or not certainly, the one of this index. */
    public static final class WrongStoreException extends IOException {
        private static final long serialVersionUID = 1L;

        WrongStoreException(String message) {
            super(message);
        }
    }

    /**
     * Returns when they belong together.
     *
     * @throws WrongStoreException they do not
     */
    public void check() throws SQLException, IOException {
        try (Removing transaction = index.removing()) {
            Optional<UUID> expected = transaction.storeId();
            Optional<UUID> found = store.id();
            if (expected.isPresent() && expected.equals(found)) {
                return;
            }
            if (expected.isPresent()) {
                throw new WrongStoreException(store + " has id "
                        + found.map(UUID::toString).orElse("none") + " (expected: " + expected.get()
                        + ", the store of this database; is the folder mounted?)");
            }
            if (!store.isEmpty()) {
                throw new WrongStoreException(
                        store + " holds pictures and this database knows of no store (expected: an empty store)");
            }
            // Killed between these two: the next start finds an id in an empty store and takes it.
            UUID id = found.isPresent() ? found.get() : UUID.randomUUID();
            if (found.isEmpty()) {
                store.giveId(id);
            }
            transaction.setStoreId(id);
            transaction.commit();
        }
    }
}
