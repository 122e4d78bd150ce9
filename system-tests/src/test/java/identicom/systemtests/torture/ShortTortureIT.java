package identicom.systemtests.torture;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** A few schedules of each kind that any user can run, on one installation with main of one broker. The long run is {@link TortureIT}. */
class ShortTortureIT {
    /** Drawn once and looked at: see {@link #eachKindIsAmongThem}. */
    private static final List<Long> SEEDS = List.of(6L, 7L, 42L, 43L, 46L);

    private static List<Schedule> schedules() {
        return SEEDS.stream().map(seed -> Schedule.of(seed, 1)).toList();
    }

    @Test
    void nothingIsLostDoubledInventedOrLateWhateverFails() throws Exception {
        Path folder = Path.of("target", "torture-short").toAbsolutePath();
        try (Torture torture = new Torture(folder, false)) {
            torture.run(schedules().stream(), () -> true);
            assertThat(torture.report().failures()).isEmpty();
            assertThat(torture.report().schedules()).isEqualTo(SEEDS.size());
        }
    }

    @Test
    void eachKindIsAmongThem() {
        assertThat(schedules().stream()
                        .flatMap(schedule -> schedule.faults().stream())
                        .map(Fault::kind)
                        .collect(Collectors.toSet()))
                .containsExactlyInAnyOrder(Fault.Kind.KILL, Fault.Kind.STOP, Fault.Kind.NETWORK, Fault.Kind.POINT);
        assertThat(schedules()).anyMatch(Schedule::isPair);
    }
}
