package identicom.receiver.server;

import com.sun.management.UnixOperatingSystemMXBean;
import identicom.receiver.session.Input;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.AdaptiveRecvByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.ServerChannel;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.InetSocketAddress;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Listens for units; each connection goes through the {@link Entrance}. */
public final class UnitsServer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(UnitsServer.class);
    private static final int MOST_CONNECTIONS = 50_000;
    /** Bytes taken from a socket at a time: some of the longest frames, so that a session which is no longer to be read from stops soon. */
    static final int MOST_READ = 4_096;

    private static final int LEAST_READ = 256;
    private static final int FIRST_READ = 1_024;
    private static final int SPARE_DESCRIPTORS = 1_000;
    private static final int BACKLOG = 16_384;
    private static final long LOOK_MS = 50;

    private final Station station;
    private final SessionRegistry registry;
    private final EventLoopGroup acceptors;
    private final EventLoopGroup loops;
    private final Ending ending = new Ending();
    private final Entrance entrance;
    private @Nullable Channel listener;

    public UnitsServer(Station station, SessionRegistry registry) {
        this.station = station;
        this.registry = registry;
        ServerSettings settings = station.settings();
        Admission admission = new Admission(
                connections(settings.maxConnections()), settings.unidentifiedPercent(), station.metrics());
        this.entrance = new Entrance(station, registry, admission, ending);
        this.acceptors = new MultiThreadIoEventLoopGroup(1, new DefaultThreadFactory("units-accept"), io());
        this.loops = new MultiThreadIoEventLoopGroup(settings.threads(), new DefaultThreadFactory("units"), io());
        station.metrics().connections(admission::open);
        station.metrics().sessions(registry::servedCount);
    }

    private static IoHandlerFactory io() {
        return Epoll.isAvailable() ? EpollIoHandler.newFactory() : NioIoHandler.newFactory();
    }

    private static Class<? extends ServerChannel> channelType() {
        return Epoll.isAvailable() ? EpollServerSocketChannel.class : NioServerSocketChannel.class;
    }

    static int connections(int configured) {
        if (configured > 0) {
            return configured;
        }
        long descriptors = ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean unix
                ? unix.getMaxFileDescriptorCount()
                : Long.MAX_VALUE;
        return Math.clamp(descriptors - SPARE_DESCRIPTORS, 100, MOST_CONNECTIONS);
    }

    /** @throws IOException the port cannot be had */
    public void start() throws IOException {
        station.state().onChange(registry::stateChanged);
        ServerSettings settings = station.settings();
        var bound = new ServerBootstrap()
                .group(acceptors, loops)
                .channel(channelType())
                .option(ChannelOption.SO_BACKLOG, BACKLOG)
                .option(ChannelOption.SO_REUSEADDR, true)
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childOption(ChannelOption.SO_KEEPALIVE, true)
                .childOption(
                        ChannelOption.RECVBUF_ALLOCATOR,
                        new AdaptiveRecvByteBufAllocator(LEAST_READ, FIRST_READ, MOST_READ))
                .childHandler(new ChannelInitializer<SocketChannel>() {
                    @Override
                    protected void initChannel(SocketChannel channel) {
                        entrance.accepted(channel, channel.remoteAddress());
                    }
                })
                .bind(settings.host(), settings.port())
                .awaitUninterruptibly();
        if (!bound.isSuccess()) {
            throw new IOException(
                    "units cannot be listened for on " + settings.host() + ":" + settings.port() + " (units.port): "
                            + bound.cause().getMessage(),
                    bound.cause());
        }
        listener = bound.channel();
    }

    /** The port that is listened on. */
    public int port() {
        Channel present = listener;
        if (present == null) {
            throw new IllegalStateException("not started");
        }
        return ((InetSocketAddress) present.localAddress()).getPort();
    }

    /** From here on probes are answered with 1; units are served as before. */
    public void announceDrain() {
        ending.announce();
    }

    public boolean draining() {
        return ending.announced();
    }

    /** Takes no more connections, and brings every session to a safe point, within the drain limit. */
    public void drain() throws InterruptedException {
        ending.stop();
        if (listener != null) {
            listener.close().await(1, TimeUnit.SECONDS);
        }
        registry.tellAll(new Input.Drain());
        if (!allOver(station.settings().drainLimit().toNanos())) {
            LOG.warn("{} sessions did not reach a safe point in time", registry.openCount());
            registry.closeAll();
            allOver(TimeUnit.SECONDS.toNanos(2));
        }
    }

    private boolean allOver(long nanos) throws InterruptedException {
        long until = System.nanoTime() + nanos;
        while (registry.openCount() > 0 && System.nanoTime() < until) {
            TimeUnit.MILLISECONDS.sleep(LOOK_MS);
        }
        return registry.openCount() == 0;
    }

    @Override
    public void close() {
        if (listener != null) {
            listener.close().awaitUninterruptibly(1, TimeUnit.SECONDS);
        }
        registry.closeAll();
        acceptors.shutdownGracefully(0, 1, TimeUnit.SECONDS);
        loops.shutdownGracefully(0, 2, TimeUnit.SECONDS).awaitUninterruptibly(3, TimeUnit.SECONDS);
    }
}
