package identicom.alertservice.event;

import java.util.Locale;

/** What the whitelist said of an event's serial, from the least trusted to the most. */
public enum Trust {
    /** The whitelist could not be asked. */
    UNVERIFIED,
    /** The whitelist does not hold the serial. */
    UNREGISTERED,
    /** The whitelist holds the serial. */
    WHITELISTED;

    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Trust of(String text) {
        return valueOf(text.toUpperCase(Locale.ROOT));
    }

    public Trust highest(Trust other) {
        return compareTo(other) >= 0 ? this : other;
    }

    public boolean doubtful() {
        return this != WHITELISTED;
    }
}
