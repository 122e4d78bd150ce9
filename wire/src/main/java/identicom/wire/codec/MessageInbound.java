package identicom.wire.codec;

import identicom.wire.fault.FaultException;
import identicom.wire.frame.Direction;
import identicom.wire.frame.Frame;
import identicom.wire.message.Message;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;

/**
 * Frames in, messages out, behind a {@code FrameDecoder} in a Netty pipeline: {@code FromUnit} at a station, {@code ToUnit}
 * at a unit. A fault goes on once, as {@code exceptionCaught} with a {@link FaultException}; every frame after it is
 * dropped. Releases the frames; messages need no release.
 *
 * <p>Event loop only.
 */
public final class MessageInbound extends ChannelInboundHandlerAdapter {
    private final Direction direction;
    private boolean faulty;

    public MessageInbound(Direction direction) {
        this.direction = direction;
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        if (!(message instanceof Frame frame)) {
            ctx.fireChannelRead(message);
            return;
        }
        Message decoded;
        try {
            if (faulty) {
                return;
            }
            decoded = decode(frame, direction);
        } catch (FaultException fault) {
            faulty = true;
            ctx.fireExceptionCaught(fault);
            return;
        } finally {
            frame.release();
        }
        ctx.fireChannelRead(decoded);
    }

    /** A fault in the framing behind a faulty message is news to nobody. */
    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        boolean known = faulty && cause instanceof FaultException;
        faulty |= cause instanceof FaultException;
        if (!known) {
            ctx.fireExceptionCaught(cause);
        }
    }

    /** The message in {@code frame}, which stays the caller's. */
    public static Message decode(Frame frame, Direction direction) throws FaultException {
        return switch (direction) {
            case FROM_UNIT -> FromUnitDecoder.decode(frame);
            case TO_UNIT -> ToUnitDecoder.decode(frame);
        };
    }
}
