package identicom.simulator.fleet;

import java.net.InetSocketAddress;
import java.time.Duration;

/**
 * What a person can say about a fleet on the command line.
 *
 * @param target the station
 * @param units 1 or more
 * @param serialPrefix what every serial number begins with; six digits or more follow
 * @param eventsPerUnit routine and high events that a unit logs before each dial-in of its rounds
 * @param manDownShare 0..1: share of a unit's rounds in which its wearer is down
 * @param interval between a unit's dial-ins
 * @param duration after which no unit dials any more; zero: one round each, until every log is empty
 * @param seed of everything random
 * @param dropRate 0..1: share of sessions whose line drops
 * @param delay one way over the line, on average
 * @param pictures that each unit takes before its first dial-in
 */
public record FleetOptions(
        InetSocketAddress target,
        int units,
        String serialPrefix,
        int eventsPerUnit,
        double manDownShare,
        Duration interval,
        Duration duration,
        long seed,
        double dropRate,
        Duration delay,
        int pictures) {
    public FleetOptions {
        atLeast("units", units, 1);
        atLeast("eventsPerUnit", eventsPerUnit, 0);
        atLeast("pictures", pictures, 0);
        share("manDownShare", manDownShare);
        share("dropRate", dropRate);
        Serials.check(serialPrefix, units);
    }

    /** Units that take no pictures. */
    public FleetOptions(
            InetSocketAddress target,
            int units,
            String serialPrefix,
            int eventsPerUnit,
            double manDownShare,
            Duration interval,
            Duration duration,
            long seed,
            double dropRate,
            Duration delay) {
        this(target, units, serialPrefix, eventsPerUnit, manDownShare, interval, duration, seed, dropRate, delay, 0);
    }

    /** The same, and each unit takes {@code count} pictures before its first dial-in. */
    public FleetOptions withPictures(int count) {
        return new FleetOptions(
                target,
                units,
                serialPrefix,
                eventsPerUnit,
                manDownShare,
                interval,
                duration,
                seed,
                dropRate,
                delay,
                count);
    }

    /** {@code units} units with one event each, half an hour's interval, a perfect line, until all is delivered. */
    public static FleetOptions of(InetSocketAddress target, int units) {
        return new FleetOptions(
                target, units, "SIM-", 1, 0, Duration.ofMinutes(30), Duration.ZERO, 1, 0, Duration.ZERO);
    }

    private static void atLeast(String name, int value, int least) {
        if (value < least) {
            throw new IllegalArgumentException(name + ": " + value + " (expected: at least " + least + ")");
        }
    }

    private static void share(String name, double value) {
        if (!(value >= 0 && value <= 1)) {
            throw new IllegalArgumentException(name + ": " + value + " (expected: 0..1)");
        }
    }
}
