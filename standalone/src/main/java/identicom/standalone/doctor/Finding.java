package identicom.standalone.doctor;

import java.util.regex.Pattern;

/**
 * One line of the report. Its texts hold no line break and no control character, whatever they were made from.
 *
 * @param subject what was looked at, such as {@code Kafka main, topic identicom.units}
 * @param found what is so
 * @param expected what should be; empty where that is what was found
 * @param advice what to do; empty where nothing is to be done
 */
public record Finding(Mark mark, String subject, String found, String expected, String advice) {
    private static final Pattern BREAKS = Pattern.compile("[\\s\\p{Cc}]+");

    public Finding {
        subject = oneLine(subject);
        found = oneLine(found);
        expected = oneLine(expected);
        advice = oneLine(advice);
    }

    static Finding ok(String subject, String found) {
        return new Finding(Mark.OK, subject, found, "", "");
    }

    static Finding skipped(String subject, String why) {
        return new Finding(Mark.SKIPPED, subject, why, "", "");
    }

    static Finding warn(String subject, String found, String expected, String advice) {
        return new Finding(Mark.WARN, subject, found, expected, advice);
    }

    static Finding wrong(String subject, String found, String expected, String advice) {
        return new Finding(Mark.WRONG, subject, found, expected, advice);
    }

    /** For a person, such as {@code wrong    subject: found (expected: this); do: that}. */
    public String line() {
        return String.format("%-8s ", mark.text())
                + subject
                + ": "
                + found
                + (expected.isEmpty() ? "" : " (expected: " + expected + ")")
                + (advice.isEmpty() ? "" : "; do: " + advice);
    }

    private static String oneLine(String text) {
        return BREAKS.matcher(text).replaceAll(" ").strip();
    }
}
