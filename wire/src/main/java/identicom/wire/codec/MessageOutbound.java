package identicom.wire.codec;

import identicom.wire.message.Message;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandler.Sharable;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.MessageToByteEncoder;

/** Messages in, bytes out, in a Netty pipeline; for both directions. One serves every connection. */
@Sharable
public final class MessageOutbound extends MessageToByteEncoder<Message> {
    public MessageOutbound() {
        super(Message.class);
    }

    @Override
    protected ByteBuf allocateBuffer(ChannelHandlerContext ctx, Message message, boolean preferDirect) {
        int likely = MessageEncoder.dataLength(message) + 3;
        return preferDirect ? ctx.alloc().ioBuffer(likely) : ctx.alloc().heapBuffer(likely);
    }

    @Override
    protected void encode(ChannelHandlerContext ctx, Message message, ByteBuf out) {
        MessageEncoder.encode(message, out);
    }
}
