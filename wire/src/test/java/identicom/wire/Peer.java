package identicom.wire;

import static org.assertj.core.api.Assertions.assertThat;

import identicom.wire.codec.MessageInbound;
import identicom.wire.codec.MessageOutbound;
import identicom.wire.fault.FaultException;
import identicom.wire.frame.Direction;
import identicom.wire.frame.FrameDecoder;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.embedded.EmbeddedChannel;
import java.util.ArrayList;
import java.util.List;

/** The real pipeline, fed with raw bytes in any pieces; knows to the byte what it still holds. */
public final class Peer implements AutoCloseable {
    private final UnpooledByteBufAllocator allocator = new UnpooledByteBufAllocator(false);
    private final List<Object> received = new ArrayList<>();
    private final List<Throwable> causes = new ArrayList<>();
    private final EmbeddedChannel channel = new EmbeddedChannel();

    public Peer(Direction direction) {
        channel.config().setAllocator(allocator);
        channel.pipeline()
                .addLast(
                        new FrameDecoder(direction),
                        new MessageInbound(direction),
                        new MessageOutbound(),
                        new ChannelInboundHandlerAdapter() {
                            @Override
                            public void channelRead(ChannelHandlerContext ctx, Object message) {
                                received.add(message);
                            }

                            @Override
                            public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
                                causes.add(cause);
                            }
                        });
    }

    /** One piece as it might come from the network. */
    public Peer read(byte[] bytes, int from, int to) {
        ByteBuf piece = allocator.buffer(to - from);
        piece.writeBytes(bytes, from, to - from);
        channel.writeInbound(piece);
        return this;
    }

    public Peer read(byte[] bytes) {
        return read(bytes, 0, bytes.length);
    }

    public Peer readInPieces(byte[] bytes, int size) {
        for (int from = 0; from < bytes.length; from += size) {
            read(bytes, from, Math.min(bytes.length, from + size));
        }
        return this;
    }

    /** Messages, in order. */
    public List<Object> received() {
        return received;
    }

    /** Faults, in order; anything else that was thrown fails here. */
    public List<FaultException> faults() {
        return causes.stream().map(FaultException.class::cast).toList();
    }

    public EmbeddedChannel channel() {
        return channel;
    }

    /** Bytes of buffers that are not released. */
    public long held() {
        return allocator.metric().usedHeapMemory() + allocator.metric().usedDirectMemory();
    }

    /** Closes the connection and returns what was decoded, as a vector's lines. */
    public List<String> end() {
        close();
        List<String> lines = new ArrayList<>();
        received.forEach(message -> lines.add("-> " + message));
        faults().forEach(fault -> lines.add("!! " + fault.fault() + " at byte " + fault.position()));
        return lines;
    }

    /** Whatever happened before: nothing is left in memory. */
    @Override
    public void close() {
        channel.finishAndReleaseAll();
        assertThat(held()).as("bytes not released").isZero();
    }
}
