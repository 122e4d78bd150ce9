package identicom.systemtests.measure;

import java.util.Map;
import java.util.TreeMap;

/**
 * What a stretch of time cost.
 *
 * @param seconds how long it was
 */
record Spent(double seconds, Map<Quantity, Double> amounts) {
    Spent {
        amounts = Map.copyOf(amounts);
    }

    /** Without what idling for as long costs. */
    Spent without(Spent idle) {
        return less(idle, seconds / idle.seconds);
    }

    /** Without what so many of those cost. */
    Spent less(Spent each, double times) {
        Map<Quantity, Double> left = new TreeMap<>(amounts);
        each.amounts.forEach((quantity, amount) -> left.merge(quantity, -amount * times, Double::sum));
        return new Spent(seconds, left);
    }

    /** A piece's share. */
    Spent per(double pieces) {
        Map<Quantity, Double> share = new TreeMap<>();
        amounts.forEach((quantity, amount) -> share.put(quantity, amount / pieces));
        return new Spent(seconds / pieces, share);
    }

    double of(Quantity quantity) {
        return amounts.getOrDefault(quantity, 0.0);
    }
}
