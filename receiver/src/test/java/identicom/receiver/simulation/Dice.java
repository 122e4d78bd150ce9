package identicom.receiver.simulation;

import java.util.List;
import java.util.SplittableRandom;

/** All that is left to chance in one schedule. */
final class Dice {
    private final SplittableRandom random;

    Dice(long seed) {
        this.random = new SplittableRandom(seed);
    }

    int any() {
        return random.nextInt();
    }

    int below(int bound) {
        return random.nextInt(bound);
    }

    /** @return low..high, both included */
    int between(int low, int high) {
        return random.nextInt(low, high + 1);
    }

    boolean oneIn(int n) {
        return random.nextInt(n) == 0;
    }

    /** @return nanoseconds, of low..high microseconds */
    long micros(long low, long high) {
        return random.nextLong(low * 1_000, high * 1_000 + 1);
    }

    /** @return nanoseconds, of low..high milliseconds */
    long millis(long low, long high) {
        return micros(low * 1_000, high * 1_000);
    }

    <T> T of(List<T> all) {
        return all.get(random.nextInt(all.size()));
    }

    byte[] bytes(int count) {
        byte[] bytes = new byte[count];
        random.nextBytes(bytes);
        return bytes;
    }
}
