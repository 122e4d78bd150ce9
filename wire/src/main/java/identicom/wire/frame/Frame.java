package identicom.wire.frame;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.DefaultByteBufHolder;

/** One frame: its type and its unstuffed data, and where in the stream it began. Whoever has it last releases it. */
public final class Frame extends DefaultByteBufHolder {
    private final int type;
    private final long position;

    /**
     * @param type u8
     * @param data unstuffed; passes into the frame's ownership
     * @param position of the frame's start byte in the stream
     */
    public Frame(int type, ByteBuf data, long position) {
        super(data);
        this.type = type;
        this.position = position;
    }

    /** u8: the message type. */
    public int type() {
        return type;
    }

    /** The frame's start byte, counted from the stream's first byte, 0. */
    public long position() {
        return position;
    }

    /**
     * Where in the stream the data byte {@code offset} began. Every control byte in data took two bytes, so the data itself
     * says so. The offset just past the data is the frame's end byte.
     */
    public long positionOf(int offset) {
        ByteBuf data = content();
        long stuffed = position + 2 + offset;
        int end = data.readerIndex() + offset;
        for (int at = next(data, data.readerIndex(), end); at >= 0; at = next(data, at + 1, end)) {
            stuffed++;
        }
        return stuffed;
    }

    private static int next(ByteBuf data, int from, int end) {
        return ControlBytes.indexIn(data, from, end);
    }

    @Override
    public Frame replace(ByteBuf content) {
        return new Frame(type, content, position);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Frame that
                && type == that.type
                && position == that.position
                && content().equals(that.content());
    }

    @Override
    public int hashCode() {
        return 31 * type + content().hashCode();
    }

    @Override
    public String toString() {
        return "Frame[type=" + Integer.toHexString(type) + ", position=" + position + "]";
    }
}
