package identicom.mediaservice.http;

import identicom.mediaservice.index.PictureFilter;
import identicom.mediaservice.index.PictureList.Place;
import identicom.runtime.http.Problem;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.zip.CRC32;

/**
 * Where a list goes on, as text that says nothing to others.
 *
 * <pre>
 *   base64url( | version, u8 | filter's CRC-32, u32 | time taken in seconds, u64 | id, u64 | )
 * </pre>
 */
final class Cursor {
    private static final byte VERSION = 1;
    private static final int LENGTH = 1 + 4 + 8 + 8;

    /** 4294967295: the last second that a unit can write. */
    private static final long MAX_SECOND = 0xffff_ffffL;

    private Cursor() {}

    /** @param filter what the list is of: the cursor is of use for the same only */
    static String text(Place place, PictureFilter filter) {
        byte[] bytes = ByteBuffer.allocate(LENGTH)
                .put(VERSION)
                .putInt(crc(filter))
                .putLong(place.takenAt().getEpochSecond())
                .putLong(place.id())
                .array();
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    /** @throws Problem 400 it is none, or one of another list */
    static Place parse(String text, PictureFilter filter) {
        ByteBuffer bytes = bytes(text);
        if (bytes.remaining() != LENGTH || bytes.get() != VERSION) {
            throw Problem.badCursor(text);
        }
        if (bytes.getInt() != crc(filter)) {
            throw Problem.badRequest("cursor", text, "next of a page with the same filters");
        }
        long second = bytes.getLong();
        if (second < 0 || second > MAX_SECOND) {
            throw Problem.badCursor(text);
        }
        return new Place(Instant.ofEpochSecond(second), bytes.getLong());
    }

    private static ByteBuffer bytes(String text) {
        try {
            return ByteBuffer.wrap(Base64.getUrlDecoder().decode(text));
        } catch (IllegalArgumentException e) {
            return ByteBuffer.allocate(0);
        }
    }

    private static int crc(PictureFilter filter) {
        CRC32 crc = new CRC32();
        crc.update(filter.toString().getBytes(StandardCharsets.UTF_8));
        return (int) crc.getValue();
    }
}
