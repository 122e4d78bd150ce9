package identicom.receiver.server;

import identicom.receiver.metrics.ReceiverMetrics;
import identicom.receiver.metrics.ReceiverMetrics.ProxyFault;
import identicom.wire.fault.Fault;
import identicom.wire.fault.FaultException;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.ByteToMessageDecoder;
import io.netty.handler.codec.haproxy.HAProxyMessage;
import io.netty.handler.codec.haproxy.HAProxyMessageDecoder;
import java.net.InetSocketAddress;
import java.util.List;

/**
 * Stands before the frames of a trusted load balancer: takes the PROXY protocol version 2 header, and nothing else, off the
 * stream. Anything else there is a framing error, and so is a header of more than 536 bytes.
 *
 * <pre>
 *  0            12        13       14      16
 *  | signature  | ver/cmd | family | length | addresses and TLVs, length bytes |
 * </pre>
 *
 * <p>Event loop only.
 */
final class ProxyGate extends ByteToMessageDecoder {
    static final int MAX_HEADER = 536;
    private static final int FIXED = 16;
    private static final int LENGTH_AT = 14;
    private static final byte[] SIGNATURE = {0x0d, 0x0a, 0x0d, 0x0a, 0x00, 0x0d, 0x0a, 0x51, 0x55, 0x49, 0x54, 0x0a};

    private final Admission.Ticket ticket;
    private final ReceiverMetrics metrics;
    private boolean refused;

    ProxyGate(Admission.Ticket ticket, ReceiverMetrics metrics) {
        this.ticket = ticket;
        this.metrics = metrics;
    }

    /** Whether the bytes to be read begin with the whole signature of such a header. */
    static boolean beginsHeader(ByteBuf bytes) {
        return signatureBytes(bytes) == SIGNATURE.length;
    }

    /** How many of the bytes to be read are the signature's, from its start on. */
    private static int signatureBytes(ByteBuf bytes) {
        int most = Math.min(SIGNATURE.length, bytes.readableBytes());
        int from = bytes.readerIndex();
        int like = 0;
        while (like < most && bytes.getByte(from + like) == SIGNATURE[like]) {
            like++;
        }
        return like;
    }

    @Override
    protected void decode(ChannelHandlerContext ctx, ByteBuf in, List<Object> out) {
        if (refused) {
            in.skipBytes(in.readableBytes());
            return;
        }
        int like = signatureBytes(in);
        if (like < Math.min(SIGNATURE.length, in.readableBytes())) {
            refuse(ctx, in, ProxyFault.MISSING, like, "no PROXY header (expected: version 2)");
            return;
        }
        if (in.readableBytes() < FIXED) {
            return;
        }
        int length = FIXED + in.getUnsignedShort(in.readerIndex() + LENGTH_AT);
        if (length > MAX_HEADER) {
            refuse(
                    ctx,
                    in,
                    ProxyFault.MALFORMED,
                    LENGTH_AT,
                    "PROXY header of " + length + " bytes (expected: at most 536)");
            return;
        }
        if (in.readableBytes() >= length) {
            header(ctx, in, length);
        }
    }

    private void header(ChannelHandlerContext ctx, ByteBuf in, int length) {
        ByteBuf header = in.readRetainedSlice(length);
        HeaderOnly decoder = new HeaderOnly();
        try {
            HAProxyMessage message = decoder.read(ctx, header);
            try {
                if (message.sourceAddress() != null) {
                    ticket.comesFrom(new InetSocketAddress(message.sourceAddress(), message.sourcePort()));
                }
            } finally {
                message.release();
            }
        } catch (Exception malformed) {
            refuse(ctx, in, ProxyFault.MALFORMED, 0, "PROXY header (expected: a well-formed one)");
            return;
        } finally {
            header.release();
        }
        ctx.pipeline().remove(this); // hands on what stands behind the header
    }

    private void refuse(ChannelHandlerContext ctx, ByteBuf in, ProxyFault fault, long position, String found) {
        refused = true;
        in.skipBytes(in.readableBytes());
        metrics.proxyFault(fault);
        ctx.fireExceptionCaught(new FaultException(Fault.NO_FRAME_START, position, found));
    }

    /** The library's decoder, for one header that is all there. */
    private static final class HeaderOnly extends HAProxyMessageDecoder {
        HAProxyMessage read(ChannelHandlerContext ctx, ByteBuf header) throws Exception {
            List<Object> out = new java.util.ArrayList<>(1);
            decode(ctx, header, out);
            if (out.isEmpty()) {
                throw new IllegalArgumentException("no header");
            }
            return (HAProxyMessage) out.getFirst();
        }
    }
}
