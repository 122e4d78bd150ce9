package identicom.receiver.simulation;

import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelPromise;
import io.netty.channel.DefaultChannelPromise;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.util.concurrent.AbstractScheduledEventExecutor;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.ScheduledFuture;
import io.netty.util.concurrent.Ticker;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A station's event loop in virtual time: it runs when its station is told to run it. */
final class SimulatedLoop extends AbstractScheduledEventExecutor implements EventLoop {
    private final Queue<Runnable> tasks = new ArrayDeque<>();
    private final Plant plant;
    private final Runnable wake;
    private final Ticker ticker;
    private boolean inside;

    /** @param wake something came from outside the loop: it should run soon */
    SimulatedLoop(Scheduler time, Plant plant, Runnable wake) {
        this.plant = plant;
        this.wake = wake;
        this.ticker = new Ticker() {
            @Override
            public long initialNanoTime() {
                return 0;
            }

            @Override
            public long nanoTime() {
                return time.nanos();
            }

            @Override
            public void sleep(long delay, TimeUnit unit) {
                throw new UnsupportedOperationException("nobody sleeps here");
            }
        };
    }

    /** Does everything that is due. */
    void runDue() {
        inside = true;
        try {
            for (Runnable task = due(); task != null; task = due()) {
                task.run();
            }
        } finally {
            inside = false;
        }
    }

    private @Nullable Runnable due() {
        Runnable task = tasks.poll();
        return task == null ? pollScheduledTask(ticker.nanoTime()) : task;
    }

    /** When the next timer rings; below 0 for none. */
    long nextNanos() {
        return nextScheduledTaskDeadlineNanos();
    }

    @Override
    public void execute(Runnable command) {
        tasks.add(command);
        if (!inside) {
            wake.run();
        }
    }

    @Override
    public ScheduledFuture<?> schedule(Runnable command, long delay, TimeUnit unit) {
        Runnable kept = plant.forgets(unit.toNanos(delay)) ? () -> {} : command;
        return super.schedule(kept, delay, unit);
    }

    @Override
    public Ticker ticker() {
        return ticker;
    }

    @Override
    @Deprecated
    protected long getCurrentTimeNanos() {
        return ticker.nanoTime();
    }

    @Override
    public boolean inEventLoop(Thread thread) {
        return inside;
    }

    @Override
    public EventLoopGroup parent() {
        return (EventLoopGroup) super.parent();
    }

    @Override
    public EventLoop next() {
        return this;
    }

    @Override
    public ChannelFuture register(Channel channel) {
        return register(new DefaultChannelPromise(channel, this));
    }

    @Override
    public ChannelFuture register(ChannelPromise promise) {
        promise.channel().unsafe().register(this, promise);
        return promise;
    }

    @Override
    @Deprecated
    public ChannelFuture register(Channel channel, ChannelPromise promise) {
        channel.unsafe().register(this, promise);
        return promise;
    }

    @Override
    public Future<?> shutdownGracefully(long quietPeriod, long timeout, TimeUnit unit) {
        throw new UnsupportedOperationException("a station is dropped as a whole");
    }

    @Override
    public Future<?> terminationFuture() {
        throw new UnsupportedOperationException("a station is dropped as a whole");
    }

    @Override
    @Deprecated
    public void shutdown() {
        throw new UnsupportedOperationException("a station is dropped as a whole");
    }

    @Override
    public boolean isShuttingDown() {
        return false;
    }

    @Override
    public boolean isShutdown() {
        return false;
    }

    @Override
    public boolean isTerminated() {
        return false;
    }

    @Override
    public boolean awaitTermination(long timeout, TimeUnit unit) {
        return false;
    }
}
