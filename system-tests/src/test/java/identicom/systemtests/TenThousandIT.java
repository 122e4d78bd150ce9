package identicom.systemtests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import identicom.simulator.fleet.Fleet;
import identicom.simulator.fleet.FleetOptions;
import identicom.simulator.fleet.FleetSummary;
import identicom.simulator.fleet.Scenario;
import identicom.simulator.fleet.Serials;
import identicom.simulator.line.DialingUnit;
import identicom.simulator.unit.Redial;
import identicom.simulator.unit.SimulatedUnit;
import identicom.systemtests.check.Ledger;
import identicom.systemtests.harness.Desk;
import identicom.systemtests.harness.RunningSystem;
import identicom.wire.event.StandardEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Ten thousand units dial in at the same moment. */
@Tag("alone")
class TenThousandIT {
    private static final Logger LOG = LoggerFactory.getLogger(TenThousandIT.class);
    private static final int UNITS = 10_000;
    private static final int EVENTS = 4;
    private static final int ONE_IN = 100;
    private static final Duration EMPTIED = Duration.ofSeconds(360);
    private static final Redial REDIAL =
            new Redial(Duration.ofSeconds(5), Duration.ofSeconds(30), Duration.ofSeconds(30), Duration.ofSeconds(60));
    private static final List<StandardEvent> SHIFT =
            List.of(StandardEvent.CHARGER_DISCONNECTED, StandardEvent.SWITCHED_ON, StandardEvent.POSITION_REPORT);

    @Test
    void allIsStoredAllIsDeletedAndEachOfAHundredFallsIsOneAlert() throws Exception {
        try (RunningSystem system = RunningSystem.start()) {
            FleetOptions options = new FleetOptions(
                    system.units(), UNITS, "TEN-", 0, 0, REDIAL.interval(), Duration.ofDays(1), 10, 0, Duration.ZERO);
            Desk desk = Desk.administrator(system);
            desk.commission(Serials.of(options));
            try (Fleet fleet = Fleet.idle(Scenario.of(options).withRedial(REDIAL))) {
                fleet.quiet();
                for (int number = 0; number < UNITS; number++) {
                    shift(
                            fleet.unit(number).unit(),
                            number % ONE_IN == 0 ? StandardEvent.MAN_DOWN : StandardEvent.STATUS_CHECK);
                }
                long started = System.nanoTime();
                fleet.units().forEach(DialingUnit::dial);
                await("every unit is emptied")
                        .atMost(EMPTIED)
                        .pollInterval(Duration.ofMillis(100))
                        .until(fleet::empty);
                Duration emptied = Duration.ofNanos(System.nanoTime() - started);
                fleet.units().forEach(DialingUnit::retire);
                await("every session is over")
                        .until(() -> fleet.units().stream().noneMatch(DialingUnit::connected));
                FleetSummary summary = fleet.summary();

                assertThat(summary.logged()).isEqualTo((long) UNITS * EVENTS);
                assertThat(summary.deleted()).isEqualTo((long) UNITS * EVENTS);
                new Ledger(fleet.journals()).check(desk);
                Duration stored = Duration.ofNanos(System.nanoTime() - started);
                assertThat(desk.all("/api/v1/alerts?kind=man-down")).hasSize(UNITS / ONE_IN);
                LOG.info(
                        "{} units at once: emptied after {}, checked after {}\n{}",
                        UNITS,
                        emptied,
                        stored,
                        summary.text());
            }
        }
    }

    private static void shift(SimulatedUnit unit, StandardEvent last) {
        Instant now = Instant.now();
        SHIFT.forEach(event -> unit.log(event, now));
        unit.log(last, now);
    }
}
