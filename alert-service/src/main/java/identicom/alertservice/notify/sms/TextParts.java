package identicom.alertservice.notify.sms;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * Cuts a text into what short messages can carry: the default alphabet where it has every character (160 septets, 153
 * in each of several parts), UCS-2 otherwise (70 and 67 units of 16 bits). Neither an escape and its character nor a
 * surrogate pair is cut in two.
 *
 * <pre>
 * user data header of a part (3GPP TS 23.040, 9.2.3.24.1), 6 bytes:
 *   05  length of what follows
 *   00  concatenated, 8-bit reference
 *   03  length of what follows
 *   rr  reference, the same in all parts    nn  how many parts    ii  which one, from 1
 * </pre>
 *
 * A text longer than ten parts is cut after the tenth and ends in three dots.
 */
final class TextParts {
    static final int MOST_PARTS = 10;
    static final byte DEFAULT_ALPHABET = 0;
    static final byte UCS2 = 8;

    private static final int LONGEST_GSM = 160;
    private static final int LONGEST_GSM_PART = 153;
    private static final int LONGEST_UCS2 = 140;
    private static final int LONGEST_UCS2_PART = 134;
    private static final String CUT = "...";

    private TextParts() {}

    /** @param reference of the parts; only its lowest 8 bits count */
    static List<TextPart> of(String text, int reference) {
        boolean gsm = GsmAlphabet.covers(text);
        List<byte[]> symbols = gsm ? septets(text) : units(text);
        byte coding = gsm ? DEFAULT_ALPHABET : UCS2;
        int whole = symbols.stream().mapToInt(symbol -> symbol.length).sum();
        if (whole <= (gsm ? LONGEST_GSM : LONGEST_UCS2)) {
            return List.of(new TextPart(coding, false, joined(symbols)));
        }
        int longest = gsm ? LONGEST_GSM_PART : LONGEST_UCS2_PART;
        List<byte[]> bodies = bodies(symbols, longest);
        if (bodies.size() > MOST_PARTS) {
            List<byte[]> dots = gsm ? septets(CUT) : units(CUT);
            bodies = bodies(shortened(symbols, dots, longest), longest);
        }
        return numbered(bodies, coding, reference);
    }

    /** One entry for each character of the alphabet: what must stay together. */
    private static List<byte[]> septets(String text) {
        return text.chars()
                .mapToObj(c -> Objects.requireNonNull(GsmAlphabet.encode((char) c)))
                .toList();
    }

    /** One entry for each code point; half of a surrogate pair becomes U+FFFD. */
    private static List<byte[]> units(String text) {
        return text.codePoints().mapToObj(TextParts::unit).toList();
    }

    private static byte[] unit(int codePoint) {
        boolean half = codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE;
        return Character.toString(half ? 0xfffd : codePoint).getBytes(StandardCharsets.UTF_16BE);
    }

    private static List<byte[]> bodies(List<byte[]> symbols, int longest) {
        List<byte[]> bodies = new ArrayList<>();
        ByteArrayOutputStream body = new ByteArrayOutputStream(longest);
        for (byte[] symbol : symbols) {
            if (body.size() + symbol.length > longest) {
                bodies.add(body.toByteArray());
                body.reset();
            }
            body.writeBytes(symbol);
        }
        bodies.add(body.toByteArray());
        return bodies;
    }

    /** So many of {@code symbols} that they and {@code dots} fill at most the parts there may be. */
    private static List<byte[]> shortened(List<byte[]> symbols, List<byte[]> dots, int longest) {
        int reserved = dots.stream().mapToInt(dot -> dot.length).sum();
        List<byte[]> kept = new ArrayList<>();
        int parts = 1;
        int used = 0;
        for (byte[] symbol : symbols) {
            int room = parts == MOST_PARTS ? longest - reserved : longest;
            if (used + symbol.length > room) {
                if (parts == MOST_PARTS) {
                    break;
                }
                parts++;
                used = 0;
            }
            used += symbol.length;
            kept.add(symbol);
        }
        kept.addAll(dots);
        return kept;
    }

    private static List<TextPart> numbered(List<byte[]> bodies, byte coding, int reference) {
        List<TextPart> parts = new ArrayList<>();
        for (int i = 0; i < bodies.size(); i++) {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            bytes.writeBytes(new byte[] {5, 0, 3, (byte) reference, (byte) bodies.size(), (byte) (i + 1)});
            bytes.writeBytes(bodies.get(i));
            parts.add(new TextPart(coding, true, bytes.toByteArray()));
        }
        return parts;
    }

    private static byte[] joined(List<byte[]> symbols) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        symbols.forEach(bytes::writeBytes);
        return bytes.toByteArray();
    }
}
