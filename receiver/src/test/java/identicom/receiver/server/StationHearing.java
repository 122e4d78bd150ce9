package identicom.receiver.server;

import static identicom.fuzzing.Invariants.same;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import java.net.InetSocketAddress;
import java.util.List;

/** One connection to one station, what came of it, and to the byte what it holds. */
final class StationHearing {
    private final UnpooledByteBufAllocator allocator = new UnpooledByteBufAllocator(false, true);
    private final NotingPublisher publisher;
    private final DuplexEmbeddedChannel channel;
    private final StringBuilder answered = new StringBuilder();

    StationHearing(Station station, NotingPublisher publisher, InetSocketAddress peer) {
        this.publisher = publisher;
        SessionRegistry registry = new SessionRegistry();
        StationDoor door = new StationDoor(station, registry);
        this.channel = new DuplexEmbeddedChannel(new ChannelInitializer<Channel>() {
            @Override
            protected void initChannel(Channel connection) {
                connection.config().setAllocator(allocator);
                door.accept(connection, peer, registry);
            }
        });
    }

    /** One piece, as long as the station has not closed. */
    void read(byte[] stream, int from, int to) {
        if (channel.isOpen()) {
            channel.writeInbound(allocator.heapBuffer(Math.max(1, to - from)).writeBytes(stream, from, to - from));
            channel.runPendingTasks();
        }
        answers();
    }

    /** The unit goes. */
    void end() {
        channel.close();
        channel.runPendingTasks();
        channel.checkException();
        answers();
        same(0L, allocator.metric().usedHeapMemory(), "bytes of heap buffers not released");
        same(0L, allocator.metric().usedDirectMemory(), "bytes of direct buffers not released");
    }

    private void answers() {
        for (ByteBuf out = channel.readOutbound(); out != null; out = channel.readOutbound()) {
            answered.append(ByteBufUtil.hexDump(out));
            out.release();
        }
    }

    /** In hex. */
    String answered() {
        return answered.toString();
    }

    List<Object> published() {
        return publisher.published;
    }
}
