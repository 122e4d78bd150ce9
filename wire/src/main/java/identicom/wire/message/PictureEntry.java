package identicom.wire.message;

/**
 * One picture on a unit, 14 bytes. It is the same picture whenever the serial number and all of this are equal.
 *
 * @param picture u16: the picture's number on its unit
 * @param size u32: bytes
 * @param takenSeconds u32: time taken, seconds since 1970-01-01 UTC
 * @param crc32 u32: CRC-32 (IEEE) of the whole picture
 */
public record PictureEntry(int picture, long size, long takenSeconds, long crc32) {
    public static final int BYTES = 14;

    public PictureEntry {
        Unsigned.u16("picture", picture);
        Unsigned.u32("size", size);
        Unsigned.u32("takenSeconds", takenSeconds);
        Unsigned.u32("crc32", crc32);
    }
}
