package identicom.simulator.fleet;

import identicom.simulator.line.DialingUnit;
import identicom.simulator.picture.DrawnPicture;
import identicom.simulator.unit.JournalKeeper;
import identicom.simulator.unit.Redial;
import identicom.simulator.unit.SimulatedUnit;
import identicom.wire.event.StandardEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;

/**
 * How a fleet behaves: {@link FleetOptions} and what only code sets.
 *
 * @param options units, events, line
 * @param redial with the options' interval
 * @param dialWindow over which the first dial-ins are spread
 * @param logCapacity entries that a unit's log holds
 * @param threads event loops for all units
 * @param keeper of the units' journals; the fleet does not close it
 */
public record Scenario(
        FleetOptions options, Redial redial, Duration dialWindow, int logCapacity, int threads, JournalKeeper keeper) {
    private static final List<StandardEvent> EVERYDAY = List.of(
            StandardEvent.STATUS_CHECK,
            StandardEvent.STATUS_CHECK,
            StandardEvent.STATUS_CHECK,
            StandardEvent.POSITION_REPORT,
            StandardEvent.POSITION_REPORT,
            StandardEvent.SWITCHED_ON,
            StandardEvent.CHARGER_CONNECTED,
            StandardEvent.CHARGER_DISCONNECTED,
            StandardEvent.LANYARD_PIN_REPLACED);
    private static final double HIGH_SHARE = 0.02;
    private static final double GAP_SHARE = 0.05;
    private static final int LONGEST_GAP = 20;
    private static final Duration BETWEEN_PICTURES = Duration.ofMinutes(1);
    private static final Duration MID_SESSION = Duration.ofMillis(300);

    /** As the protocol has it; the first dial-ins are spread over one interval, or over the duration if that is shorter. */
    public static Scenario of(FleetOptions options) {
        Duration interval = options.interval();
        Duration duration = options.duration();
        Duration window = duration.isZero() || interval.compareTo(duration) < 0 ? interval : duration;
        return new Scenario(
                options,
                Redial.PROTOCOL.withInterval(interval),
                window,
                SimulatedUnit.DEFAULT_CAPACITY,
                2,
                JournalKeeper.NONE);
    }

    public Scenario withRedial(Redial newRedial) {
        return new Scenario(options, newRedial, dialWindow, logCapacity, threads, keeper);
    }

    public Scenario withDialWindow(Duration newWindow) {
        return new Scenario(options, redial, newWindow, logCapacity, threads, keeper);
    }

    public Scenario withLogCapacity(int newCapacity) {
        return new Scenario(options, redial, dialWindow, newCapacity, threads, keeper);
    }

    public Scenario withJournal(JournalKeeper newKeeper) {
        return new Scenario(options, redial, dialWindow, logCapacity, threads, newKeeper);
    }

    Duration firstDial(RandomGenerator random) {
        return Duration.ofNanos((long) (dialWindow.toNanos() * random.nextDouble()));
    }

    /** Takes the pictures that a unit has before its first dial-in, a minute apart. */
    void pictures(SimulatedUnit unit, RandomGenerator random, Instant now) {
        for (int left = options.pictures(); left > 0; left--) {
            Instant takenAt = now.minus(BETWEEN_PICTURES.multipliedBy(left));
            unit.take(DrawnPicture.jpeg(unit.serial(), takenAt, random.nextLong()), takenAt);
        }
    }

    /**
     * What happens to a unit before it dials in for a new round, and shortly after.
     *
     * @param happens runs what happens later, if it still may
     */
    void round(DialingUnit unit, RandomGenerator random, Instant now, Consumer<Runnable> happens) {
        int events = options.eventsPerUnit();
        for (int i = 0; i < events; i++) {
            if (random.nextDouble() < GAP_SHARE) {
                unit.unit().skip(random.nextInt(1, LONGEST_GAP + 1));
            }
            unit.unit().log(everyday(random), now.minusSeconds(events - i));
        }
        if (random.nextDouble() >= options.manDownShare()) {
            return;
        }
        if (random.nextBoolean()) {
            unit.log(StandardEvent.MAN_DOWN);
        } else {
            Duration soon = Duration.ofNanos((long) (MID_SESSION.toNanos() * random.nextDouble()));
            unit.after(soon, () -> happens.accept(() -> unit.log(StandardEvent.MAN_DOWN)));
        }
    }

    private static StandardEvent everyday(RandomGenerator random) {
        return random.nextDouble() < HIGH_SHARE
                ? StandardEvent.BATTERY_LOW
                : EVERYDAY.get(random.nextInt(EVERYDAY.size()));
    }
}
