package identicom.wire.message;

/**
 * {@code 42}: lets the unit delete a picture. Only ever one whose blocks are all durable.
 *
 * @param picture u16: the picture's number
 */
public record DeletePicture(int picture) implements ToUnit {
    public DeletePicture {
        Unsigned.u16("picture", picture);
    }
}
