package identicom.wire.fuzz;

import static identicom.fuzzing.Invariants.holds;
import static identicom.fuzzing.Invariants.same;

import identicom.wire.fault.FaultException;
import identicom.wire.frame.Direction;
import identicom.wire.frame.Frame;
import identicom.wire.frame.FrameReader;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.buffer.UnpooledByteBufAllocator;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One reader, what it made of a stream, and to the byte what it holds meanwhile. */
final class FrameHearing {
    private final UnpooledByteBufAllocator allocator = new UnpooledByteBufAllocator(false, true);
    /** Of each frame type, position, length and data. */
    private final ByteBuf frames = Unpooled.buffer(256);

    private final FrameReader reader;
    private final int mostHeld;
    private final Consumer<Frame> looked;
    private @Nullable FaultException fault;

    /** @param looked sees each frame before it is released */
    FrameHearing(Direction direction, Consumer<Frame> looked) {
        this.reader = new FrameReader(direction);
        this.mostHeld = direction.maxData();
        this.looked = looked;
    }

    void read(byte[] stream, int from, int to) {
        ByteBuf piece = Unpooled.wrappedBuffer(stream, from, to - from);
        try {
            reader.read(piece, allocator, this::frame);
            holds(fault != null || !piece.isReadable(), "bytes left unread");
        } catch (FaultException first) {
            same(null, fault, "a fault before this one");
            fault = first;
        }
        same(1, piece.refCnt(), "references to the piece");
        holds(held() <= (fault == null ? mostHeld : 0), "more held than a frame may have");
    }

    private void frame(Frame frame) {
        holds(fault == null, "a frame behind a fault");
        ByteBuf data = frame.content();
        int length = data.readableBytes();
        frames.writeByte(frame.type()).writeLong(frame.position()).writeInt(length);
        frames.writeBytes(data, data.readerIndex(), length);
        looked.accept(frame);
        frame.release();
    }

    void end() {
        reader.close();
        same(0L, held(), "bytes held in the end");
    }

    /** All frames, as bytes that are the same for the same ones. */
    ByteBuf frames() {
        return frames;
    }

    /** The fault in words, with its place; null: there was none. */
    @Nullable String fault() {
        return fault == null ? null : fault.getMessage();
    }

    private long held() {
        return allocator.metric().usedHeapMemory() + allocator.metric().usedDirectMemory();
    }
}
