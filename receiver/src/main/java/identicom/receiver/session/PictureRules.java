package identicom.receiver.session;

import identicom.wire.message.PictureBlock;

/**
 * What the reading of pictures goes by.
 *
 * @param asked whether units are asked for pictures at all
 * @param maxBytes above it a picture is recorded as too large and not read
 * @param blockBytes bytes that are asked at a time
 * @param window blocks after which a progress record is written; none beyond it is asked until that is acknowledged
 * @param maxLeft pictures left on the unit in one session beyond which it is not asked for another list
 */
public record PictureRules(boolean asked, long maxBytes, int blockBytes, int window, int maxLeft) {
    public static final long MAX_BYTES = 1 << 20;

    /** No unit is ever asked. */
    public static final PictureRules NOT_ASKED = new PictureRules(false, MAX_BYTES, PictureBlock.MAX_DATA, 8, 1_000);

    /** The protocol's numbers, but for the size. */
    public static PictureRules standard(long maxBytes) {
        return new PictureRules(true, maxBytes, PictureBlock.MAX_DATA, 8, 1_000);
    }
}
