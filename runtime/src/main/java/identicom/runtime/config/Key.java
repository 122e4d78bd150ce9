package identicom.runtime.config;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * One configuration key: name, default and doc side by side. {@code a.b-c} is the environment variable {@code
 * IDENTICOM_A_B_C}. A name that ends in {@code .*} stands for every key below it.
 *
 * @param defaultText the default as one would write it; null: a value must be given
 * @param secret the value is never printed
 */
public record Key<T>(String name, @Nullable String defaultText, String doc, boolean secret, Parser<T> parser) {
    private static final Pattern DURATION = Pattern.compile("(\\d{1,9})(ms|s|m|h|d)");

    /** A whole number from {@code min} to {@code max}, both included. */
    public static Key<Integer> integer(String name, int dflt, int min, int max, String doc) {
        return new Key<>(name, Integer.toString(dflt), doc, false, text -> (int) number(text, min, max));
    }

    /** A whole number from {@code min} to {@code max}, both included. */
    public static Key<Long> longNumber(String name, long dflt, long min, long max, String doc) {
        return new Key<>(name, Long.toString(dflt), doc, false, text -> number(text, min, max));
    }

    /** A time span such as {@code 500ms}, {@code 30s}, {@code 15m}, {@code 24h}, {@code 30d}. */
    public static Key<Duration> duration(String name, Duration dflt, String doc) {
        return new Key<>(name, text(dflt), doc, false, Key::parseDuration);
    }

    /** A time span from {@code least} to {@code most}, both included. */
    public static Key<Duration> duration(String name, Duration dflt, Duration least, Duration most, String doc) {
        return new Key<>(name, text(dflt), doc, false, text -> {
            Duration span = parseDuration(text);
            if (span.compareTo(least) < 0 || span.compareTo(most) > 0) {
                throw new IllegalArgumentException(text(least) + " to " + text(most));
            }
            return span;
        });
    }

    public static Key<String> text(String name, String dflt, String doc) {
        return new Key<>(name, dflt, doc, false, text -> text);
    }

    /** A text without default: leaving it out is a problem. */
    public static Key<String> requiredText(String name, String doc) {
        return new Key<>(name, null, doc, false, Key::notEmpty);
    }

    /** A text that may be left out; then it is empty. */
    public static Key<String> optionalText(String name, String doc) {
        return new Key<>(name, "", doc, false, text -> text);
    }

    /** A password or the like; empty where none was given. */
    public static Key<String> secret(String name, String doc) {
        return new Key<>(name, "", doc, true, text -> text);
    }

    public static Key<Boolean> flag(String name, boolean dflt, String doc) {
        return new Key<>(name, Boolean.toString(dflt), doc, false, text -> switch (text) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new IllegalArgumentException("true or false");
        });
    }

    /** Texts separated by commas. */
    public static Key<List<String>> list(String name, List<String> dflt, String doc) {
        return new Key<>(name, String.join(",", dflt), doc, false, Key::parts);
    }

    /** Networks such as {@code 10.1.0.0/16}, separated by commas; none by default. */
    public static Key<List<Network>> networks(String name, String doc) {
        return new Key<>(
                name,
                "",
                doc,
                false,
                text -> parts(text).stream().map(Network::parse).toList());
    }

    private static List<String> parts(String text) {
        return Arrays.stream(text.split(","))
                .map(String::strip)
                .filter(part -> !part.isEmpty())
                .toList();
    }

    public static Key<Path> path(String name, Path dflt, String doc) {
        return new Key<>(name, dflt.toString(), doc, false, text -> {
            try {
                return Path.of(text);
            } catch (InvalidPathException e) {
                throw new IllegalArgumentException("a path", e);
            }
        });
    }

    /** One of an enum's constants, written in lower case with hyphens. */
    public static <E extends Enum<E>> Key<E> choice(String name, Class<E> type, E dflt, String doc) {
        Map<String, E> choices =
                Arrays.stream(type.getEnumConstants()).collect(Collectors.toMap(Key::choiceText, Function.identity()));
        String expected =
                Arrays.stream(type.getEnumConstants()).map(Key::choiceText).collect(Collectors.joining(", "));
        return new Key<>(name, choiceText(dflt), doc, false, text -> {
            E chosen = choices.get(text);
            if (chosen == null) {
                throw new IllegalArgumentException("one of " + expected);
            }
            return chosen;
        });
    }

    /** Every key below {@code prefix}, by what follows the prefix: {@code kafka.main.acks} of {@code kafka.main} is {@code acks}. */
    public static Key<Map<String, String>> family(String prefix, String doc) {
        return new Key<>(prefix + ".*", "", doc, false, text -> Map.of());
    }

    /** Stands for every key below its name. */
    public boolean isFamily() {
        return name.endsWith(".*");
    }

    /** Members of a family, such as Kafka's own properties, say by their name only that they are secret. */
    static boolean isSecretMember(String name) {
        return name.contains("password") || name.contains("secret") || name.contains("jaas") || name.endsWith(".key");
    }

    /** Of a family: what its members' names begin with, the dot included. */
    String memberPrefix() {
        return name.substring(0, name.length() - 1);
    }

    /** The environment variable that sets this key; of a family what its members' variables begin with. */
    public String variable() {
        return variable(isFamily() ? memberPrefix() : name);
    }

    /** The environment variable that sets the key of that name. */
    public static String variable(String name) {
        return "IDENTICOM_" + name.toUpperCase(Locale.ROOT).replace('.', '_').replace('-', '_');
    }

    private static String choiceText(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static String notEmpty(String text) {
        if (text.isEmpty()) {
            throw new IllegalArgumentException("a text that is not empty");
        }
        return text;
    }

    private static long number(String text, long min, long max) {
        String expected = "a whole number " + min + ".." + max;
        try {
            long value = Long.parseLong(text);
            if (value < min || value > max) {
                throw new IllegalArgumentException(expected);
            }
            return value;
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(expected, e);
        }
    }

    private static Duration parseDuration(String text) {
        Matcher matcher = DURATION.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("a time span such as 500ms, 30s, 15m, 24h, 30d");
        }
        long amount = Long.parseLong(matcher.group(1));
        return switch (matcher.group(2)) {
            case "ms" -> Duration.ofMillis(amount);
            case "s" -> Duration.ofSeconds(amount);
            case "m" -> Duration.ofMinutes(amount);
            case "h" -> Duration.ofHours(amount);
            default -> Duration.ofDays(amount);
        };
    }

    private static String text(Duration span) {
        long ms = span.toMillis();
        if (ms % 1000 != 0) {
            return ms + "ms";
        }
        long s = ms / 1000;
        if (s == 0 || s % 60 != 0) {
            return s + "s";
        }
        return s % 3600 == 0 ? s / 3600 + "h" : s / 60 + "m";
    }
}
