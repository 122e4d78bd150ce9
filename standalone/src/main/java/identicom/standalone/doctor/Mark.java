package identicom.standalone.doctor;

import java.util.Locale;

/** What came of looking at something. */
public enum Mark {
    /** As it should be. */
    OK,
    /** It works like this, and somebody should look at it. */
    WARN,
    /** A service does not start like this, or does not keep what it promises. */
    WRONG,
    /** Not looked at; the line says why. */
    SKIPPED;

    /** As it stands at the beginning of a line. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }
}
