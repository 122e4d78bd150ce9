package identicom.wire.codec;

import identicom.wire.fault.Fault;
import identicom.wire.fault.FaultException;
import identicom.wire.frame.Direction;
import identicom.wire.frame.Frame;
import identicom.wire.message.Octets;
import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import java.util.function.IntPredicate;

/** A frame's data, read field by field from its start. Its length was checked against its type before. */
final class Fields {
    private final Frame frame;
    private final ByteBuf data;
    private final int begin;

    private Fields(Frame frame) {
        this.frame = frame;
        this.data = frame.content();
        this.begin = data.readerIndex();
    }

    /** The type of {@code frame}: in the table, of this direction, and with data that fits it. */
    static MessageType check(Frame frame, Direction direction) throws FaultException {
        MessageType type = MessageType.ofCode(frame.type());
        if (type == null) {
            throw new FaultException(Fault.UNKNOWN_TYPE, frame.position() + 1, "type " + hex(frame.type()));
        }
        if (type.direction() != direction) {
            throw new FaultException(
                    Fault.WRONG_DIRECTION, frame.position() + 1, "type " + hex(frame.type()) + ", " + type.title());
        }
        int length = frame.content().readableBytes();
        if (!type.fits(length)) {
            throw new FaultException(
                    Fault.WRONG_LENGTH,
                    frame.positionOf(type.fitting(length)),
                    type.title() + " of " + length + " bytes (expected: " + type.lengths() + ")");
        }
        return type;
    }

    static Fields of(Frame frame) {
        return new Fields(frame);
    }

    int u8() {
        return data.readUnsignedByte();
    }

    int u16() {
        return data.readUnsignedShortLE();
    }

    long u32() {
        return data.readUnsignedIntLE();
    }

    Octets octets(int length) {
        byte[] bytes = new byte[length];
        data.readBytes(bytes);
        return Octets.owning(bytes);
    }

    /** All that is left. */
    Octets rest() {
        return octets(data.readableBytes());
    }

    int left() {
        return data.readableBytes();
    }

    /** Text of up to {@code width} characters, padded on the right with 00. */
    String padded(int width, int least, IntPredicate allowed, Fault fault) throws FaultException {
        int from = data.readerIndex();
        int length = 0;
        while (length < width && data.getByte(from + length) != 0) {
            int c = data.getUnsignedByte(from + length);
            if (!allowed.test(c)) {
                throw at(fault, offset() + length, "character " + hex(c));
            }
            length++;
        }
        if (length < least) {
            throw at(fault, offset(), "nothing (expected: at least " + least + " character)");
        }
        for (int i = length; i < width; i++) {
            if (data.getByte(from + i) != 0) {
                throw at(fault, offset() + i, "character behind the padding");
            }
        }
        data.skipBytes(width);
        return data.toString(from, length, StandardCharsets.US_ASCII);
    }

    /** Where in the data the next field begins. */
    int offset() {
        return data.readerIndex() - begin;
    }

    /** A fault at the data byte {@code offset}; nothing is read after it. */
    FaultException at(Fault fault, int offset, String found) {
        data.readerIndex(begin);
        return new FaultException(fault, frame.positionOf(offset), found);
    }

    static String hex(int b) {
        return Integer.toHexString(0x100 | b).substring(1);
    }
}
