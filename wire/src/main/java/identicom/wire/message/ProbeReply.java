package identicom.wire.message;

/**
 * {@code 80}: the answer to a {@link Probe}; the connection is closed after it.
 *
 * @param state u8
 */
public record ProbeReply(State state) implements ToUnit {
    /** What the station says of itself; the wire's value is the ordinal. */
    public enum State {
        /** 0: serves. */
        READY,
        /** 1: still serves, about to stop. */
        DRAINING,
        /** 2: can accept a critical event nowhere. */
        NOWHERE_TO_ACCEPT
    }
}
