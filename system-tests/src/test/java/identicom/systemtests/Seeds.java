package identicom.systemtests;

import java.util.stream.LongStream;

/** How many seeds a seeded test runs through: 3, or as many as the system property {@code identicom.seeds} says. */
public final class Seeds {
    private Seeds() {}

    public static LongStream all() {
        return LongStream.rangeClosed(1, Integer.getInteger("identicom.seeds", 3));
    }
}
