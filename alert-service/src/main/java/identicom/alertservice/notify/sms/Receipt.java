package identicom.alertservice.notify.sms;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jsmpp.bean.DeliverSm;
import org.jsmpp.bean.OptionalParameter;
import org.jspecify.annotations.Nullable;

/**
 * What a provider says became of one part. The optional parameters receipted_message_id and message_state count before
 * the text ({@code id:… stat:DELIVRD err:000}, SMPP 3.4 appendix B), which every provider writes a little differently.
 *
 * @param detail for a person: the state's word and the network's error code
 */
record Receipt(String messageId, State state, String detail) {
    private static final Pattern ID = Pattern.compile("(?i)\\bid:\\s?([^\\s,]{1,65})");
    private static final Pattern STATE = Pattern.compile("(?i)\\bstat:\\s?([A-Z]{2,15})");
    private static final Pattern ERROR = Pattern.compile("(?i)\\berr:\\s?([A-Za-z0-9]{1,10})");

    /** By the number in message_state. */
    private static final Map<Integer, String> WORDS = Map.of(
            0,
            "SCHEDULED",
            1,
            "ENROUTE",
            2,
            "DELIVRD",
            3,
            "EXPIRED",
            4,
            "DELETED",
            5,
            "UNDELIV",
            6,
            "ACCEPTD",
            7,
            "UNKNOWN",
            8,
            "REJECTD",
            9,
            "SKIPPED");

    enum State {
        /** The phone has it. */
        DELIVERED,
        /** The phone will not get it. */
        FAILED,
        /** Neither is known yet, or ever. */
        OPEN
    }

    /** Empty: it does not say which message it is about. */
    static Optional<Receipt> of(DeliverSm message) {
        String text = new String(PhoneText.body(message), StandardCharsets.ISO_8859_1);
        String id = id(message, text);
        if (id == null) {
            return Optional.empty();
        }
        String word = word(message, text);
        String error = first(ERROR, text);
        return Optional.of(new Receipt(id, state(word), error == null ? word : word + " " + error));
    }

    private static @Nullable String id(DeliverSm message, String text) {
        OptionalParameter.Receipted_message_id id =
                message.getOptionalParameter(OptionalParameter.Receipted_message_id.class);
        String value = id == null ? "" : id.getValueAsString().strip();
        return value.isEmpty() ? first(ID, text) : value;
    }

    private static String word(DeliverSm message, String text) {
        OptionalParameter.Message_state state = message.getOptionalParameter(OptionalParameter.Message_state.class);
        String word = state == null ? first(STATE, text) : WORDS.get(state.getValue() & 0xff);
        return word == null ? "UNKNOWN" : word.toUpperCase(Locale.ROOT);
    }

    private static State state(String word) {
        return switch (word) {
            case "DELIVRD", "DELIVERED" -> State.DELIVERED;
            case "EXPIRED", "DELETED", "UNDELIV", "UNDELIVERABLE", "REJECTD", "REJECTED", "SKIPPED", "FAILED" ->
                State.FAILED;
            default -> State.OPEN;
        };
    }

    private static @Nullable String first(Pattern pattern, String text) {
        Matcher matcher = pattern.matcher(text);
        return matcher.find() ? matcher.group(1) : null;
    }
}
