package identicom.mediaservice.index;

import java.util.Comparator;

/**
 * What makes a picture the same picture.
 *
 * @param serial of the unit
 * @param picture the unit's number of it, 0 to 65535
 * @param takenS by the unit's clock, seconds since 1970 UTC
 * @param size bytes
 * @param crc32 of the whole
 */
public record PictureKey(String serial, int picture, long takenS, long size, long crc32)
        implements Comparable<PictureKey> {
    private static final Comparator<PictureKey> ORDER = Comparator.comparing(PictureKey::serial)
            .thenComparing(PictureKey::picture)
            .thenComparing(PictureKey::takenS)
            .thenComparing(PictureKey::size)
            .thenComparing(PictureKey::crc32);

    @Override
    public int compareTo(PictureKey other) {
        return ORDER.compare(this, other);
    }
}
