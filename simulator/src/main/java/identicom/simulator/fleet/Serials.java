package identicom.simulator.fleet;

import identicom.wire.message.Identification;
import java.util.List;
import java.util.stream.IntStream;

/** The serial numbers of a fleet's units. */
public final class Serials {
    private static final int LEAST_DIGITS = 6;

    private Serials() {}

    /** {@code prefix}, then {@code number} with leading zeros. */
    public static String of(String prefix, int number) {
        String digits = Integer.toString(number);
        return prefix + "0".repeat(Math.max(0, LEAST_DIGITS - digits.length())) + digits;
    }

    /** All of a fleet, in order of the units' numbers. */
    public static List<String> of(FleetOptions options) {
        return IntStream.range(0, options.units())
                .mapToObj(number -> of(options.serialPrefix(), number))
                .toList();
    }

    static void check(String prefix, int units) {
        if (!Identification.isSerial(of(prefix, units - 1))) {
            throw new IllegalArgumentException("serialPrefix: " + prefix + " (expected: A–Z 0–9 -, at most "
                    + (Identification.MAX_SERIAL - of("", units - 1).length()) + " characters)");
        }
    }
}
