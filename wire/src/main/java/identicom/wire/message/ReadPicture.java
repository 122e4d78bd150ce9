package identicom.wire.message;

/**
 * {@code 41}: asks for a part of a picture.
 *
 * @param picture u16: the picture's number
 * @param offset u32: where in the picture to begin, bytes
 * @param length u16: 1..1018 bytes at most
 */
public record ReadPicture(int picture, long offset, int length) implements ToUnit {
    public ReadPicture {
        Unsigned.u16("picture", picture);
        Unsigned.u32("offset", offset);
        Unsigned.range("length", length, 1, PictureBlock.MAX_DATA);
    }
}
