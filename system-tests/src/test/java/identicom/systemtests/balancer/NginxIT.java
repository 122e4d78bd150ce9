package identicom.systemtests.balancer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import identicom.simulator.fleet.Fleet;
import identicom.simulator.fleet.FleetOptions;
import identicom.simulator.fleet.Scenario;
import identicom.simulator.fleet.Serials;
import identicom.simulator.raw.RawUnit;
import identicom.simulator.unit.Redial;
import identicom.systemtests.backing.Backing;
import identicom.systemtests.backing.Processes;
import identicom.systemtests.check.Ledger;
import identicom.systemtests.harness.AlertStream;
import identicom.systemtests.harness.Desk;
import identicom.wire.message.Identify;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** NGINX with the project's configuration in front of two stations, which trust no load balancer, and the control room's services. */
@Tag("alone")
class NginxIT {
    private static final int UNITS = 40;
    private static final Duration SOON = Duration.ofSeconds(60);
    private static final Duration EMPTIED = Duration.ofSeconds(120);
    private static final Redial QUICK =
            new Redial(Duration.ofMillis(300), Duration.ofSeconds(2), Duration.ofMillis(700), Duration.ofSeconds(20));

    private static final Map<String, String> TRUSTING = Map.of("IDENTICOM_HTTP_TRUSTED_PROXIES", "127.0.0.1/32");

    @AutoClose
    private static Processes behind;

    @AutoClose
    private static Nginx nginx;

    private static Desk desk;

    @BeforeAll
    static void start() throws Exception {
        Nginx.program();
        Map<String, String> station = Map.of("IDENTICOM_RECEIVER_SILENCE", "1s");
        behind = Processes.on(Backing.start())
                .with("fleet-service", TRUSTING)
                .with("alert-service", TRUSTING)
                .with("log-service", TRUSTING)
                .withStation(station)
                .withStation(station);
        behind.start();
        nginx = Nginx.start(behind);
        desk = Desk.administrator(nginx.controlRoom());
    }

    @Test
    void unitsDialInAtTheStationOfTheirAddressAndGoOnAtTheOtherOneWhenItIsKilled() throws Exception {
        FleetOptions options = new FleetOptions(
                nginx.units(),
                UNITS,
                "NGINX-",
                3,
                0.05,
                QUICK.interval(),
                Duration.ofDays(1),
                7,
                0,
                Duration.ofMillis(20));
        desk.commission(Serials.of(options));
        try (Fleet fleet = Fleet.start(Scenario.of(options).withRedial(QUICK));
                AlertStream stream = desk.listen()) {
            await("alerts are on the stream")
                    .atMost(EMPTIED)
                    .until(() -> stream.heard().stream()
                                    .anyMatch(heard -> heard.event().equals("alert"))
                            && stream.live());
            traffic(fleet);
            assertThat(behind.backing().column("select station from event_log.event group by station"))
                    .as("stations that serve")
                    .hasSize(2);
            assertThat(behind.backing()
                            .column("select serial from event_log.event group by serial"
                                    + " having count(distinct station) > 1"))
                    .as("units that were at two stations")
                    .isEmpty();
            assertThat(fleet.summary().failures()).as(fleet.summary().text()).isZero();

            behind.process(Processes.station(1)).kill();
            traffic(fleet);
            fleet.quiet();
            await("every unit is emptied").atMost(EMPTIED).until(fleet::empty);
            new Ledger(fleet.journals()).check(desk);
        } finally {
            behind.start(List.of(Processes.station(1)));
        }
    }

    @Test
    void aUnitThatWaitsToBeAskedIsAsked() throws Exception {
        try (RawUnit silent = RawUnit.dial(nginx.units())) {
            assertThat(silent.next(SOON)).contains(new Identify());
        }
    }

    private static void traffic(Fleet fleet) {
        long until = fleet.summary().deleted() + 5 * UNITS;
        await("traffic").atMost(EMPTIED).until(() -> fleet.summary().deleted() > until);
    }
}
