package identicom.systemtests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import identicom.simulator.fleet.Fleet;
import identicom.simulator.fleet.FleetOptions;
import identicom.simulator.fleet.Scenario;
import identicom.simulator.fleet.Serials;
import identicom.simulator.line.DialingUnit;
import identicom.simulator.unit.Redial;
import identicom.systemtests.check.Ledger;
import identicom.systemtests.harness.AlertStream;
import identicom.systemtests.harness.AlertStream.Heard;
import identicom.systemtests.harness.Desk;
import identicom.systemtests.harness.RunningSystem;
import identicom.wire.event.StandardEvent;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** PostgreSQL stands still for half a minute while units dial in. */
@Tag("alone")
class DatabaseFaultIT {
    private static final Duration STOPPED = Duration.ofSeconds(30);
    private static final Duration PROMISED = Duration.ofSeconds(2);
    private static final int UNITS = 30;
    private static final int EMERGENCIES = 5;
    private static final Redial QUICK =
            new Redial(Duration.ofMillis(500), Duration.ofSeconds(2), Duration.ofSeconds(2), Duration.ofSeconds(20));

    @Test
    void stationsGoOnManDownsAreOnTheStreamInTwoSecondsAndAllIsStoredAfter() throws Exception {
        try (RunningSystem system = RunningSystem.start()) {
            FleetOptions options = new FleetOptions(
                    system.units(),
                    UNITS,
                    "DB-",
                    20,
                    0,
                    QUICK.interval(),
                    Duration.ofDays(1),
                    7,
                    0,
                    Duration.ofMillis(20));
            Desk desk = Desk.administrator(system);
            desk.commission(Serials.of(options));
            try (AlertStream stream = desk.listen();
                    Fleet fleet = Fleet.start(Scenario.of(options).withRedial(QUICK))) {
                await().until(stream::live);
                await().until(() -> fleet.summary().emptyUnits() > UNITS / 2);

                system.children().database().freeze();
                long until = System.nanoTime() + STOPPED.toNanos();
                long deletedBefore = fleet.summary().deleted();
                for (int i = 0; i < EMERGENCIES; i++) {
                    emergency(fleet.unit(i), stream);
                }
                await("stations go on").until(() -> fleet.summary().deleted() > deletedBefore + UNITS * 20);
                await().atMost(STOPPED.plusSeconds(1)).until(() -> System.nanoTime() >= until);
                system.children().database().thaw();

                fleet.quiet();
                await().atMost(Duration.ofSeconds(120)).until(fleet::empty);
                new Ledger(fleet.journals()).check(desk);
                nobodyWasToldTwice(stream, desk, fleet);
            }
        }
    }

    private static void emergency(DialingUnit unit, AlertStream stream) {
        String serial = unit.unit().serial();
        long logged = System.nanoTime();
        unit.log(StandardEvent.MAN_DOWN);
        await().atMost(Duration.ofSeconds(20))
                .until(() -> stream.first(serial, alert -> true).isPresent());
        Heard heard = stream.first(serial, alert -> true).orElseThrow();
        assertThat(Duration.ofNanos(heard.atNanos() - logged)).isLessThan(PROMISED);
    }

    /** What came from memory and what is stored is the same alert. */
    private static void nobodyWasToldTwice(AlertStream stream, Desk desk, Fleet fleet) throws Exception {
        for (int i = 0; i < EMERGENCIES; i++) {
            String serial = fleet.unit(i).unit().serial();
            String stored = desk.alerts(serial).getFirst().get("id").asText();
            List<String> told = stream.heard().stream()
                    .filter(heard -> heard.isAlertOf(serial))
                    .map(heard -> heard.data().get("id").asText())
                    .distinct()
                    .toList();
            assertThat(told).containsExactly(stored);
            await().until(() -> stream.first(
                            serial, alert -> alert.get("stored").asBoolean())
                    .isPresent());
        }
    }
}
