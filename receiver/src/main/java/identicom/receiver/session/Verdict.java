package identicom.receiver.session;

/**
 * What the whitelist said of a serial.
 *
 * @param deletesUntilUs up to when the unit may be told to delete, microseconds since 1970 UTC; 0: never
 */
public record Verdict(Standing standing, long deletesUntilUs) {
    public static final Verdict UNVERIFIED = new Verdict(Standing.UNVERIFIED, 0);
    public static final Verdict UNREGISTERED = new Verdict(Standing.UNREGISTERED, 0);
    public static final Verdict UNREGISTERED_UNASKED = new Verdict(Standing.UNREGISTERED_UNASKED, 0);

    /** How a serial stands. */
    public enum Standing {
        /** On the list. */
        WHITELISTED,
        /** Not on the last known list, and nobody could be asked. */
        UNVERIFIED,
        /** Not on the list. */
        UNREGISTERED,
        /** Beyond the rate at which the list is asked for unknown serials: treated as not on it. */
        UNREGISTERED_UNASKED
    }

    public static Verdict whitelisted(long deletesUntilUs) {
        return new Verdict(Standing.WHITELISTED, deletesUntilUs);
    }

    /** The list said no, or is taken to have said so. */
    public boolean refused() {
        return standing == Standing.UNREGISTERED || standing == Standing.UNREGISTERED_UNASKED;
    }

    public boolean whitelisted() {
        return standing == Standing.WHITELISTED;
    }

    /** The unit may be told to delete what is durable. */
    public boolean mayDelete(long nowUs) {
        return whitelisted() && nowUs < deletesUntilUs;
    }
}
