package identicom.systemtests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import identicom.simulator.fleet.Fleet;
import identicom.simulator.fleet.FleetOptions;
import identicom.simulator.fleet.Scenario;
import identicom.simulator.fleet.Serials;
import identicom.simulator.line.SessionEnd;
import identicom.simulator.unit.Journal;
import identicom.simulator.unit.SimulatedUnit;
import identicom.systemtests.check.Ledger;
import identicom.systemtests.harness.AlertStream;
import identicom.systemtests.harness.Desk;
import identicom.systemtests.harness.RunningSystem;
import identicom.wire.event.StandardEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Long logs do not stand in an emergency's way. */
@ExtendWith(SharedSystem.class)
@Tag("alone")
class UrgencyIT {
    private static final int LONG_LOGS = 20;
    private static final int ENTRIES = 5_000;
    private static final int EMERGENCIES = 10;
    private static final Duration PROMISED = Duration.ofSeconds(1);

    @Test
    void aPushedManDownIsOnTheStreamWithinASecondWhileLongLogsAreRead(RunningSystem system, Desk desk)
            throws Exception {
        FleetOptions options = new FleetOptions(
                system.units(),
                LONG_LOGS,
                "LONG-",
                ENTRIES,
                0,
                Duration.ofSeconds(2),
                Duration.ZERO,
                3,
                0,
                Duration.ofMillis(150));
        desk.commission(Serials.of(options));
        List<String> emergencies = Serials.of(FleetOptions.of(system.units(), EMERGENCIES)).stream()
                .map(serial -> serial.replace("SIM", "DOWN"))
                .toList();
        desk.commission(emergencies);
        List<Journal> journals = new ArrayList<>();
        List<Duration> waits = new ArrayList<>();
        List<DialIn> open = new ArrayList<>();
        List<SimulatedUnit> fallen = new ArrayList<>();

        try (AlertStream stream = desk.listen();
                Fleet fleet = Fleet.start(Scenario.of(options).withDialWindow(Duration.ofMillis(100)))) {
            await().until(stream::live);
            await().until(() -> fleet.summary().deleted() > 0);
            for (String serial : emergencies) {
                SimulatedUnit unit = new SimulatedUnit(serial, "4.2.1", 1);
                unit.log(StandardEvent.MAN_DOWN, Instant.now());
                long pushed = System.nanoTime();
                open.add(DialIn.of(unit, system, 1400));
                await().pollInterval(Duration.ofMillis(5))
                        .atMost(Duration.ofSeconds(20))
                        .until(() -> stream.first(serial, alert -> true).isPresent());
                waits.add(Duration.ofNanos(
                        stream.first(serial, alert -> true).orElseThrow().atNanos() - pushed));
                fallen.add(unit);
            }
            assertThat(fleet.empty()).as("logs are still being read").isFalse();
            for (DialIn session : open) {
                session.toItsEnd((request, dialIn) -> {});
                session.close();
            }
            fallen.forEach(unit -> journals.add(unit.journal()));
            assertThat(waits)
                    .as("man-downs on the stream after " + waits)
                    .allMatch(wait -> wait.compareTo(PROMISED) < 0);
            await().atMost(Duration.ofSeconds(240)).until(fleet::empty);
            assertThat(fleet.summary().count(SessionEnd.EMPTIED)).isGreaterThanOrEqualTo(LONG_LOGS);
            journals.addAll(fleet.journals());
        }
        new Ledger(journals).check(desk);
    }
}
