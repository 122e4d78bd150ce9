package identicom.systemtests.torture;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Seeded schedules of real faults for {@code identicom.minutes}, or so many as {@code identicom.schedules} says, from {@code
 * identicom.first-seed} on; main of {@code identicom.brokers} brokers, 1 or 3, or as the seeds have it. With {@code identicom.pairs} only
 * one for each pair of parts. {@code ./identicom torture}.
 */
@Tag("torture")
class TortureIT {
    private static final Path FOLDER = Path.of("target", "torture").toAbsolutePath();
    private static final long FIRST = Long.getLong("identicom.first-seed", 1);
    private static final int BROKERS = Integer.getInteger("identicom.brokers", 0);
    private static final boolean PAIRS = Boolean.getBoolean("identicom.pairs");
    private static final int SCHEDULES = Integer.getInteger("identicom.schedules", Integer.MAX_VALUE);
    private static final Duration TIME =
            Duration.ofMinutes(Integer.getInteger("identicom.minutes", SCHEDULES == Integer.MAX_VALUE ? 5 : 24 * 60));

    private static Stream<Schedule> following() {
        return LongStream.iterate(FIRST, seed -> seed + 1).mapToObj(seed -> Schedule.of(seed, BROKERS));
    }

    @Test
    @Timeout(value = 30, unit = TimeUnit.DAYS)
    void nothingIsLostDoubledInventedOrLateWhateverFails() throws Exception {
        long end = System.nanoTime() + TIME.toNanos();
        try (Torture torture = new Torture(FOLDER, Disk.allowed() && Address.allowed())) {
            BooleanSupplier goesOn =
                    () -> System.nanoTime() < end && torture.report().schedules() < SCHEDULES;
            torture.run(PAIRS ? Pairs.each(FIRST).stream() : following(), goesOn);
            assertThat(torture.report().failures()).isEmpty();
        }
    }
}
