package identicom.mediaservice.index;

import identicom.mediaservice.store.ContentHash;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A picture as it is shown.
 *
 * @param takenAt by the unit's clock
 * @param received bytes from the start without a gap
 * @param hash of what stands in the store: of a complete picture and of a corrupt one
 * @param lostAt when its file was found missing; null when it was not, or has come again
 */
public record StoredPicture(
        long id,
        String serial,
        int picture,
        Instant takenAt,
        long size,
        long crc32,
        @Nullable ContentHash hash,
        PictureState state,
        long received,
        @Nullable Instant lostAt) {}
