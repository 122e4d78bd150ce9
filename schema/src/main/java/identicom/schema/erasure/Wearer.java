package identicom.schema.erasure;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * A wearer who is to be forgotten.
 *
 * @param name as units have it; at least 3 characters
 * @param phone as units have it, at least 6 digits; empty: none
 * @param pseudonym what will stand in their place: {@code forgotten-} and 8 hexadecimal digits
 */
public record Wearer(String name, String phone, String pseudonym) {
    private static final Pattern PSEUDONYM = Pattern.compile("forgotten-[0-9a-f]{8}");
    private static final int SHORTEST_NAME = 3;
    private static final int FEWEST_DIGITS = 6;

    /** A message to a phone cuts a longer name, and puts dots at its end: {@code MessageText} of alert-service. */
    private static final int LONGEST_SHOWN = 40;

    private static final String DOTS = "...";

    /** @throws IllegalArgumentException where {@link #problems} finds any */
    public Wearer {
        List<String> problems = problems(name, phone, pseudonym);
        if (!problems.isEmpty()) {
            throw new IllegalArgumentException(String.join("; ", problems));
        }
    }

    /** Why these cannot be replaced everywhere: one line each, without name and phone. */
    public static List<String> problems(String name, String phone, String pseudonym) {
        List<String> problems = new ArrayList<>();
        if (name.strip().length() < SHORTEST_NAME) {
            problems.add("wearer: too short (expected: the whole name, at least " + SHORTEST_NAME
                    + " characters; a shorter one stands inside other words)");
        }
        if (!phone.isEmpty() && phone.chars().filter(Character::isDigit).count() < FEWEST_DIGITS) {
            problems.add("phone: too short (expected: at least " + FEWEST_DIGITS
                    + " digits; a shorter one stands inside other numbers)");
        }
        if (!PSEUDONYM.matcher(pseudonym).matches()) {
            problems.add("pseudonym: " + pseudonym
                    + " (expected: forgotten- and 8 hexadecimal digits, as an earlier run printed it)");
        } else if (contains(pseudonym, name, phone)) {
            problems.add("pseudonym: has the name or the phone in it (expected: another one)");
        }
        return problems;
    }

    /** Whether a text has the name or the phone in it. */
    public boolean isToldBy(String text) {
        return contains(text, name, phone) || contains(text, name, usualPhone());
    }

    private static boolean contains(String text, String name, String phone) {
        return text.contains(name) || (!phone.isEmpty() && text.contains(phone));
    }

    /** The phone as addresses of messages have it. */
    String usualPhone() {
        return phone.replaceAll("[ ()/.-]", "");
    }

    /** The name as texts to phones have it; empty where that is the whole. */
    String cutName() {
        return name.codePointCount(0, name.length()) <= LONGEST_SHOWN
                ? ""
                : name.substring(0, name.offsetByCodePoints(0, LONGEST_SHOWN - DOTS.length())) + DOTS;
    }

    /** The pseudonym alone: neither name nor phone gets into a log by mistake. */
    @Override
    public String toString() {
        return pseudonym;
    }
}
