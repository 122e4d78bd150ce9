package identicom.mediaservice.store;

import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;

/**
 * Contents under their SHA-256. A content that is there is whole, whatever was killed in between; several processes may use one store.
 * Which contents belong there, the index says: whoever deposits or removes holds the index's lock while doing so.
 */
public interface PictureStore {
    /** Contents are kept on this many shelves, by the first byte of their hash. */
    int SHELVES = 256;

    /** The id that this store was given; empty when it has none yet. */
    Optional<UUID> id() throws IOException;

    /** Gives the store its id, durably. */
    void giveId(UUID id) throws IOException;

    /** Contents on their way in. */
    Deposit deposit();

    /** The size of a content; empty when it is not there. */
    OptionalLong size(ContentHash hash) throws IOException;

    /**
     * A content from {@code offset} on.
     *
     * @throws java.nio.file.NoSuchFileException it is not there
     */
    InputStream read(ContentHash hash, long offset) throws IOException;

    /** Whether it holds no content at all. */
    boolean isEmpty() throws IOException;

    /** Every content on one shelf with its size. Fails when the shelf is not there: that says nothing of what stood on it. */
    Map<ContentHash, Long> shelf(int shelf) throws IOException;

    /** Removes a content; nothing happens when it is not there. */
    void remove(ContentHash hash) throws IOException;

    /** Removes what broken-off deposits have left. @return how many pieces */
    int removeUnfinished() throws IOException;

    /** Several contents that become durable together. Confined to one thread. */
    interface Deposit extends AutoCloseable {
        /** Takes a content in. It is not held in memory afterwards, and not in the store before {@link #commit}. */
        void add(ContentHash hash, byte[] content) throws IOException;

        /** When it returns every content added is in the store, and stays there after a power cut. */
        void commit() throws IOException;

        /** Forgets what was not committed. */
        @Override
        void close();
    }
}
