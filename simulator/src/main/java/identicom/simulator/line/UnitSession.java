package identicom.simulator.line;

import identicom.simulator.unit.SimulatedUnit;
import identicom.wire.codec.MessageEncoder;
import identicom.wire.codec.MessageInbound;
import identicom.wire.codec.MessageOutbound;
import identicom.wire.fault.FaultException;
import identicom.wire.frame.Direction;
import identicom.wire.frame.FrameDecoder;
import identicom.wire.message.EventLog;
import identicom.wire.message.FromUnit;
import identicom.wire.message.ToUnit;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.ConnectTimeoutException;
import io.netty.channel.EventLoop;
import io.netty.channel.SimpleChannelInboundHandler;
import java.net.ConnectException;
import java.time.Duration;
import java.util.OptionalLong;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * One dial-in of one unit: identification and push, an answer to each request, until the station ends it, the line drops or
 * silence lasts too long. Its end is reported exactly once.
 *
 * <p>Event loop only.
 */
final class UnitSession extends SimpleChannelInboundHandler<ToUnit> {
    private static final MessageOutbound OUTBOUND = new MessageOutbound();
    private static final int MOST_MESSAGES_BEFORE_DROP = 6;
    private static final Duration HALF_OPEN = Duration.ofSeconds(20);

    private enum Drop {
        /** The connection is closed in the midst of a frame. */
        CLOSE,
        /** The connection is reset in the midst of a frame. */
        RESET,
        /** The unit forgets the connection, which stays half open for a while. */
        FORGET
    }

    private final SimulatedUnit unit;
    private final LineQuality line;
    private final Duration silence;
    private final EventLoop loop;
    private final RandomGenerator random;
    private final Consumer<SessionReport> ended;
    private final long dialledNanos = System.nanoTime();
    private final long lastSequence;
    /** Messages until the line drops; never, when negative. */
    private int untilDrop;

    private @Nullable Channel channel;
    private long connectedNanos;
    private long firstRequestNanos;
    private long lastByteNanos;
    private long lastDueNanos;
    private int requests;
    private boolean over;
    private @Nullable Future<?> watch;

    UnitSession(
            SimulatedUnit unit,
            LineQuality line,
            Duration silence,
            EventLoop loop,
            RandomGenerator random,
            Consumer<SessionReport> ended) {
        super(ToUnit.class);
        this.unit = unit;
        this.line = line;
        this.silence = silence;
        this.loop = loop;
        this.random = random;
        this.ended = ended;
        this.lastSequence = unit.lastSequence();
        this.untilDrop = random.nextDouble() < line.dropRate() ? random.nextInt(1, MOST_MESSAGES_BEFORE_DROP + 1) : -1;
    }

    void dial(Transport transport, int number) {
        UnitSession session = this;
        ChannelFuture connecting = transport.connect(loop, number, new ChannelInitializer<>() {
            @Override
            protected void initChannel(Channel fresh) {
                fresh.pipeline()
                        .addLast(
                                OUTBOUND,
                                new FrameDecoder(Direction.TO_UNIT),
                                new MessageInbound(Direction.TO_UNIT),
                                session);
            }
        });
        channel = connecting.channel();
        connecting.addListener((ChannelFutureListener) done -> {
            if (!done.isSuccess()) {
                end(isRefusal(done.cause()) ? SessionEnd.REFUSED : SessionEnd.UNREACHABLE);
            }
        });
    }

    /** Sends a frame unasked. */
    void push(EventLog pushed) {
        if (!over && connectedNanos != 0) {
            later(1, () -> send(pushed));
        }
    }

    /** Closes the connection without more. */
    void stop() {
        end(SessionEnd.STOPPED);
    }

    @Override
    public void channelActive(ChannelHandlerContext ctx) {
        connectedNanos = System.nanoTime();
        lastByteNanos = connectedNanos;
        watch = loop.schedule(this::watchSilence, silence.toNanos(), TimeUnit.NANOSECONDS);
        later(1, () -> {
            send(unit.identification());
            unit.push().ifPresent(this::send);
        });
    }

    @Override
    protected void channelRead0(ChannelHandlerContext ctx, ToUnit request) {
        lastByteNanos = System.nanoTime();
        if (requests++ == 0) {
            firstRequestNanos = lastByteNanos;
        }
        later(2, () -> unit.answer(request).ifPresentOrElse(this::send, () -> end(SessionEnd.STATION_FAULT)));
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        if (requests == 0) {
            end(SessionEnd.NOT_SERVED);
        } else {
            end(unit.holdsUpTo(lastSequence) ? SessionEnd.LOG_KEPT : SessionEnd.EMPTIED);
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        end(cause instanceof FaultException ? SessionEnd.STATION_FAULT : SessionEnd.RESET);
    }

    /** Does {@code action} when {@code ways} ways over the line are behind, and never before what was said earlier. */
    private void later(int ways, Runnable action) {
        long delay = (long) (line.delay().toNanos() * ways * (0.5 + random.nextDouble()));
        long now = System.nanoTime();
        if (over) {
            return;
        }
        if (delay == 0) {
            action.run();
            return;
        }
        lastDueNanos = Math.max(now + delay, lastDueNanos);
        loop.schedule(
                () -> {
                    if (!over) {
                        action.run();
                    }
                },
                lastDueNanos - now,
                TimeUnit.NANOSECONDS);
    }

    private void send(FromUnit message) {
        Channel open = channel;
        if (over || open == null) {
            return;
        }
        if (untilDrop > 0 && --untilDrop == 0) {
            drop(open, MessageEncoder.frame(message));
            return;
        }
        open.writeAndFlush(message, open.voidPromise());
    }

    private void drop(Channel open, byte[] frame) {
        open.writeAndFlush(Unpooled.wrappedBuffer(frame, 0, random.nextInt(frame.length)), open.voidPromise());
        switch (Drop.values()[random.nextInt(Drop.values().length)]) {
            case CLOSE -> open.close();
            case RESET -> {
                open.config().setOption(ChannelOption.SO_LINGER, 0);
                open.close();
            }
            case FORGET -> {
                channel = null;
                loop.schedule(() -> open.close(), HALF_OPEN.toNanos(), TimeUnit.NANOSECONDS);
            }
        }
        end(SessionEnd.DROPPED);
    }

    private void watchSilence() {
        long left = silence.toNanos() - (System.nanoTime() - lastByteNanos);
        if (left <= 0) {
            end(SessionEnd.SILENT);
        } else if (!over) {
            watch = loop.schedule(this::watchSilence, left, TimeUnit.NANOSECONDS);
        }
    }

    private void end(SessionEnd how) {
        if (over) {
            return;
        }
        over = true;
        if (watch != null) {
            watch.cancel(false);
        }
        if (channel != null) {
            channel.close();
        }
        ended.accept(new SessionReport(
                how,
                sinceDialled(connectedNanos),
                firstRequestNanos == 0 ? OptionalLong.empty() : OptionalLong.of(firstRequestNanos - connectedNanos),
                System.nanoTime() - dialledNanos,
                requests));
    }

    private static boolean isRefusal(Throwable cause) {
        return cause instanceof ConnectException && !(cause instanceof ConnectTimeoutException);
    }

    private OptionalLong sinceDialled(long nanos) {
        return nanos == 0 ? OptionalLong.empty() : OptionalLong.of(nanos - dialledNanos);
    }
}
