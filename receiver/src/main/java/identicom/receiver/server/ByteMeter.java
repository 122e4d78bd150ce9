package identicom.receiver.server;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import java.util.function.LongSupplier;

/** Counts the bytes of a connection, and knows when the last one came. Event loop only. */
final class ByteMeter extends ChannelDuplexHandler {
    private final LongSupplier nanoTime;
    private long in;
    private long out;
    private long lastNanos;

    ByteMeter(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
        this.lastNanos = nanoTime.getAsLong();
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        if (message instanceof ByteBuf bytes && bytes.isReadable()) {
            in += bytes.readableBytes();
            lastNanos = nanoTime.getAsLong();
        }
        ctx.fireChannelRead(message);
    }

    @Override
    public void write(ChannelHandlerContext ctx, Object message, ChannelPromise promise) {
        if (message instanceof ByteBuf bytes) {
            out += bytes.readableBytes();
        }
        ctx.write(message, promise);
    }

    long in() {
        return in;
    }

    long out() {
        return out;
    }

    /** By the clock it was given: when the last byte came, or the connection. */
    long lastNanos() {
        return lastNanos;
    }
}
