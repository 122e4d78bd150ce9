package identicom.schema.erasure;

import java.util.List;

/** A wearer cannot be forgotten yet: alerts that are not closed are about them. */
public final class StillOpenException extends Exception {
    private static final long serialVersionUID = 1L;

    /** @param references such as {@code A4711} */
    StillOpenException(List<String> references) {
        super("alerts that are not closed are about this wearer: " + String.join(", ", references)
                + " (expected: people close them first; whoever is in an alert has to be seen)");
    }
}
