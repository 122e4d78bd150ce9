package identicom.simulator.picture;

/** Digits, capitals and a few signs of 5 × 7 dots. */
final class DotFont {
    static final int HEIGHT = 7;

    private static final int WIDTH = 5;
    private static final int ADVANCE = WIDTH + 1;
    private static final String SIGNS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ-:. ";
    /** Seven rows a sign, five bits a row, the left dot highest; two hex digits a row. */
    private static final String[] ROWS = {
        "0e11131519110e", "040c040404040e", "0e11010204081f", "1f02040201110e", "02060a121f0202",
        "1f101e0101110e", "0608101e11110e", "1f010204080808", "0e11110e11110e", "0e11110f01020c",
        "0e11111f111111", "1e11111e11111e", "0e11101010110e", "1c12111111121c", "1f10101e10101f",
        "1f10101e101010", "0e11101711110f", "1111111f111111", "0e04040404040e", "0702020202120c",
        "11121418141211", "1010101010101f", "111b1515111111", "11111915131111", "0e11111111110e",
        "1e11111e101010", "0e11111115120d", "1e11111e141211", "0f10100e01011e", "1f040404040404",
        "1111111111110e", "11111111110a04", "1111111515150a", "11110a040a1111", "1111110a040404",
        "1f01020408101f", "0000001f000000", "000c0c000c0c00", "00000000000c0c", "00000000000000"
    };

    private DotFont() {}

    static int width(String text, int dot) {
        return (text.length() * ADVANCE - 1) * dot;
    }

    /** Writes {@code text}; a sign that is not known leaves a gap. */
    static void write(Canvas canvas, int left, int top, int dot, String text, int colour) {
        for (int i = 0; i < text.length(); i++) {
            int sign = SIGNS.indexOf(text.charAt(i));
            if (sign >= 0) {
                sign(canvas, left + i * ADVANCE * dot, top, dot, ROWS[sign], colour);
            }
        }
    }

    private static void sign(Canvas canvas, int left, int top, int dot, String rows, int colour) {
        for (int row = 0; row < HEIGHT; row++) {
            int bits = Integer.parseInt(rows.substring(2 * row, 2 * row + 2), 16);
            for (int column = 0; column < WIDTH; column++) {
                if ((bits >> (WIDTH - 1 - column) & 1) != 0) {
                    int x = left + column * dot;
                    int y = top + row * dot;
                    canvas.box(x, y, x + dot, y + dot, colour);
                }
            }
        }
    }
}
