package identicom.receiver.simulation;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.AbstractChannel;
import io.netty.channel.ChannelConfig;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelMetadata;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.ChannelPromise;
import io.netty.channel.DefaultChannelConfig;
import io.netty.channel.EventLoop;
import io.netty.channel.socket.DuplexChannel;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.ArrayDeque;
import java.util.Queue;

/** The station's end of a {@link Line}, as a socket is: it reads when it is asked to, can be half-closed, reset and closed. */
final class SimulatedChannel extends AbstractChannel implements DuplexChannel {
    private static final ChannelMetadata METADATA = new ChannelMetadata(false);
    private static final byte[] END = {};

    private final ChannelConfig config = new DefaultChannelConfig(this);
    private final Line line;
    private final InetSocketAddress peer;
    private final Queue<byte[]> arrived = new ArrayDeque<>();
    private boolean open = true;
    private boolean outputShut;
    private boolean wanted;
    private boolean delivering;

    SimulatedChannel(Line line, InetSocketAddress peer, ByteBufAllocator allocator) {
        super(null);
        this.line = line;
        this.peer = peer;
        config.setAllocator(allocator);
    }

    /** Bytes have arrived. On the loop. */
    void arrive(byte[] bytes) {
        arrived.add(bytes);
        deliver();
    }

    /** The unit has ended its direction. On the loop. */
    void arriveEnd() {
        arrive(END);
    }

    /** The connection was reset. On the loop. */
    void reset() {
        if (open) {
            pipeline().fireExceptionCaught(new IOException("connection reset"));
            close();
        }
    }

    private void deliver() {
        if (delivering) {
            return;
        }
        delivering = true;
        while (open && wanted && !arrived.isEmpty()) {
            wanted = false;
            byte[] bytes = arrived.remove();
            if (bytes == END) {
                close();
            } else {
                ByteBuf in = alloc().heapBuffer(Math.max(1, bytes.length)).writeBytes(bytes);
                pipeline().fireChannelRead(in);
                pipeline().fireChannelReadComplete();
            }
        }
        delivering = false;
    }

    @Override
    protected void doBeginRead() {
        wanted = true;
        if (!arrived.isEmpty() && !delivering) {
            eventLoop().execute(this::deliver);
        }
    }

    @Override
    protected void doWrite(ChannelOutboundBuffer out) {
        for (Object message = out.current(); message != null; message = out.current()) {
            ByteBuf buffer = (ByteBuf) message;
            byte[] bytes = new byte[buffer.readableBytes()];
            buffer.readBytes(bytes);
            line.fromStation(bytes);
            out.remove();
        }
    }

    @Override
    protected void doShutdownOutput() {
        outputShut = true;
        line.stationEnds();
    }

    @Override
    protected void doClose() {
        if (open) {
            open = false;
            arrived.clear();
            line.stationCloses();
        }
    }

    @Override
    protected void doDisconnect() {
        doClose();
    }

    @Override
    protected void doBind(SocketAddress localAddress) {
        throw new UnsupportedOperationException("a line is never bound");
    }

    @Override
    protected AbstractUnsafe newUnsafe() {
        return new AbstractUnsafe() {
            @Override
            public void connect(SocketAddress remote, SocketAddress local, ChannelPromise promise) {
                throw new UnsupportedOperationException("units dial, stations do not");
            }
        };
    }

    @Override
    protected boolean isCompatible(EventLoop loop) {
        return loop instanceof SimulatedLoop;
    }

    @Override
    protected SocketAddress localAddress0() {
        return peer;
    }

    @Override
    protected SocketAddress remoteAddress0() {
        return peer;
    }

    @Override
    public ChannelConfig config() {
        return config;
    }

    @Override
    public ChannelMetadata metadata() {
        return METADATA;
    }

    @Override
    public boolean isOpen() {
        return open;
    }

    @Override
    public boolean isActive() {
        return open;
    }

    @Override
    public boolean isInputShutdown() {
        return !open;
    }

    @Override
    public ChannelFuture shutdownInput() {
        return newSucceededFuture();
    }

    @Override
    public ChannelFuture shutdownInput(ChannelPromise promise) {
        return promise.setSuccess();
    }

    @Override
    public boolean isOutputShutdown() {
        return outputShut;
    }

    @Override
    public ChannelFuture shutdownOutput() {
        return shutdownOutput(newPromise());
    }

    @Override
    public ChannelFuture shutdownOutput(ChannelPromise promise) {
        ((AbstractUnsafe) unsafe()).shutdownOutput(promise);
        return promise;
    }

    @Override
    public boolean isShutdown() {
        return outputShut && !open;
    }

    @Override
    public ChannelFuture shutdown() {
        return shutdownOutput();
    }

    @Override
    public ChannelFuture shutdown(ChannelPromise promise) {
        return shutdownOutput(promise);
    }
}
