package identicom.wire.frame;

import identicom.wire.fault.Fault;
import identicom.wire.fault.FaultException;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;
import java.util.function.IntUnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Takes a stream of bytes, in pieces of any size, apart into frames (docs/protocol.md, section 1).
 *
 * <pre>
 *   1e   1e …   type   data, stuffed                 1e
 *   |    |      |      |                             |
 *   |    fill   u8     1e → 1d 5e, 1d → 1d 5d        end
 *   start
 * </pre>
 *
 * <p>Reads each byte once. A frame that lies whole in one piece and has nothing stuffed is handed on as a retained slice;
 * any other is gathered in a buffer of its own, which can never grow past the direction's limit: the byte that would pass
 * it is a fault before it is kept. (A frame in several pieces is copied rather than composed, so that a peer who sends
 * single bytes cannot make the station keep a receive buffer for each.)
 *
 * <p>One connection's, one thread's. After a fault, and after {@link #close}, it takes nothing more.
 */
public final class FrameReader {
    /** Where frames go. The receiver of a frame owns it and releases it. */
    @FunctionalInterface
    public interface Sink {
        void frame(Frame frame);
    }

    private enum State {
        START,
        TYPE,
        DATA,
        ESCAPED,
        CLOSED
    }

    private static final int LEAST_CAPACITY = 64;

    private final IntUnaryOperator limitOfType;

    private State state = State.START;
    /** Stream position of index 0 of the piece being read. */
    private long origin;
    /** Bytes of the stream in the pieces before. */
    private long consumed;

    private long framePosition;
    private int type;
    private int limit;
    private @Nullable ByteBuf gathered;

    public FrameReader(Direction direction) {
        this(type -> direction.maxData());
    }

    /** A reader for bytes whose direction shows only by each frame's type. */
    public FrameReader(IntUnaryOperator limitOfType) {
        this.limitOfType = limitOfType;
    }

    /**
     * Reads {@code in} to its end and hands on each frame that ends in it. Does not release {@code in}.
     *
     * @throws FaultException at the first byte that breaks the framing; what was gathered is released
     */
    public void read(ByteBuf in, ByteBufAllocator allocator, Sink sink) throws FaultException {
        int begin = in.readerIndex();
        origin = consumed - begin;
        try {
            while (in.isReadable() && state != State.CLOSED) {
                switch (state) {
                    case START -> start(in);
                    case TYPE -> type(in);
                    case DATA -> data(in, allocator, sink);
                    case ESCAPED -> escaped(in, allocator);
                    case CLOSED -> {}
                }
            }
        } catch (FaultException fault) {
            close();
            throw fault;
        }
        consumed = origin + in.readerIndex();
    }

    /** Whether the last byte read stands within a frame that has not ended. */
    public boolean withinFrame() {
        return state == State.TYPE || state == State.DATA || state == State.ESCAPED;
    }

    /** The start byte of the frame that the reader stands in, or of the last one, in the stream. */
    public long framePosition() {
        return framePosition;
    }

    /** How many bytes of the stream were read. */
    public long consumed() {
        return consumed;
    }

    /** Releases what was gathered; whatever comes now is not read. */
    public void close() {
        state = State.CLOSED;
        ByteBuf held = gathered;
        gathered = null;
        if (held != null) {
            held.release();
        }
    }

    private void start(ByteBuf in) throws FaultException {
        int at = in.readerIndex();
        int b = in.readUnsignedByte();
        if (b != ControlBytes.FRAME) {
            throw fault(Fault.NO_FRAME_START, at, "byte " + hex(b) + " (expected: 1e)");
        }
        framePosition = origin + at;
        state = State.TYPE;
    }

    private void type(ByteBuf in) throws FaultException {
        int at = in.readerIndex();
        int b = in.readUnsignedByte();
        if (b == ControlBytes.FRAME) {
            framePosition = origin + at; // line fill: the frame starts here
            return;
        }
        if (b == ControlBytes.ESCAPE) {
            throw fault(Fault.CONTROL_AS_TYPE, at, "byte 1d (expected: a type)");
        }
        type = b;
        limit = limitOfType.applyAsInt(b);
        state = State.DATA;
    }

    private void data(ByteBuf in, ByteBufAllocator allocator, Sink sink) throws FaultException {
        int from = in.readerIndex();
        int room = limit - gatheredBytes();
        int window = Math.min(in.readableBytes(), room + 1);
        int control = ControlBytes.indexIn(in, from, from + window);
        int run = control < 0 ? window : control - from;
        boolean end = control >= 0 && in.getByte(control) == ControlBytes.FRAME;
        if (run > room || (run == room && control >= 0 && !end)) {
            throw fault(Fault.FRAME_TOO_LONG, from + room, "data goes on (expected: at most " + limit + " bytes)");
        }
        if (end) {
            ByteBuf content = content(in, run, allocator);
            in.skipBytes(1);
            state = State.START;
            sink.frame(new Frame(type, content, framePosition));
            return;
        }
        gather(in, run, allocator);
        if (control >= 0) {
            in.skipBytes(1);
            state = State.ESCAPED;
        }
    }

    private void escaped(ByteBuf in, ByteBufAllocator allocator) throws FaultException {
        int at = in.readerIndex();
        int original = in.readUnsignedByte() - ControlBytes.OFFSET;
        if (!ControlBytes.isControl(original)) {
            String found = "1d " + hex(original + ControlBytes.OFFSET) + " (expected: 1d 5d or 1d 5e)";
            throw fault(Fault.BAD_ESCAPE, at, found);
        }
        buffer(in, 1, allocator).writeByte(original);
        state = State.DATA;
    }

    /** The data that ends after {@code run} more bytes of {@code in}. */
    private ByteBuf content(ByteBuf in, int run, ByteBufAllocator allocator) {
        if (gathered == null) {
            return run == 0 ? Unpooled.EMPTY_BUFFER : in.readRetainedSlice(run);
        }
        gather(in, run, allocator);
        ByteBuf whole = gathered;
        gathered = null;
        return whole;
    }

    private void gather(ByteBuf in, int run, ByteBufAllocator allocator) {
        if (run > 0) {
            buffer(in, run, allocator).writeBytes(in, run);
        }
    }

    private ByteBuf buffer(ByteBuf in, int needed, ByteBufAllocator allocator) {
        ByteBuf buffer = gathered;
        if (buffer == null) {
            int likely = Math.max(LEAST_CAPACITY, Math.max(needed, in.readableBytes()));
            buffer = allocator.buffer(Math.min(limit, likely), limit);
            gathered = buffer;
        }
        return buffer;
    }

    private int gatheredBytes() {
        return gathered == null ? 0 : gathered.readableBytes();
    }

    private FaultException fault(Fault fault, int index, String found) {
        return new FaultException(fault, origin + index, found);
    }

    private static String hex(int b) {
        return Integer.toHexString(0x100 | (b & 0xff)).substring(1);
    }
}
