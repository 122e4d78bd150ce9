package identicom.wire.message;

import java.util.List;

/**
 * {@code c0}: the pictures that the unit holds; the oldest 73 where it holds more.
 *
 * @param pictures 0..73 entries of 14 bytes, behind a u8 count
 */
public record PictureList(List<PictureEntry> pictures) implements FromUnit {
    public static final int MAX_PICTURES = 73;

    public PictureList {
        Unsigned.range("pictures", pictures.size(), 0, MAX_PICTURES);
        pictures = List.copyOf(pictures);
    }
}
