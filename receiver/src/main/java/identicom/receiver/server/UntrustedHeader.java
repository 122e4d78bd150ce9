package identicom.receiver.server;

import identicom.receiver.metrics.ReceiverMetrics;
import identicom.receiver.metrics.ReceiverMetrics.ProxyFault;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;

/**
 * Stands before the frames of everybody who is no trusted load balancer, until their first bytes. A PROXY protocol version 2 header
 * there is a framing error, like any other wrong byte; it is counted besides by a name of its own, because mostly it is a balancer
 * that {@code receiver.trusted-proxies} leaves out. A header whose first twelve bytes come in pieces is the framing error only.
 *
 * <p>Event loop only.
 */
final class UntrustedHeader extends ChannelInboundHandlerAdapter {
    private final ReceiverMetrics metrics;

    UntrustedHeader(ReceiverMetrics metrics) {
        this.metrics = metrics;
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        if (message instanceof ByteBuf bytes && ProxyGate.beginsHeader(bytes)) {
            metrics.proxyFault(ProxyFault.UNTRUSTED);
        }
        ctx.pipeline().remove(this);
        ctx.fireChannelRead(message);
    }
}
