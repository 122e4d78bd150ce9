package identicom.wire.frame;

import io.netty.buffer.ByteBuf;

/** The two bytes that mean something to the framing, and how they are hidden in data. */
public final class ControlBytes {
    /** Starts a frame and ends it. */
    public static final byte FRAME = 0x1e;

    /** Stands before a control byte that is data. */
    public static final byte ESCAPE = 0x1d;

    /** Added to a control byte that is data. */
    public static final int OFFSET = 0x40;

    private static final long EACH_FRAME = 0x1e1e1e1e1e1e1e1eL;
    private static final long EACH_ESCAPE = 0x1d1d1d1d1d1d1d1dL;
    private static final long LOW_BITS = 0x0101010101010101L;
    private static final long HIGH_BITS = 0x8080808080808080L;

    private ControlBytes() {}

    /** Whether {@code b} must be escaped in data. */
    public static boolean isControl(int b) {
        return b == FRAME || b == ESCAPE;
    }

    /** Index of the first control byte in {@code [from, to)}, or -1. Looks at eight bytes at a time. */
    public static int indexIn(ByteBuf buffer, int from, int to) {
        int index = from;
        for (; index <= to - Long.BYTES; index += Long.BYTES) {
            long word = buffer.getLongLE(index);
            long found = zeroBytes(word ^ EACH_FRAME) | zeroBytes(word ^ EACH_ESCAPE);
            if (found != 0) {
                return index + (Long.numberOfTrailingZeros(found) >>> 3);
            }
        }
        for (; index < to; index++) {
            if (isControl(buffer.getByte(index))) {
                return index;
            }
        }
        return -1;
    }

    /** Escapes, in place, the control bytes of what was written to {@code out} from index {@code from} on. */
    public static void stuff(ByteBuf out, int from) {
        int end = out.writerIndex();
        int first = indexIn(out, from, end);
        if (first < 0) {
            return;
        }
        int controls = 0;
        for (int at = first; at >= 0; at = indexIn(out, at + 1, end)) {
            controls++;
        }
        out.writeZero(controls);
        int to = out.writerIndex();
        for (int at = end - 1; at >= first; at--) {
            int b = out.getByte(at);
            if (isControl(b)) {
                out.setByte(--to, b + OFFSET);
                out.setByte(--to, ESCAPE);
            } else {
                out.setByte(--to, b);
            }
        }
    }

    /** The high bit of each zero byte, exact up to the lowest one; above it there may be more. */
    private static long zeroBytes(long word) {
        return (word - LOW_BITS) & ~word & HIGH_BITS;
    }
}
