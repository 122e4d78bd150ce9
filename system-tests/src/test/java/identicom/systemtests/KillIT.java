package identicom.systemtests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import identicom.simulator.fleet.Fleet;
import identicom.simulator.fleet.FleetOptions;
import identicom.simulator.fleet.Scenario;
import identicom.simulator.fleet.Serials;
import identicom.simulator.journal.JournalFile;
import identicom.simulator.line.DialingUnit;
import identicom.simulator.unit.Redial;
import identicom.systemtests.check.Ledger;
import identicom.systemtests.harness.Desk;
import identicom.systemtests.harness.RunningSystem;
import identicom.systemtests.traffic.Orders;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Standalone is killed in the middle of 200 sessions, three times, and started again on the same data. Units are asked to do this and that
 * before each kill.
 */
class KillIT {
    private static final int UNITS = 200;
    private static final int KILLS = 3;
    private static final int ASKED = 40;
    private static final int IN_SESSION = UNITS / 4;
    private static final Duration ORPHANS_GONE = Duration.ofSeconds(10);
    private static final Redial QUICK =
            new Redial(Duration.ofMillis(300), Duration.ofSeconds(2), Duration.ofSeconds(1), Duration.ofSeconds(10));

    @TempDir
    Path folder;

    static java.util.stream.LongStream seeds() {
        return Seeds.all();
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void nothingDeletedIsLostAndNothingIsThereTwice(long seed) throws Exception {
        RandomGenerator random = new java.util.Random(seed);
        try (RunningSystem system = RunningSystem.start();
                JournalFile journal = JournalFile.create(folder.resolve("units.journal"))) {
            FleetOptions options = new FleetOptions(
                    system.units(),
                    UNITS,
                    "KILL-",
                    60,
                    0.1,
                    QUICK.interval(),
                    Duration.ofDays(1),
                    seed,
                    0.05,
                    Duration.ofMillis(40));
            Desk desk = Desk.administrator(system);
            List<String> serials = Serials.of(options);
            desk.commission(serials);
            Orders orders = new Orders(desk, new java.util.Random(~seed));
            try (Fleet fleet =
                    Fleet.start(Scenario.of(options).withRedial(QUICK).withJournal(journal))) {
                for (int kill = 1; kill <= KILLS; kill++) {
                    for (int one = 0; one < ASKED; one++) {
                        orders.ask(serials);
                    }
                    int deletedBefore = deleted(fleet);
                    int until = random.nextInt(500, 4_000);
                    await().atMost(Duration.ofSeconds(120))
                            .pollInterval(Duration.ofMillis(10))
                            .until(() -> connected(fleet) >= IN_SESSION && deleted(fleet) > deletedBefore + until);
                    system.kill();
                    if (kill == KILLS) {
                        await().atMost(ORPHANS_GONE)
                                .until(() -> !system.children().any());
                    }
                    system.restart();
                }
                fleet.quiet();
                await("no command waits").atMost(Duration.ofSeconds(240)).until(orders::done);
                await("every unit is emptied").atMost(Duration.ofSeconds(240)).until(fleet::empty);
                assertThat(fleet.units().stream()
                                .mapToInt(unit -> unit.unit().commandCount())
                                .sum())
                        .as("commands carried out")
                        .isPositive();
                assertThat(fleet.summary().deleted()).isEqualTo(fleet.summary().logged());
                new Ledger(journal.read()).check(desk);
            }
        }
    }

    private static int deleted(Fleet fleet) {
        return (int) fleet.summary().deleted();
    }

    private static long connected(Fleet fleet) {
        return fleet.units().stream().filter(DialingUnit::connected).count();
    }
}
