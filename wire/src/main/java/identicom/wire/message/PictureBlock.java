package identicom.wire.message;

/**
 * {@code c1}: a part of a picture. May be shorter than asked.
 *
 * @param picture u16: the picture's number
 * @param offset u32: where in the picture the block begins, bytes
 * @param data 1..1018 bytes
 */
public record PictureBlock(int picture, long offset, Octets data) implements FromUnit {
    public static final int MAX_DATA = 1018;

    public PictureBlock {
        Unsigned.u16("picture", picture);
        Unsigned.u32("offset", offset);
        Unsigned.range("data bytes", data.size(), 1, MAX_DATA);
    }
}
