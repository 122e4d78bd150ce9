package identicom.alertservice.supervision.rule;

/**
 * When a unit should call.
 *
 * @param site may be empty
 * @param version of the unit's record; 0: it has not come yet, and these are what an installation usually has
 */
public record Plan(String site, int intervalSeconds, int graceSeconds, boolean commissioned, long version) {

    private static final long MICROS = 1_000_000;

    public static Plan unknown() {
        return new Plan("", 30 * 60, 5 * 60, true, 0);
    }

    /** How long after it was heard it is missing. */
    public long spanUs() {
        return (intervalSeconds + (long) graceSeconds) * MICROS;
    }

    public long intervalUs() {
        return intervalSeconds * MICROS;
    }
}
