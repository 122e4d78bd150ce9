package identicom.mediaservice.http;

import identicom.mediaservice.index.StoredPicture;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A picture as the list shows it.
 *
 * @param picture the unit's number of it
 * @param takenAt by the unit's clock
 * @param size bytes, as the unit says
 * @param crc32 as the unit says, 8 hexadecimal digits
 * @param sha256 of what is kept, 64 hexadecimal digits; null while it is not whole
 * @param received bytes from the start without a gap
 */
record PictureItem(
        String id,
        String serial,
        int picture,
        Instant takenAt,
        long size,
        String crc32,
        @Nullable String sha256,
        String state,
        long received) {

    static PictureItem of(StoredPicture picture) {
        return new PictureItem(
                Long.toString(picture.id()),
                picture.serial(),
                picture.picture(),
                picture.takenAt(),
                picture.size(),
                String.format(Locale.ROOT, "%08x", picture.crc32()),
                picture.hash() == null ? null : picture.hash().toString(),
                picture.state().text(),
                picture.received());
    }
}
