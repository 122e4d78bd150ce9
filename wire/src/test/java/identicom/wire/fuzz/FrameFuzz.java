package identicom.wire.fuzz;

import static identicom.fuzzing.Invariants.holds;
import static identicom.fuzzing.Invariants.same;

import identicom.fuzzing.FuzzTarget;
import identicom.wire.codec.MessageEncoder;
import identicom.wire.codec.MessageInbound;
import identicom.wire.fault.FaultException;
import identicom.wire.frame.Direction;
import identicom.wire.frame.Frame;
import identicom.wire.message.Message;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.Arrays;

/**
 * Any stream, in one piece and in many: the same frames and the same fault at the same byte, nothing kept but the frame that has not
 * ended, nothing at all in the end; and each frame's message, if it has one, encodes to the very bytes it came from.
 *
 * <pre>
 *   | direction, lowest bit | how it is cut, u8 | the stream … |
 * </pre>
 */
final class FrameFuzz implements FuzzTarget {
    private static final int HEAD = 2;

    @Override
    public void run(byte[] input) {
        if (input.length < HEAD) {
            return;
        }
        Direction direction = (input[0] & 1) == 0 ? Direction.FROM_UNIT : Direction.TO_UNIT;
        byte[] stream = Arrays.copyOfRange(input, HEAD, input.length);
        FrameHearing whole = new FrameHearing(direction, frame -> itsMessageComesBack(frame, direction, stream));
        whole.read(stream, 0, stream.length);
        FrameHearing pieces = new FrameHearing(direction, frame -> {});
        int random = input[1];
        for (int from = 0; from < stream.length; ) {
            random = random * 1_103_515_245 + 12_345;
            int to = Math.min(stream.length, from + 1 + (random >>> 16) % (1 + (input[1] & 0x7f)));
            pieces.read(stream, from, to);
            from = to;
        }
        whole.end();
        pieces.end();
        same(whole.fault(), pieces.fault(), "fault in pieces");
        holds(whole.frames().equals(pieces.frames()), "other frames in pieces");
    }

    private static void itsMessageComesBack(Frame frame, Direction direction, byte[] stream) {
        int length = frame.content().readableBytes();
        int from = (int) frame.position();
        int to = (int) frame.positionOf(length) + 1;
        Message message;
        try {
            message = MessageInbound.decode(frame, direction);
        } catch (FaultException fault) {
            holds(fault.position() > from && fault.position() < to, "a fault of a frame beside it");
            same(length, frame.content().readableBytes(), "data read of a frame that is refused");
            return;
        }
        ByteBuf again = Unpooled.buffer(length + 16);
        MessageEncoder.encode(message, again);
        holds(
                Arrays.equals(stream, from, to, again.array(), 0, again.readableBytes()),
                "encoded to other bytes than it came from");
    }

    @Override
    public long mostAllocated(int length) {
        return 8_192 + 1_000L * length;
    }
}
