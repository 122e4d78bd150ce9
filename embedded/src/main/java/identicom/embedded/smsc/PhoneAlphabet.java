package identicom.embedded.smsc;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** What a phone makes of the bytes of a text, and of a text that is typed. GSM 03.38 (with extension) and UCS-2. */
final class PhoneAlphabet {
    static final int DEFAULT = 0;
    static final int UCS2 = 8;

    private static final int ESCAPE = 0x1b;
    private static final String TABLE = "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞ\u001bÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?"
            + "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà";
    private static final String EXTENSION = "\f^{}\\[~]|€";
    private static final byte[] EXTENSION_CODES = {0x0a, 0x14, 0x28, 0x29, 0x2f, 0x3c, 0x3d, 0x3e, 0x40, 0x65};

    private PhoneAlphabet() {}

    static String read(int dataCoding, byte[] bytes) {
        return switch (dataCoding) {
            case DEFAULT -> readDefault(bytes);
            case UCS2 -> new String(bytes, StandardCharsets.UTF_16BE);
            default -> new String(bytes, StandardCharsets.ISO_8859_1);
        };
    }

    private static String readDefault(byte[] bytes) {
        StringBuilder text = new StringBuilder();
        boolean escaped = false;
        for (byte one : bytes) {
            int extended = escaped ? indexOf(one) : -1;
            if (extended >= 0) {
                text.append(EXTENSION.charAt(extended));
            } else if (one != ESCAPE) {
                text.append(one < 0 ? '?' : TABLE.charAt(one));
            }
            escaped = one == ESCAPE;
        }
        return text.toString();
    }

    private static int indexOf(byte code) {
        for (int i = 0; i < EXTENSION_CODES.length; i++) {
            if (EXTENSION_CODES[i] == code) {
                return i;
            }
        }
        return -1;
    }

    /** Null: the default alphabet does not have all of it. */
    static byte @Nullable [] writeDefault(String text) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (char character : text.toCharArray()) {
            int plain = TABLE.indexOf(character);
            int extended = EXTENSION.indexOf(character);
            if (plain >= 0 && plain != ESCAPE) {
                bytes.write(plain);
            } else if (extended >= 0) {
                bytes.write(ESCAPE);
                bytes.write(EXTENSION_CODES[extended]);
            } else {
                return null;
            }
        }
        return bytes.toByteArray();
    }

    /** What follows the user data header, if there is one that fits. */
    static byte[] body(PhoneMessage.Part part) {
        byte[] bytes = part.bytes();
        int header = part.header() && bytes.length > 0 ? (bytes[0] & 0xff) + 1 : 0;
        return Arrays.copyOfRange(bytes, Math.min(header, bytes.length), bytes.length);
    }
}
