package identicom.alertservice.alert;

import identicom.alertservice.event.CriticalEvent;

/** What one critical event did. {@code alert} is the alert as it is afterwards. */
public sealed interface Effect {

    CriticalEvent event();

    Alert alert();

    /** A new alert, with this event as its first. */
    record Raised(CriticalEvent event, Alert alert) implements Effect {}

    /** The event went into an alert that was not closed. */
    record Joined(CriticalEvent event, Alert alert) implements Effect {}

    /** The event went into a flood alert, or raised one. */
    record Flooded(CriticalEvent event, Alert alert, boolean raised, boolean newSerial) implements Effect {}

    /** The event was known; the whitelist now vouches for it, and its alert is another for it. */
    record VouchedFor(CriticalEvent event, Alert alert, boolean rang) implements Effect {}
}
