package identicom.wire;

import identicom.wire.frame.Direction;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** One vector of a data file under {@code vectors}: bytes, and the lines of what they decode to. */
public record Vector(String name, Direction direction, byte[] bytes, List<String> decoded) {

    /** Every vector of every file. */
    public static Stream<Vector> all() {
        return Stream.concat(valid(), faulty());
    }

    /** The vectors without a fault. */
    public static Stream<Vector> valid() {
        return Stream.concat(in("from-unit.txt", Direction.FROM_UNIT), in("to-unit.txt", Direction.TO_UNIT));
    }

    /** The vectors that end in a fault. */
    public static Stream<Vector> faulty() {
        return Stream.concat(
                in("from-unit-faults.txt", Direction.FROM_UNIT), in("to-unit-faults.txt", Direction.TO_UNIT));
    }

    private static Stream<Vector> in(String file, Direction direction) {
        return Arrays.stream(text(file).split("(?m)^== ")).skip(1).map(block -> parse(block, direction));
    }

    private static Vector parse(String block, Direction direction) {
        List<String> lines = block.lines().map(String::strip).toList();
        String hex = lines.stream()
                .skip(1)
                .filter(line -> !isDecoded(line))
                .map(line -> line.replaceFirst("#.*", "").replace(" ", ""))
                .collect(Collectors.joining());
        List<String> decoded = lines.stream().filter(Vector::isDecoded).toList();
        return new Vector(lines.getFirst(), direction, HexFormat.of().parseHex(hex), decoded);
    }

    private static boolean isDecoded(String line) {
        return line.startsWith("-> ") || line.startsWith("!! ");
    }

    private static String text(String file) {
        try (InputStream in = Vector.class.getResourceAsStream("/vectors/" + file)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public String toString() {
        return direction + ": " + name;
    }
}
