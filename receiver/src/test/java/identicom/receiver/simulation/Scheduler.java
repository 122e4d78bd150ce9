package identicom.receiver.simulation;

import java.util.PriorityQueue;

/** Virtual time, and what is to happen in it: one thing after another, those of one moment in an order that is drawn. */
final class Scheduler {
    private static final long START = 1_000_000_000_000L;

    private record Step(long atNanos, int tie, long number, Runnable action) implements Comparable<Step> {
        @Override
        public int compareTo(Step other) {
            if (atNanos != other.atNanos) {
                return Long.compare(atNanos, other.atNanos);
            }
            return tie != other.tie ? Integer.compare(tie, other.tie) : Long.compare(number, other.number);
        }
    }

    private final PriorityQueue<Step> steps = new PriorityQueue<>();
    private final Dice dice;
    private long nanos = START;
    private long number;

    Scheduler(Dice dice) {
        this.dice = dice;
    }

    long nanos() {
        return nanos;
    }

    /** Nanoseconds since the schedule's start. */
    long elapsed() {
        return nanos - START;
    }

    void at(long atNanos, Runnable action) {
        steps.add(new Step(Math.max(nanos, atNanos), dice.any(), number++, action));
    }

    void after(long delayNanos, Runnable action) {
        at(nanos + delayNanos, action);
    }

    /** Does the next thing; false where there is none. */
    boolean step() {
        Step next = steps.poll();
        if (next == null) {
            return false;
        }
        nanos = next.atNanos;
        next.action.run();
        return true;
    }
}
