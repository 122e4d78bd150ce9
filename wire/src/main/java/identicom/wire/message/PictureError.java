package identicom.wire.message;

/**
 * {@code c3}: the unit cannot do what was asked with a picture.
 *
 * @param picture u16: the picture's number
 * @param reason u8: one of the constants here; any other value is passed on as it is
 */
public record PictureError(int picture, int reason) implements FromUnit {
    public static final int NO_SUCH_PICTURE = 1;
    public static final int OUT_OF_RANGE = 2;
    public static final int MEMORY_FAULT = 3;

    public PictureError {
        Unsigned.u16("picture", picture);
        Unsigned.u8("reason", reason);
    }
}
