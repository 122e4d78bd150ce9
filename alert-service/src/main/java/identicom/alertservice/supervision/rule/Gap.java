package identicom.alertservice.supervision.rule;

/** A stretch of time in which nobody can be blamed for not calling. @param jump a clock was put on over it */
public record Gap(long fromUs, long toUs, boolean jump) {

    /** A unit calls when its interval is over, by its own clock: a little before, as seen from its last byte. */
    private static final long EARLY_US = 60_000_000;

    /**
     * Whether a unit with this deadline may have tried to call in it. The deadline's base lies before the gap's end:
     * one that was put off to the gap's end and more is not put off again.
     */
    boolean excuses(long dueUs, Plan plan) {
        long base = dueUs - plan.spanUs();
        if (dueUs < fromUs || base >= toUs) {
            return false;
        }
        return jump ? base <= fromUs : base + plan.intervalUs() - EARLY_US <= toUs;
    }
}
