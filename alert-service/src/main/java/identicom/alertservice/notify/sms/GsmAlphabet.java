package identicom.alertservice.notify.sms;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The default alphabet of GSM 03.38 (3GPP TS 23.038, 6.2.1) with its extension table, one septet in each byte. */
final class GsmAlphabet {
    static final byte ESCAPE = 0x1b;

    /** Sixteen a line, 0x00 first. The escape stands as U+001B. */
    private static final String DEFAULT = "@£$¥èéùìòÇ\nØø\rÅå"
            + "Δ_ΦΓΛΩΠΨΣΘΞ\u001bÆæßÉ"
            + " !\"#¤%&'()*+,-./"
            + "0123456789:;<=>?"
            + "¡ABCDEFGHIJKLMNO"
            + "PQRSTUVWXYZÄÖÑÜ§"
            + "¿abcdefghijklmno"
            + "pqrstuvwxyzäöñüà";

    private static final Map<Character, Byte> EXTENSION = Map.of(
            '\f', (byte) 0x0a,
            '^', (byte) 0x14,
            '{', (byte) 0x28,
            '}', (byte) 0x29,
            '\\', (byte) 0x2f,
            '[', (byte) 0x3c,
            '~', (byte) 0x3d,
            ']', (byte) 0x3e,
            '|', (byte) 0x40,
            '€', (byte) 0x65);

    private static final Map<Character, byte[]> ENCODED = encoded();
    private static final Map<Byte, Character> EXTENDED = extended();

    private GsmAlphabet() {}

    /** The one byte of {@code character}, or escape and byte; null: it is not in the alphabet. */
    static byte @Nullable [] encode(char character) {
        byte[] bytes = ENCODED.get(character);
        return bytes == null ? null : bytes.clone();
    }

    static boolean covers(String text) {
        return text.chars().allMatch(c -> ENCODED.containsKey((char) c));
    }

    /** An unknown extension shows the character of the default alphabet in its place, as the standard wants. */
    static String decode(byte[] bytes) {
        StringBuilder text = new StringBuilder(bytes.length);
        for (int i = 0; i < bytes.length; i++) {
            boolean escaped = bytes[i] == ESCAPE && i + 1 < bytes.length;
            if (escaped) {
                i++;
            }
            text.append(decode(bytes[i], escaped));
        }
        return text.toString();
    }

    private static char decode(byte one, boolean escaped) {
        Character extended = escaped ? EXTENDED.get(one) : null;
        if (extended != null) {
            return extended;
        }
        char plain = one < 0 ? '\ufffd' : DEFAULT.charAt(one);
        return plain == '\u001b' ? ' ' : plain;
    }

    private static Map<Character, byte[]> encoded() {
        Map<Character, byte[]> encoded = new HashMap<>();
        for (int i = 0; i < DEFAULT.length(); i++) {
            if (i != ESCAPE) {
                encoded.put(DEFAULT.charAt(i), new byte[] {(byte) i});
            }
        }
        EXTENSION.forEach((character, code) -> encoded.put(character, new byte[] {ESCAPE, code}));
        return encoded;
    }

    private static Map<Byte, Character> extended() {
        Map<Byte, Character> extended = new HashMap<>();
        EXTENSION.forEach((character, code) -> extended.put(code, character));
        return extended;
    }
}
