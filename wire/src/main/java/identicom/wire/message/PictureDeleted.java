package identicom.wire.message;

/**
 * {@code c2}: the unit has deleted a picture.
 *
 * @param picture u16: the picture's number
 */
public record PictureDeleted(int picture) implements FromUnit {
    public PictureDeleted {
        Unsigned.u16("picture", picture);
    }
}
