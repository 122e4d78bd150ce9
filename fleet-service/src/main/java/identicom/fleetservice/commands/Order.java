package identicom.fleetservice.commands;

import identicom.fleetservice.units.InvalidField;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a unit is to do, as people write it and as it goes over the wire (docs/protocol.md, section 2.5).
 *
 * @param minutes of {@link Kind#SET_CHECK_IN_INTERVAL}, 1..1440; otherwise null
 * @param message of {@link Kind#SHOW_MESSAGE}, 1..114 printable ASCII characters; otherwise null
 */
record Order(Kind kind, @Nullable Integer minutes, @Nullable String message) {
    /** What units can be told to do, and with which argument. */
    enum Kind {
        SET_CHECK_IN_INTERVAL("set-check-in-interval", 1, "minutes"),
        TAKE_PICTURE("take-picture", 2, ""),
        REPORT_POSITION("report-position", 3, ""),
        SHOW_MESSAGE("show-message", 4, "text"),
        /** To the time at which a station sends it: whoever asks cannot know when that will be. */
        SET_CLOCK("set-clock", 5, "");

        private final String word;
        private final int opcode;
        private final String argument;

        Kind(String word, int opcode, String argument) {
            this.word = word;
            this.opcode = opcode;
            this.argument = argument;
        }

        String word() {
            return word;
        }

        int opcode() {
            return opcode;
        }

        /** One of {@code fleet.commands}, which holds no others. */
        static Kind stored(String word) {
            return named(word).orElseThrow();
        }

        static Kind of(@Nullable String word) throws InvalidField {
            return named(word)
                    .orElseThrow(() -> new InvalidField(
                            "command",
                            word,
                            "set-check-in-interval, take-picture, report-position, show-message or set-clock"));
        }

        private static Optional<Kind> named(@Nullable String word) {
            return Arrays.stream(values())
                    .filter(kind -> kind.word.equals(word))
                    .findFirst();
        }
    }

    private static final int DAY_MINUTES = 1440;
    private static final Pattern MESSAGE = Pattern.compile("[ -~]{1,114}");

    static Order of(@Nullable String command, @Nullable Map<String, Object> arguments) throws InvalidField {
        Kind kind = Kind.of(command);
        Map<String, Object> given = arguments == null ? Map.of() : arguments;
        Set<String> known = kind.argument.isEmpty() ? Set.of() : Set.of(kind.argument);
        for (String name : given.keySet()) {
            if (!known.contains(name)) {
                throw new InvalidField(
                        "arguments", name, known.isEmpty() ? "none for " + kind.word : "only " + kind.argument);
            }
        }
        return switch (kind) {
            case SET_CHECK_IN_INTERVAL -> new Order(kind, minutes(given.get(kind.argument)), null);
            case SHOW_MESSAGE -> new Order(kind, null, message(given.get(kind.argument)));
            case TAKE_PICTURE, REPORT_POSITION, SET_CLOCK -> new Order(kind, null, null);
        };
    }

    private static Integer minutes(@Nullable Object was) throws InvalidField {
        if (was instanceof Integer minutes && minutes >= 1 && minutes <= DAY_MINUTES) {
            return minutes;
        }
        throw new InvalidField("minutes", was == null ? null : was.toString(), "a whole number 1.." + DAY_MINUTES);
    }

    private static String message(@Nullable Object was) throws InvalidField {
        if (was instanceof String text && MESSAGE.matcher(text).matches()) {
            return text;
        }
        throw new InvalidField("text", was == null ? null : was.toString(), "1 to 114 printable ASCII characters");
    }

    /** As people gave them. */
    Map<String, Object> arguments() {
        if (minutes != null) {
            return Map.of(kind.argument, minutes);
        }
        return message == null ? Map.of() : Map.of(kind.argument, message);
    }

    /** As on the wire. */
    byte[] bytes() {
        if (minutes != null) {
            return ByteBuffer.allocate(Short.BYTES)
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .putShort(minutes.shortValue())
                    .array();
        }
        return message == null ? new byte[0] : message.getBytes(StandardCharsets.US_ASCII);
    }
}
