package identicom.wire.frame;

import identicom.wire.fault.FaultException;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;

/**
 * Puts a {@link FrameReader} into a Netty pipeline: bytes in, {@link Frame}s out. A fault goes on once, as {@code
 * exceptionCaught} with a {@link FaultException}; every byte after it is dropped unread. A connection that closes within a
 * frame is no fault: units drop out at any moment.
 *
 * <p>Event loop only.
 */
public final class FrameDecoder extends ChannelInboundHandlerAdapter {
    private final FrameReader reader;
    private boolean handedOn;

    public FrameDecoder(Direction direction) {
        this.reader = new FrameReader(direction);
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        if (!(message instanceof ByteBuf in)) {
            ctx.fireChannelRead(message);
            return;
        }
        try {
            reader.read(in, ctx.alloc(), frame -> {
                handedOn = true;
                ctx.fireChannelRead(frame);
            });
        } catch (FaultException fault) {
            ctx.fireExceptionCaught(fault);
        } finally {
            in.release();
        }
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext ctx) {
        boolean nothing = !handedOn;
        handedOn = false;
        ctx.fireChannelReadComplete();
        if (nothing && !ctx.channel().config().isAutoRead()) {
            ctx.read(); // whoever asked for a message has none yet
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        reader.close();
        ctx.fireChannelInactive();
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext ctx) {
        reader.close();
    }
}
