package identicom.systemtests;

import java.util.stream.LongStream;

/**
 * The seeds that a seeded test runs through: 1 to 3, or up to what the system property {@code identicom.seeds} says; from {@code
 * identicom.first-seed} on, where a long series is run in parts.
 */
public final class Seeds {
    private Seeds() {}

    public static LongStream all() {
        return LongStream.rangeClosed(
                Integer.getInteger("identicom.first-seed", 1), Integer.getInteger("identicom.seeds", 3));
    }
}
