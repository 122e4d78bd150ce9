package identicom.fleetservice.units.csv;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Lines of UTF-8 text, numbered from 1, each bounded: of one that is too long no more than the bound is ever kept. Ends are LF
 * or CR LF. A byte-order mark before the first line is left out. One thread.
 */
final class Lines {
    /** Longest line in bytes: every column at its longest and quoted fits four times. */
    static final int MAX_BYTES = 8_192;

    private final InputStream in;
    private final ByteArrayOutputStream line = new ByteArrayOutputStream(256);
    private final CharsetDecoder decoder = StandardCharsets.UTF_8
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPORT)
            .onUnmappableCharacter(CodingErrorAction.REPORT);
    private int number;

    /**
     * One line.
     *
     * @param text without its end; empty where there is a fault
     * @param fault why it cannot be read; null: it can
     */
    record Line(int number, String text, @Nullable String fault) {}

    Lines(InputStream in) {
        this.in = new BufferedInputStream(in, 65_536);
    }

    /** The next line; null at the end. */
    @Nullable Line next() throws IOException {
        line.reset();
        int length = 0;
        int b = in.read();
        if (b < 0) {
            return null;
        }
        for (; b >= 0 && b != '\n'; b = in.read()) {
            length++;
            if (length <= MAX_BYTES) {
                line.write(b);
            }
        }
        number++;
        if (length > MAX_BYTES) {
            return new Line(number, "", "longer than " + MAX_BYTES + " bytes");
        }
        return decode(line.toByteArray());
    }

    private Line decode(byte[] bytes) {
        int start = number == 1 && startsWithMark(bytes) ? 3 : 0;
        int end = bytes.length > start && bytes[bytes.length - 1] == '\r' ? bytes.length - 1 : bytes.length;
        try {
            String text =
                    decoder.decode(ByteBuffer.wrap(bytes, start, end - start)).toString();
            return new Line(number, text, null);
        } catch (CharacterCodingException e) {
            return new Line(number, "", "not UTF-8");
        }
    }

    private static boolean startsWithMark(byte[] bytes) {
        return bytes.length >= 3 && bytes[0] == (byte) 0xEF && bytes[1] == (byte) 0xBB && bytes[2] == (byte) 0xBF;
    }
}
