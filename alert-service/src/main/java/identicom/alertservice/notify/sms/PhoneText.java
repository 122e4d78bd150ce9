package identicom.alertservice.notify.sms;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import org.jsmpp.bean.DeliverSm;
import org.jsmpp.bean.OptionalParameter;

/** The words of a deliver_sm, whatever alphabet they came in. */
final class PhoneText {
    private static final int IA5 = 1;
    private static final int LATIN1 = 3;
    private static final int UCS2 = 8;

    private enum Alphabet {
        GSM,
        ASCII,
        LATIN_1,
        UCS_2,
        BINARY
    }

    private PhoneText() {}

    /** Empty: it carries none, or its user data header is longer than the message. A part of a longer text is a text. */
    static Optional<String> of(DeliverSm message) {
        byte[] body = body(message);
        if (message.isUdhi()) {
            int header = body.length == 0 ? Integer.MAX_VALUE : (body[0] & 0xff) + 1;
            if (header > body.length) {
                return Optional.empty();
            }
            body = Arrays.copyOfRange(body, header, body.length);
        }
        return text(body, alphabet(message.getDataCoding() & 0xff));
    }

    /** short_message, or message_payload where that is empty. */
    static byte[] body(DeliverSm message) {
        byte[] bytes = message.getShortMessage();
        if (bytes != null && bytes.length > 0) {
            return bytes;
        }
        OptionalParameter.Message_payload payload =
                message.getOptionalParameter(OptionalParameter.Message_payload.class);
        return payload == null ? new byte[0] : payload.getValue();
    }

    private static Optional<String> text(byte[] body, Alphabet alphabet) {
        return switch (alphabet) {
            case GSM -> Optional.of(GsmAlphabet.decode(body));
            case ASCII -> decoded(body, StandardCharsets.US_ASCII);
            case LATIN_1 -> decoded(body, StandardCharsets.ISO_8859_1);
            case UCS_2 -> decoded(body, StandardCharsets.UTF_16BE);
            case BINARY -> Optional.empty();
        };
    }

    private static Optional<String> decoded(byte[] body, Charset charset) {
        return Optional.of(new String(body, charset));
    }

    /** data_coding: SMPP's own values (SMPP 3.4, 5.2.19), then the groups of 3GPP TS 23.038 with a message class. */
    private static Alphabet alphabet(int coding) {
        return switch (coding) {
            case 0 -> Alphabet.GSM;
            case IA5 -> Alphabet.ASCII;
            case LATIN1 -> Alphabet.LATIN_1;
            case UCS2 -> Alphabet.UCS_2;
            default -> withClass(coding);
        };
    }

    private static Alphabet withClass(int coding) {
        int group = coding >> 4;
        int alphabet = coding >> 2 & 3;
        if (group == 0xf) {
            return (alphabet & 1) == 0 ? Alphabet.GSM : Alphabet.BINARY;
        }
        if (group == 1) {
            return alphabet == 0 ? Alphabet.GSM : alphabet == 2 ? Alphabet.UCS_2 : Alphabet.BINARY;
        }
        return Alphabet.BINARY;
    }
}
