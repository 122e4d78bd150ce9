package identicom.fuzzing;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What targets ask. Costs nothing as long as it holds. */
public final class Invariants {
    /** Something did not hold. */
    public static final class Violated extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private Violated(String what) {
            super(what);
        }
    }

    private Invariants() {}

    public static void holds(boolean so, String what) {
        if (!so) {
            throw new Violated(what);
        }
    }

    public static void same(@Nullable Object expected, @Nullable Object was, String what) {
        if (!Objects.equals(expected, was)) {
            throw new Violated(what + ": " + was + " (expected: " + expected + ")");
        }
    }

    /** No character of {@code text} acts on a terminal or a log: no control character, no half of a surrogate pair. */
    public static void printable(String text, String what) {
        for (int at = 0; at < text.length(); ) {
            int c = text.codePointAt(at);
            if (Character.isISOControl(c) || (c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE)) {
                throw new Violated(what + ": U+" + String.format("%04X", c) + " at " + at + " of " + text);
            }
            at += Character.charCount(c);
        }
    }
}
