package identicom.simulator.unit;

import java.util.Random;
import java.util.random.RandomGenerator;

/** Random numbers that are the same at every run for the same seed and purpose. */
public final class Seeds {
    private static final long MIX = 0x9e3779b97f4a7c15L;

    private Seeds() {}

    /** A generator of its own for one purpose, such as a serial number, of a run with {@code seed}. */
    public static RandomGenerator random(long seed, String purpose) {
        long mixed = seed * MIX;
        for (int i = 0; i < purpose.length(); i++) {
            mixed = (mixed ^ purpose.charAt(i)) * MIX;
            mixed ^= mixed >>> 29;
        }
        return new Random(mixed);
    }
}
