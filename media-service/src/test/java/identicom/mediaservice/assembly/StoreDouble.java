package identicom.mediaservice.assembly;

import identicom.mediaservice.store.ContentHash;
import identicom.mediaservice.store.PictureStore;
import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;

/** A store that does what the real one does; tests override what is to go wrong. */
class StoreDouble implements PictureStore {
    private final PictureStore store;

    StoreDouble(PictureStore store) {
        this.store = store;
    }

    @Override
    public Optional<UUID> id() throws IOException {
        return store.id();
    }

    @Override
    public void giveId(UUID id) throws IOException {
        store.giveId(id);
    }

    @Override
    public Deposit deposit() {
        return store.deposit();
    }

    @Override
    public OptionalLong size(ContentHash hash) throws IOException {
        return store.size(hash);
    }

    @Override
    public InputStream read(ContentHash hash, long offset) throws IOException {
        return store.read(hash, offset);
    }

    @Override
    public boolean isEmpty() throws IOException {
        return store.isEmpty();
    }

    @Override
    public Map<ContentHash, Long> shelf(int shelf) throws IOException {
        return store.shelf(shelf);
    }

    @Override
    public void remove(ContentHash hash) throws IOException {
        store.remove(hash);
    }

    @Override
    public int removeUnfinished() throws IOException {
        return store.removeUnfinished();
    }
}
