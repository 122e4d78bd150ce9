package identicom.receiver.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The station in thousands of made-up worlds: {@code -Didenticom.schedules} of them, from {@code -Didenticom.first-seed} on. */
class SimulationTest {
    private static final long FIRST_SEED = Long.getLong("identicom.first-seed", 1);
    private static final long SCHEDULES = Long.getLong("identicom.schedules", 10_000);
    private static final int SOME = 400;

    private final Simulation simulation = new Simulation();

    @AfterEach
    void close() {
        simulation.close();
    }

    private static Plant nothing() {
        return Plant.NONE;
    }

    private LongStream seeds(long first, long count) {
        return LongStream.range(first, first + count);
    }

    @Test
    void whateverHappensNothingIsLostInventedLeakedOrStuck() {
        Optional<Outcome> failed = seeds(FIRST_SEED, SCHEDULES)
                .parallel()
                .mapToObj(seed -> simulation.run(seed, SimulationTest::nothing))
                .filter(outcome -> !outcome.clean())
                .findFirst();
        assertThat(failed)
                .withFailMessage(() -> simulation.report(failed.orElseThrow(), SimulationTest::nothing))
                .isEmpty();
    }

    @Test
    void aSeedReplaysExactlyAndAnotherIsAnother() {
        long[] hashes = seeds(FIRST_SEED, SOME)
                .map(seed -> simulation.run(seed, SimulationTest::nothing).hash())
                .toArray();
        assertThat(seeds(FIRST_SEED, SOME)
                        .map(seed ->
                                simulation.replay(seed, SimulationTest::nothing).hash()))
                .containsExactly(LongStream.of(hashes).boxed().toArray(Long[]::new));
        assertThat(hashes).doesNotHaveDuplicates();
    }

    @Test
    void theSchedulesGetToWhatTheyAreFor() {
        Map<Reached, Integer> reached = new EnumMap<>(Reached.class);
        seeds(FIRST_SEED, SOME)
                .mapToObj(seed -> simulation.run(seed, SimulationTest::nothing))
                .forEach(outcome ->
                        outcome.reached().forEach((what, count) -> reached.merge(what, count, Integer::sum)));
        assertThat(reached).containsOnlyKeys(Reached.values());
        assertThat(reached.values()).as("%s", reached).allMatch(count -> count > SOME / 20);
    }
}
