package identicom.runtime.http;

import java.util.regex.Pattern;

/** An asker's text as an answer shows it. */
final class Printable {
    private static final int MOST = 100;

    /** Control characters of both sets, and halves of surrogate pairs: no JSON can be written of these. */
    private static final Pattern UNPRINTABLE = Pattern.compile("[\\p{Cc}\\p{Cs}]");

    private Printable() {}

    /** Each character that cannot be shown is U+FFFD. */
    static String text(String text) {
        return UNPRINTABLE.matcher(text).replaceAll("\uFFFD");
    }

    /** At most {@value #MOST} of its characters, for a detail; may end in half of a pair. */
    static String shortened(String text) {
        return text.length() > MOST ? text.substring(0, MOST) + "…" : text;
    }
}
