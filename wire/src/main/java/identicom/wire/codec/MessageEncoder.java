package identicom.wire.codec;

import identicom.wire.frame.ControlBytes;
import identicom.wire.message.Command;
import identicom.wire.message.CommandResult;
import identicom.wire.message.DeleteEventLog;
import identicom.wire.message.DeletePicture;
import identicom.wire.message.EventEntry;
import identicom.wire.message.EventLog;
import identicom.wire.message.EventLogDeleted;
import identicom.wire.message.Identification;
import identicom.wire.message.Identify;
import identicom.wire.message.ListPictures;
import identicom.wire.message.Message;
import identicom.wire.message.Octets;
import identicom.wire.message.PictureBlock;
import identicom.wire.message.PictureDeleted;
import identicom.wire.message.PictureEntry;
import identicom.wire.message.PictureError;
import identicom.wire.message.PictureList;
import identicom.wire.message.Probe;
import identicom.wire.message.ProbeReply;
import identicom.wire.message.ReadEventLog;
import identicom.wire.message.ReadPicture;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;

/** Messages of both directions to frames. Every message that was decoded comes out as the bytes it came from. */
public final class MessageEncoder {
    private static final int PUSHED = 0x8000;

    private MessageEncoder() {}

    /** Appends the frame of {@code message}, start to end. */
    public static void encode(Message message, ByteBuf out) {
        out.writeByte(ControlBytes.FRAME);
        out.writeByte(MessageType.of(message).code());
        int from = out.writerIndex();
        write(message, out);
        ControlBytes.stuff(out, from);
        out.writeByte(ControlBytes.FRAME);
    }

    /** The frame of {@code message}, start to end. */
    public static byte[] frame(Message message) {
        ByteBuf out = Unpooled.buffer(dataLength(message) + 3);
        encode(message, out);
        byte[] frame = new byte[out.readableBytes()];
        out.readBytes(frame);
        return frame;
    }

    /** The data of {@code message}, not stuffed, without type and frame. */
    public static byte[] data(Message message) {
        byte[] data = new byte[dataLength(message)];
        write(message, Unpooled.wrappedBuffer(data).clear());
        return data;
    }

    /** How many bytes of data {@code message} has, before stuffing. */
    public static int dataLength(Message message) {
        return switch (message) {
            case Probe m -> 0;
            case Identify m -> 0;
            case ListPictures m -> 0;
            case ProbeReply m -> 1;
            case DeletePicture m -> 2;
            case PictureDeleted m -> 2;
            case PictureError m -> 3;
            case ReadEventLog m -> 4;
            case DeleteEventLog m -> 4;
            case EventLogDeleted m -> 4;
            case ReadPicture m -> 8;
            case Identification m -> Identification.MAX_SERIAL + Identification.MAX_VERSION;
            case EventLog m -> 4 + EventEntry.BYTES * m.entries().size();
            case Command m -> 5 + m.arguments().size();
            case CommandResult m -> 5 + m.result().size();
            case PictureList m -> 1 + PictureEntry.BYTES * m.pictures().size();
            case PictureBlock m -> 6 + m.data().size();
        };
    }

    private static void write(Message message, ByteBuf out) {
        switch (message) {
            case Probe m -> {}
            case Identify m -> {}
            case ListPictures m -> {}
            case ProbeReply m -> out.writeByte(m.state().ordinal());
            case DeletePicture m -> out.writeShortLE(m.picture());
            case PictureDeleted m -> out.writeShortLE(m.picture());
            case PictureError m -> out.writeShortLE(m.picture()).writeByte(m.reason());
            case ReadEventLog m -> out.writeIntLE((int) m.after());
            case DeleteEventLog m -> out.writeIntLE((int) m.upTo());
            case EventLogDeleted m -> out.writeIntLE((int) m.upTo());
            case ReadPicture m ->
                out.writeShortLE(m.picture()).writeIntLE((int) m.offset()).writeShortLE(m.length());
            case Identification m -> {
                padded(m.serial(), Identification.MAX_SERIAL, out);
                padded(m.softwareVersion(), Identification.MAX_VERSION, out);
            }
            case EventLog m -> eventLog(m, out);
            case Command m ->
                octets(m.arguments(), out.writeIntLE((int) m.ticket()).writeByte(m.opcode()));
            case CommandResult m ->
                octets(m.result(), out.writeIntLE((int) m.ticket()).writeByte(m.status()));
            case PictureList m -> pictureList(m, out);
            case PictureBlock m ->
                octets(m.data(), out.writeShortLE(m.picture()).writeIntLE((int) m.offset()));
        }
    }

    private static void eventLog(EventLog log, ByteBuf out) {
        out.writeShortLE(log.remaining());
        out.writeShortLE(log.pushed() ? log.logId() | PUSHED : log.logId());
        for (EventEntry entry : log.entries()) {
            octets(entry.raw(), out);
        }
    }

    private static void pictureList(PictureList list, ByteBuf out) {
        out.writeByte(list.pictures().size());
        for (PictureEntry picture : list.pictures()) {
            out.writeShortLE(picture.picture())
                    .writeIntLE((int) picture.size())
                    .writeIntLE((int) picture.takenSeconds())
                    .writeIntLE((int) picture.crc32());
        }
    }

    private static void octets(Octets octets, ByteBuf out) {
        out.writeBytes(octets.asByteBuffer());
    }

    private static void padded(String text, int width, ByteBuf out) {
        out.writeCharSequence(text, StandardCharsets.US_ASCII);
        out.writeZero(width - text.length());
    }
}
