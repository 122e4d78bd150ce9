package identicom.simulator.unit;

import identicom.wire.message.Octets;
import identicom.wire.message.PictureEntry;
import java.time.Instant;
import java.util.zip.CRC32;

/**
 * A picture as its unit took it.
 *
 * @param entry as the unit lists it
 * @param content the whole picture
 */
public record TakenPicture(PictureEntry entry, Octets content) {
    static TakenPicture of(int number, byte[] content, Instant takenAt) {
        CRC32 crc = new CRC32();
        crc.update(content);
        return new TakenPicture(
                new PictureEntry(number, content.length, takenAt.getEpochSecond(), crc.getValue()), Octets.of(content));
    }

    /** The picture's number on its unit, 0..65535. */
    public int number() {
        return entry.picture();
    }

    /** By the unit's clock, to the second. */
    public Instant takenAt() {
        return Instant.ofEpochSecond(entry.takenSeconds());
    }

    /** Bytes. */
    public int size() {
        return content.size();
    }

    /** CRC-32 (IEEE) of the content, unsigned. */
    public long crc32() {
        return entry.crc32();
    }

    @Override
    public String toString() {
        return "TakenPicture[" + entry + "]";
    }
}
