package identicom.wire.decode;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;

/** Bytes written as hex, with separators and comments. */
final class HexText {
    private HexText() {}

    static byte[] parse(byte[] text) {
        return parse(new String(text, StandardCharsets.US_ASCII));
    }

    static byte[] parse(String text) {
        ByteBuf bytes = Unpooled.buffer(text.length() / 2 + 1);
        int high = -1;
        boolean comment = false;
        for (int at = 0; at < text.length(); at++) {
            char c = text.charAt(at);
            int digit = Character.digit(c, 16);
            if (c == '\n') {
                comment = false;
            } else if (c == '#') {
                comment = true;
            }
            boolean separator = comment || isSeparator(c);
            if (separator && (high < 0 || comment)) {
                continue;
            }
            if (separator || digit < 0 || c > 'f') {
                throw new IllegalArgumentException("character " + (at + 1) + " of the hex: " + shown(c)
                        + " (expected: two digits 0-9 a-f a byte)");
            }
            if (high < 0) {
                high = digit;
            } else {
                bytes.writeByte(high << 4 | digit);
                high = -1;
            }
        }
        if (high >= 0) {
            throw new IllegalArgumentException("end of the hex: half a byte (expected: two digits 0-9 a-f a byte)");
        }
        return ByteBufUtil.getBytes(bytes);
    }

    /** A capture of real bytes begins with a frame start, which no text of hex contains. */
    static boolean looksLikeHex(byte[] capture) {
        boolean digits = false;
        boolean comment = false;
        for (byte b : capture) {
            comment = b == '#' || (comment && b != '\n');
            boolean digit = Character.digit(b, 16) >= 0;
            if (!comment && !digit && !isSeparator((char) b)) {
                return false;
            }
            digits |= digit && !comment;
        }
        return digits;
    }

    private static boolean isSeparator(char c) {
        return c == ' ' || c == '\t' || c == '\r' || c == '\n' || c == ':' || c == ',';
    }

    private static String shown(char c) {
        return c > 0x20 && c < 0x7f ? "'" + c + "'" : "code " + (int) c;
    }
}
