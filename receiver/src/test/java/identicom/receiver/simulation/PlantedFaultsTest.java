package identicom.receiver.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The simulation finds what is wrong: each fault that is planted in the station, in the same schedules that are clean without. */
class PlantedFaultsTest {
    private static final long MOST_SEEDS = 400;

    private final Simulation simulation = new Simulation();

    @AfterEach
    void close() {
        simulation.close();
    }

    private static Plant nothing() {
        return Plant.NONE;
    }

    @ParameterizedTest
    @EnumSource
    void isCaught(PlantedFault fault) {
        Optional<Outcome> caught = LongStream.rangeClosed(1, MOST_SEEDS)
                .mapToObj(seed -> simulation.run(seed, fault::plant))
                .filter(outcome -> !outcome.clean())
                .findFirst();
        assertThat(caught).as("%s in the first %d seeds", fault, MOST_SEEDS).isPresent();
    }

    @Test
    void withoutAFaultTheSameSeedsAreClean() {
        assertThat(LongStream.rangeClosed(1, MOST_SEEDS)
                        .mapToObj(seed -> simulation.run(seed, PlantedFaultsTest::nothing)))
                .allMatch(Outcome::clean);
    }
}
