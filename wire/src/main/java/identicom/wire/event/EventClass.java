package identicom.wire.event;

/** How grave an event is, gravest last. */
public enum EventClass {
    /** Needs nothing beyond resetting the unit's last check-in. */
    ROUTINE,
    /** A person should see it. */
    HIGH,
    /** A person must act on it at once. */
    CRITICAL
}
