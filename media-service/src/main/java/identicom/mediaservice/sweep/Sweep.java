package identicom.mediaservice.sweep;

import identicom.mediaservice.index.Holdings;
import identicom.mediaservice.index.Index;
import identicom.mediaservice.index.Removing;
import identicom.mediaservice.index.StoreOwnership;
import identicom.mediaservice.store.ContentHash;
import identicom.mediaservice.store.PictureStore;
import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings index and store into agreement, shelf by shelf, while other instances go on working:
 *
 * <ul>
 *   <li>what a broken-off deposit left is removed;
 *   <li>a content that no row points at is removed: the transaction that would have pointed at it was not committed, so the offsets of
 *       its blocks were not either, and they come again;
 *   <li>a row whose content is missing, or has another size, is said aloud and set back to partial with nothing received: what is not
 *       here is not claimed. Should its blocks come again, it becomes complete again.
 * </ul>
 *
 * <p>What looks wrong on a shelf is looked at again, and settled, under the lock that those who add share. One thread at a time.
 */
public final class Sweep {
    private static final Logger LOG = LoggerFactory.getLogger(Sweep.class);
    private static final int SETTLED_AT_ONCE = 500;

    private final Index index;
    private final Holdings holdings;
    private final PictureStore store;
    private final StoreOwnership ownership;

    public Sweep(Index index, Holdings holdings, PictureStore store, StoreOwnership ownership) {
        this.index = index;
        this.holdings = holdings;
        this.store = store;
        this.ownership = ownership;
    }

    /**
     * What a sweep did.
     *
     * @param unfinished pieces of broken-off deposits removed
     * @param orphans contents removed that no row pointed at
     * @param lost pictures whose content was missing
     */
    public record Result(int unfinished, int orphans, int lost) {
        Result plus(Result other) {
            return new Result(unfinished + other.unfinished, orphans + other.orphans, lost + other.lost);
        }
    }

    /** Sweeps everything. @throws IOException the store is not there, or not the one of this index: nothing was touched */
    public Result run() throws SQLException, IOException {
        ownership.check();
        Result result;
        try (Removing nobodyAdds = index.removing()) {
            result = new Result(store.removeUnfinished(), 0, 0);
            nobodyAdds.commit();
        }
        for (int shelf = 0; shelf < PictureStore.SHELVES; shelf++) {
            result = result.plus(shelf(shelf));
        }
        return result;
    }

    private Result shelf(int shelf) throws SQLException, IOException {
        Map<ContentHash, Long> there = store.shelf(shelf);
        Map<ContentHash, Long> expected = holdings.shelf(shelf);
        List<ContentHash> suspects = new ArrayList<>();
        there.keySet().stream().filter(hash -> !expected.containsKey(hash)).forEach(suspects::add);
        expected.forEach((hash, size) -> {
            if (!size.equals(there.get(hash))) {
                suspects.add(hash);
            }
        });
        Result result = new Result(0, 0, 0);
        for (int from = 0; from < suspects.size(); from += SETTLED_AT_ONCE) {
            result = result.plus(
                    settle(suspects.subList(from, Math.min(suspects.size(), from + SETTLED_AT_ONCE)), expected));
        }
        return result;
    }

    private Result settle(List<ContentHash> suspects, Map<ContentHash, Long> expected)
            throws SQLException, IOException {
        int orphans = 0;
        int lost = 0;
        try (Removing nobodyAdds = index.removing()) {
            Set<ContentHash> known = nobodyAdds.known(suspects);
            for (ContentHash hash : suspects) {
                OptionalLong size = store.size(hash);
                Long wanted = expected.get(hash);
                if (!known.contains(hash)) {
                    store.remove(hash);
                    orphans += size.isPresent() ? 1 : 0;
                } else if (size.isEmpty() || (wanted != null && size.getAsLong() != wanted)) {
                    lost += lost(nobodyAdds, hash, size);
                }
            }
            nobodyAdds.commit();
        }
        return new Result(0, orphans, lost);
    }

    /** A damaged content goes at once. Were this process killed before the commit, the next sweep would find it missing. */
    private int lost(Removing nobodyAdds, ContentHash hash, OptionalLong size) throws SQLException, IOException {
        int pictures = nobodyAdds.lost(hash);
        store.remove(hash);
        LOG.error(
                "The content {} of {} pictures is {} in {}: they are partial again, and not here until their blocks come again",
                hash,
                pictures,
                size.isEmpty() ? "missing" : "damaged (" + size.getAsLong() + " bytes)",
                store);
        return pictures;
    }
}
