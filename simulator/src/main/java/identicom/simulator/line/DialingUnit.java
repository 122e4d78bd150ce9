package identicom.simulator.line;

import identicom.simulator.unit.Entry;
import identicom.simulator.unit.Redial;
import identicom.simulator.unit.SimulatedUnit;
import identicom.wire.event.StandardEvent;
import io.netty.channel.EventLoop;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * A unit with a telephone: dials when told, when something urgent is logged, and again by its redial rule, one session at a
 * time. Methods may be called from any thread; what they start happens on the unit's event loop.
 */
public final class DialingUnit {
    private final SimulatedUnit unit;
    private final int number;
    private final Transport transport;
    private final EventLoop loop;
    private final LineQuality line;
    private final Redial redial;
    private final RandomGenerator random;
    private final InstantSource clock;
    private final Consumer<SessionReport> reports;
    private final Consumer<DialingUnit> beforeDial;

    private final AtomicInteger plans = new AtomicInteger();
    private volatile @Nullable UnitSession session;
    private @Nullable Future<?> nextDial;
    private int urgentSessions;
    private volatile boolean stopped;

    /**
     * @param number of the unit in its fleet; spreads source addresses
     * @param clock the unit's clock
     * @param reports told of each session's end, on the event loop
     * @param beforeDial called before each dial-in that was neither urgent nor a repetition, on the event loop
     */
    public DialingUnit(
            SimulatedUnit unit,
            int number,
            Transport transport,
            LineQuality line,
            Redial redial,
            RandomGenerator random,
            InstantSource clock,
            Consumer<SessionReport> reports,
            Consumer<DialingUnit> beforeDial) {
        this.unit = unit;
        this.number = number;
        this.transport = transport;
        this.loop = transport.nextLoop();
        this.line = line;
        this.redial = redial;
        this.random = random;
        this.clock = clock;
        this.reports = reports;
        this.beforeDial = beforeDial;
    }

    /** The unit itself: its log and journal. */
    public SimulatedUnit unit() {
        return unit;
    }

    /** Logs an event. An urgent one is pushed if the unit is connected, else the unit dials for it at once. */
    public Entry log(StandardEvent type) {
        Entry entry = unit.log(type, clock.instant());
        if (SimulatedUnit.isUrgent(entry.event())) {
            loop.execute(() -> urgent(entry));
        }
        return entry;
    }

    /** Dials now, unless it is connected. */
    public void dial() {
        loop.execute(this::dialNow);
    }

    /** Begins the unit's rounds of dial-ins after {@code delay}. */
    public void dialAfter(Duration delay) {
        loop.execute(() -> plan(delay, true));
    }

    /** Does {@code action} on the unit's event loop after {@code delay}, unless it was stopped. */
    public void after(Duration delay, Runnable action) {
        plans.incrementAndGet();
        loop.schedule(
                () -> {
                    if (!stopped) {
                        action.run();
                    }
                    plans.decrementAndGet();
                },
                delay.toNanos(),
                TimeUnit.NANOSECONDS);
    }

    /** Whether something is still to happen by {@link #after}. */
    public boolean hasPlans() {
        return plans.get() > 0;
    }

    /** Never dials again; an open session goes on. */
    public void retire() {
        stopped = true;
    }

    /** Never dials again and hangs up. */
    public void stop() {
        stopped = true;
        loop.execute(() -> {
            UnitSession open = session;
            if (open != null) {
                open.stop();
            }
        });
    }

    /** Whether a session is open or being dialled. */
    public boolean connected() {
        return session != null;
    }

    private void urgent(Entry entry) {
        urgentSessions = 0;
        UnitSession open = session;
        if (open == null) {
            dialNow();
        } else {
            unit.push(entry).ifPresent(open::push);
        }
    }

    private void plan(Duration delay, boolean round) {
        cancelPlan();
        nextDial = loop.schedule(
                () -> {
                    if (round && !stopped && session == null) {
                        beforeDial.accept(this);
                    }
                    dialNow();
                },
                delay.toNanos(),
                TimeUnit.NANOSECONDS);
    }

    private void dialNow() {
        if (stopped || session != null) {
            return;
        }
        cancelPlan();
        UnitSession fresh = new UnitSession(unit, line, redial.silence(), loop, random, this::ended);
        session = fresh;
        fresh.dial(transport, number);
    }

    private void ended(SessionReport report) {
        reports.accept(report);
        session = null;
        if (stopped) {
            return;
        }
        boolean again = unit.urgent() || report.end() == SessionEnd.SILENT;
        urgentSessions = again ? urgentSessions + 1 : 0;
        Redial now = unit.checkInInterval().map(redial::withInterval).orElse(redial);
        plan(now.after(again, urgentSessions), !again);
    }

    private void cancelPlan() {
        if (nextDial != null) {
            nextDial.cancel(false);
            nextDial = null;
        }
    }
}
