package identicom.receiver.session;

import identicom.wire.message.PictureEntry;

/**
 * How far a picture is durable: what a progress record tells.
 *
 * @param reading 1 for the first reading, 2 for the one after a wrong CRC
 * @param offset everything below it main has acknowledged; bytes
 * @param crc CRC-32 of the bytes below {@code offset}, 0..2³²-1
 * @param corrupt read twice with a wrong CRC: not to be read again
 */
public record PicturePosition(PictureEntry picture, int reading, long offset, long crc, boolean corrupt) {
    public static final int FIRST_READING = 1;
    public static final int SECOND_READING = 2;

    /** Nothing is known of it: it is read from its start. */
    public static PicturePosition start(PictureEntry picture) {
        return new PicturePosition(picture, FIRST_READING, 0, 0, false);
    }

    PicturePosition onceMore() {
        return new PicturePosition(picture, SECOND_READING, 0, 0, false);
    }

    PicturePosition at(long newOffset, long newCrc) {
        return new PicturePosition(picture, reading, newOffset, newCrc, corrupt);
    }

    boolean atEnd() {
        return offset == picture.size();
    }

    boolean crcRight() {
        return crc == picture.crc32();
    }

    PicturePosition asCorrupt() {
        return new PicturePosition(picture, reading, offset, crc, true);
    }
}
