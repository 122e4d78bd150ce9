package identicom.receiver.server;

import identicom.receiver.session.Timer;
import io.netty.channel.EventLoop;
import io.netty.util.concurrent.Future;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/** One session's timers, on its event loop. Event loop only. */
final class SessionTimers {
    private final EventLoop loop;
    private final ServerSettings.SessionLimits limits;
    private final ByteMeter meter;
    private final LongSupplier nanoTime;
    private final Consumer<Timer> fired;
    private final Map<Timer, Future<?>> running = new EnumMap<>(Timer.class);

    SessionTimers(
            EventLoop loop,
            ServerSettings.SessionLimits limits,
            ByteMeter meter,
            LongSupplier nanoTime,
            Consumer<Timer> fired) {
        this.loop = loop;
        this.limits = limits;
        this.meter = meter;
        this.nanoTime = nanoTime;
        this.fired = fired;
    }

    /** Starts it anew where it is running. */
    void start(Timer timer) {
        stop(timer);
        schedule(timer, nanoTime.getAsLong(), length(timer).toNanos());
    }

    private void schedule(Timer timer, long startedNanos, long delayNanos) {
        running.put(timer, loop.schedule(() -> ring(timer, startedNanos), delayNanos, TimeUnit.NANOSECONDS));
    }

    private void ring(Timer timer, long startedNanos) {
        running.remove(timer);
        if (timer.sinceLastByte()) {
            long since = Math.max(startedNanos, meter.lastNanos());
            long left = length(timer).toNanos() - (nanoTime.getAsLong() - since);
            if (left > 0) {
                schedule(timer, startedNanos, left);
                return;
            }
        }
        fired.accept(timer);
    }

    void stop(Timer timer) {
        Future<?> one = running.remove(timer);
        if (one != null) {
            one.cancel(false);
        }
    }

    void stopAll() {
        running.values().forEach(one -> one.cancel(false));
        running.clear();
    }

    private Duration length(Timer timer) {
        return switch (timer) {
            case SILENCE -> limits.silence();
            case IDENTIFICATION -> limits.identification();
            case REFUSAL -> limits.refusal();
            case ANSWER -> limits.answer();
            case SETTLE -> limits.settle();
            case LINGER -> limits.linger();
            case WRAP_UP -> limits.wrapUp();
            case LIMIT -> limits.session();
        };
    }
}
