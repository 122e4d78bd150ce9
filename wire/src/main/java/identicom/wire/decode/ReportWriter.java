package identicom.wire.decode;

import identicom.wire.codec.MessageInbound;
import identicom.wire.codec.MessageType;
import identicom.wire.fault.Fault;
import identicom.wire.fault.FaultException;
import identicom.wire.frame.Direction;
import identicom.wire.frame.Frame;
import identicom.wire.frame.FrameReader;
import identicom.wire.message.Message;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.buffer.UnpooledByteBufAllocator;
import java.util.Optional;

/** Writes one report. A fault in a message does not end it, since the next frame's start is known; one in framing does. */
final class ReportWriter {
    private static final int BYTES_AROUND_FAULT = 12;

    private final byte[] bytes;
    private final Optional<Direction> direction;
    private final StringBuilder text = new StringBuilder();
    private int frames;
    private int faults;

    ReportWriter(byte[] bytes, Optional<Direction> direction) {
        this.bytes = bytes;
        this.direction = direction;
    }

    FrameReport report() {
        FrameReader reader = new FrameReader(type -> directionOf(type).maxData());
        ByteBuf in = Unpooled.wrappedBuffer(bytes);
        try {
            reader.read(in, UnpooledByteBufAllocator.DEFAULT, this::frame);
            if (reader.withinFrame()) {
                throw new FaultException(
                        Fault.CUT_OFF,
                        bytes.length,
                        "the bytes end in the frame that starts at byte " + reader.framePosition()
                                + " (expected: 1e at its end)");
            }
        } catch (FaultException fault) {
            fault(fault);
            unread(bytes.length - fault.position() - 1);
        } finally {
            reader.close();
        }
        text.append(count(bytes.length, "byte")).append(", ");
        text.append(count(frames, "frame")).append(", ");
        text.append(count(faults, "fault")).append('\n');
        return new FrameReport(text.toString(), faults);
    }

    private void frame(Frame frame) {
        frames++;
        try {
            Direction way = directionOf(frame.type());
            MessageType type = MessageType.ofCode(frame.type());
            text.append("byte ").append(frame.position()).append(": ").append(hex(frame.type()));
            text.append(' ').append(type == null ? "of no known type" : type.title());
            text.append(", ").append(type == null || type.direction() == way ? words(way) : "not " + words(way));
            text.append(", ")
                    .append(count(frame.content().readableBytes(), "byte"))
                    .append(" of data\n");
            Message message = MessageInbound.decode(frame, way);
            FieldText.lines(message)
                    .forEach(line -> text.append("  ").append(line).append('\n'));
        } catch (FaultException fault) {
            fault(fault);
        } finally {
            frame.release();
        }
    }

    private void fault(FaultException fault) {
        faults++;
        text.append("fault ")
                .append(fault.fault())
                .append(": ")
                .append(fault.getMessage())
                .append('\n');
        int at = (int) fault.position();
        int from = Math.max(0, at - BYTES_AROUND_FAULT);
        int to = Math.min(bytes.length, at + BYTES_AROUND_FAULT + 1);
        text.append("  ").append(from > 0 ? "… " : "  ");
        for (int i = from; i < to; i++) {
            text.append(hex(bytes[i] & 0xff)).append(' ');
        }
        text.append(to < bytes.length ? "…\n" : "\n");
        text.append(" ".repeat(4 + 3 * (at - from))).append("^^\n");
    }

    private void unread(long left) {
        if (left > 0) {
            text.append(count(left, "byte")).append(" after it not read: the connection ends at a fault in framing\n");
        }
    }

    private Direction directionOf(int code) {
        MessageType type = MessageType.ofCode(code);
        return direction.orElse(type == null ? Direction.FROM_UNIT : type.direction());
    }

    private static String words(Direction direction) {
        return switch (direction) {
            case FROM_UNIT -> "unit to station";
            case TO_UNIT -> "station to unit";
        };
    }

    private static String count(long number, String what) {
        return number + " " + what + (number == 1 ? "" : "s");
    }

    private static String hex(int b) {
        return Integer.toHexString(0x100 | b).substring(1);
    }
}
