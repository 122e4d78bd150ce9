package identicom.logservice.http;

import identicom.runtime.http.Problem;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.zip.CRC32;

/**
 * Where a list goes on, as text that says nothing to others.
 *
 * <pre>
 *   base64url( | version, u8 | filter's CRC-32, u32 | last stored id, u64 | list's beginning in microseconds, u64 | )
 * </pre>
 *
 * @param below stored ids of the next part are smaller
 * @param began when the list's first part was read
 */
record Cursor(long below, Instant began) {
    private static final byte VERSION = 1;
    private static final int LENGTH = 1 + 4 + 8 + 8;

    /** No list began later, and the database could not keep any time. */
    private static final Instant END = Instant.parse("+10000-01-01T00:00:00Z");

    /** @param filter what the list is of: the cursor is of use for the same only */
    String text(Record filter) {
        byte[] bytes = ByteBuffer.allocate(LENGTH)
                .put(VERSION)
                .putInt(crc(filter))
                .putLong(below)
                .putLong(ChronoUnit.MICROS.between(Instant.EPOCH, began))
                .array();
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    /** @throws Problem 400 it is none, or one of another list */
    static Cursor parse(String text, Record filter) {
        ByteBuffer bytes = bytes(text);
        if (bytes.remaining() != LENGTH || bytes.get() != VERSION) {
            throw Problem.badCursor(text);
        }
        if (bytes.getInt() != crc(filter)) {
            throw Problem.badRequest("cursor", text, "next of a page with the same filters");
        }
        long below = bytes.getLong();
        Instant began = Instant.EPOCH.plus(bytes.getLong(), ChronoUnit.MICROS);
        if (began.isBefore(Instant.EPOCH) || !began.isBefore(END)) {
            throw Problem.badCursor(text);
        }
        return new Cursor(below, began);
    }

    private static ByteBuffer bytes(String text) {
        try {
            return ByteBuffer.wrap(Base64.getUrlDecoder().decode(text));
        } catch (IllegalArgumentException e) {
            return ByteBuffer.allocate(0);
        }
    }

    private static int crc(Record filter) {
        CRC32 crc = new CRC32();
        crc.update(filter.toString().getBytes(StandardCharsets.UTF_8));
        return (int) crc.getValue();
    }
}
