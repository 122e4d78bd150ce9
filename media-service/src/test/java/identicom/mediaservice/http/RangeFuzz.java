package identicom.mediaservice.http;

import static identicom.fuzzing.Invariants.holds;
import static identicom.fuzzing.Invariants.same;

import identicom.fuzzing.FuzzTarget;
import identicom.runtime.http.Problem;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Any {@code Range}: a part that lies within the content, the whole, or 416. And any beginning of a content: its kind.
 *
 * <pre>
 *   | size of the content, u16 | header … |
 * </pre>
 */
final class RangeFuzz implements FuzzTarget {
    private static final int HEAD = 2;

    @Override
    public void run(byte[] input) {
        if (input.length < HEAD) {
            return;
        }
        long size = (input[0] & 0xff) << 8 | (input[1] & 0xff);
        byte[] header = Arrays.copyOfRange(input, HEAD, input.length);
        try {
            ByteRange.parse(new String(header, StandardCharsets.ISO_8859_1), size)
                    .ifPresent(part -> holds(
                            part.first() >= 0 && part.first() <= part.last() && part.last() < size,
                            "a part beside the content: " + part + " of " + size));
        } catch (Problem problem) {
            same(416, problem.status(), "status");
        }
        ContentKind kind = ContentKind.of(header);
        holds(kind != ContentKind.JPEG || (header[0] & 0xff) == 0xff, "a JPEG that begins otherwise");
        holds(kind != ContentKind.PNG || header[1] == 'P', "a PNG that begins otherwise");
    }

    @Override
    public long mostAllocated(int length) {
        return 16_384 + 100L * length;
    }
}
