package identicom.fuzzing;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;

/**
 * The inputs of a target that are kept: one a line, as hex with white space anywhere, or as text in UTF-8 behind an apostrophe, in
 * which {@code \n}, {@code \r}, {@code \t}, {@code \0} and {@code \\} stand for what they mean. Lines that begin with # say something.
 */
final class Corpus {
    private static final long SEED = 20_260_101;

    private Corpus() {}

    /** Every input kept, in the file's order. */
    static List<byte[]> of(FuzzTarget target) {
        String name = "/fuzz/" + target.getClass().getSimpleName() + ".txt";
        try (InputStream in = target.getClass().getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException(name + " is missing: a target keeps inputs");
            }
            List<byte[]> inputs = new ArrayList<>();
            for (String line : new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .toList()) {
                if (!line.isBlank() && !line.startsWith("#")) {
                    inputs.add(line.startsWith("'") ? text(line.substring(1)) : hex(line));
                }
            }
            return inputs;
        } catch (IOException e) {
            throw new IllegalStateException(name, e);
        }
    }

    /** Each input, cut, doubled and with some of its bytes changed; always the same. */
    static List<byte[]> varied(List<byte[]> inputs, int timesEach) {
        Random random = new Random(SEED);
        List<byte[]> varied = new ArrayList<>(inputs);
        for (byte[] input : inputs) {
            for (int i = 0; i < timesEach; i++) {
                varied.add(vary(input, random));
            }
        }
        return varied;
    }

    private static byte[] vary(byte[] input, Random random) {
        int length = random.nextInt(2 * input.length + 2);
        byte[] varied = new byte[length];
        for (int at = 0; at < length; at++) {
            boolean changed = input.length == 0 || random.nextInt(16) == 0;
            varied[at] = changed ? (byte) random.nextInt(256) : input[at % input.length];
        }
        return varied;
    }

    static String line(byte[] input) {
        return HexFormat.of().formatHex(input);
    }

    private static byte[] hex(String line) {
        return HexFormat.of().parseHex(line.replaceAll("\\s", ""));
    }

    private static byte[] text(String line) {
        StringBuilder text = new StringBuilder();
        for (int at = 0; at < line.length(); at++) {
            char c = line.charAt(at);
            text.append(c == '\\' ? escaped(line.charAt(++at)) : c);
        }
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }

    private static char escaped(char c) {
        return switch (c) {
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            case '0' -> '\0';
            case '\\' -> '\\';
            default -> throw new IllegalArgumentException("\\" + c + " (expected: one of \\n \\r \\t \\0 \\\\)");
        };
    }
}
