package identicom.mediaservice.index;

import identicom.mediaservice.store.ContentHash;
import org.jspecify.annotations.Nullable;

/**
 * A picture as the index has it.
 *
 * @param received bytes from the start without a gap, of the reading that has most of them
 * @param hash of what stands in the store: of a complete picture and of a corrupt one
 * @param corruptReading the reading that the station declared corrupt
 */
public record PictureRow(
        long id,
        PictureKey key,
        PictureState state,
        long received,
        @Nullable ContentHash hash,
        @Nullable Integer corruptReading) {

    /** Whole: in the store under {@code hash}. */
    public PictureRow whole(PictureState state, ContentHash hash) {
        return new PictureRow(id, key, state, key.size(), hash, corruptReading);
    }

    /** Not whole. */
    public PictureRow unfinished(PictureState state, long received) {
        return new PictureRow(id, key, state, received, null, corruptReading);
    }

    public PictureRow withCorruptReading(int reading) {
        return new PictureRow(id, key, state, received, hash, reading);
    }
}
