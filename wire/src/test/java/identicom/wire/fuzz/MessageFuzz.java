package identicom.wire.fuzz;

import static identicom.fuzzing.Invariants.holds;
import static identicom.fuzzing.Invariants.same;

import identicom.fuzzing.FuzzTarget;
import identicom.wire.codec.Instructions;
import identicom.wire.codec.MessageEncoder;
import identicom.wire.codec.MessageInbound;
import identicom.wire.codec.MessageType;
import identicom.wire.fault.FaultException;
import identicom.wire.frame.Direction;
import identicom.wire.frame.Frame;
import identicom.wire.message.Command;
import identicom.wire.message.Message;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.Arrays;

/**
 * Each message decoder, both ways: a frame of any type with any data is a message or a named fault within the frame; a message encodes
 * to its data and decodes to itself; a command's instruction, where it has one, makes the same command again.
 *
 * <pre>
 *   | type, u8 | data … |
 * </pre>
 */
final class MessageFuzz implements FuzzTarget {
    private static final long PLACE = 1_000;

    @Override
    public void run(byte[] input) {
        if (input.length == 0) {
            return;
        }
        int type = input[0] & 0xff;
        byte[] data = Arrays.copyOfRange(input, 1, input.length);
        for (Direction direction : Direction.values()) {
            decode(type, data, direction);
        }
    }

    private static void decode(int type, byte[] data, Direction direction) {
        ByteBuf content = Unpooled.wrappedBuffer(data);
        Frame frame = new Frame(type, content, PLACE);
        try {
            Message message = MessageInbound.decode(frame, direction);
            holds(MessageType.of(message).code() == type, "a message of another type");
            holds(MessageType.of(message).direction() == direction, "a message of the other direction");
            same(MessageEncoder.dataLength(message), data.length, "length");
            holds(Arrays.equals(data, MessageEncoder.data(message)), "encoded to other data than it came from");
            same(message, again(message, direction), "decoded, encoded and decoded");
            if (message instanceof Command command) {
                itsInstructionComesBack(command);
            }
        } catch (FaultException fault) {
            long end = frame.positionOf(data.length);
            holds(fault.position() > PLACE && fault.position() <= end, "a fault beside the frame");
        }
        same(1, content.refCnt(), "references to the frame's data");
        content.release();
    }

    private static Message again(Message message, Direction direction) throws FaultException {
        ByteBuf data = Unpooled.wrappedBuffer(MessageEncoder.data(message));
        return MessageInbound.decode(new Frame(MessageType.of(message).code(), data, PLACE), direction);
    }

    private static void itsInstructionComesBack(Command command) {
        if (Instructions.read(command) instanceof Instructions.Reading.Understood understood) {
            same(
                    command,
                    Instructions.command(command.ticket(), understood.instruction()),
                    "the instruction's command");
        }
    }

    @Override
    public long mostAllocated(int length) {
        return 8_192 + 40L * length;
    }
}
