package identicom.simulator.line;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollChannelOption;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * The event loops and sockets of many units: epoll where it is, else NIO. To a station on this machine each unit dials from
 * one of 250 addresses 127.0.1.x, so that there are ports enough for tens of thousands.
 */
public final class Transport implements AutoCloseable {
    private static final int SOURCE_ADDRESSES = 250;
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(30);

    private final EventLoopGroup loops;
    private final InetSocketAddress station;
    private final Class<? extends Channel> channel;
    private final boolean manySources;

    public Transport(InetSocketAddress station, int threads) {
        boolean epoll = Epoll.isAvailable();
        this.loops = new MultiThreadIoEventLoopGroup(
                threads,
                new DefaultThreadFactory("unit", true),
                epoll ? EpollIoHandler.newFactory() : NioIoHandler.newFactory());
        this.channel = epoll ? EpollSocketChannel.class : NioSocketChannel.class;
        this.station = station;
        this.manySources = epoll && station.getAddress() != null && isThisMachine(station.getAddress());
    }

    EventLoop nextLoop() {
        return loops.next();
    }

    /** Dials from {@code loop}; {@code unit} spreads the source addresses. */
    ChannelFuture connect(EventLoop loop, int unit, ChannelHandler initializer) {
        Bootstrap bootstrap = new Bootstrap()
                .group(loop)
                .channel(channel)
                .option(ChannelOption.TCP_NODELAY, true)
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, (int) CONNECT_TIMEOUT.toMillis())
                .handler(initializer);
        if (manySources) {
            bootstrap.option(EpollChannelOption.IP_BIND_ADDRESS_NO_PORT, true);
            return bootstrap.connect(station, new InetSocketAddress("127.0.1." + (1 + unit % SOURCE_ADDRESSES), 0));
        }
        return bootstrap.connect(station);
    }

    private static boolean isThisMachine(InetAddress address) {
        return address.isLoopbackAddress() && address.getAddress().length == 4;
    }

    @Override
    public void close() {
        loops.shutdownGracefully(0, 5, TimeUnit.SECONDS).syncUninterruptibly();
    }
}
