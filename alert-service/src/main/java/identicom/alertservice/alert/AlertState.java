package identicom.alertservice.alert;

import java.util.Locale;

/** Where an alert stands. Only a person closes one. */
public enum AlertState {
    OPEN,
    ACKNOWLEDGED,
    CLOSED;

    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static AlertState of(String text) {
        return valueOf(text.toUpperCase(Locale.ROOT));
    }
}
