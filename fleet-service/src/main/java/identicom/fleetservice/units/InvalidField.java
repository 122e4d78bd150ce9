package identicom.fleetservice.units;

import identicom.runtime.http.Problem;
import org.jspecify.annotations.Nullable;

/** A value that a unit's field cannot have. Carries no stack trace. */
public final class InvalidField extends Exception {
    private static final int SHOWN = 60;

    private final String field;
    private final String was;
    private final String expected;

    public InvalidField(String field, @Nullable String was, String expected) {
        super(null, null, false, false);
        this.field = field;
        this.was = printable(was == null ? "" : was);
        this.expected = expected;
    }

    public String field() {
        return field;
    }

    /** What was given, shortened, without control characters. */
    public String was() {
        return was;
    }

    public String expected() {
        return expected;
    }

    /** The same for a client: 400. */
    public Problem problem() {
        return Problem.badRequest(field, was, expected);
    }

    /** For a person, such as {@code checkInMinutes: 0 (expected: 1..1440)}. */
    @Override
    public String getMessage() {
        return field + ": " + (was.isEmpty() ? "empty" : was) + " (expected: " + expected + ")";
    }

    private static String printable(String text) {
        String shown = text.length() > SHOWN ? text.substring(0, SHOWN) + "…" : text;
        return shown.replaceAll("[\\p{Cc}\\p{Cf}\\p{Cs}]", "\uFFFD");
    }
}
