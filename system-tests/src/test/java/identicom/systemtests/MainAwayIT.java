package identicom.systemtests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import identicom.simulator.fleet.Fleet;
import identicom.simulator.fleet.FleetOptions;
import identicom.simulator.fleet.Scenario;
import identicom.simulator.fleet.Serials;
import identicom.simulator.line.DialingUnit;
import identicom.simulator.unit.Redial;
import identicom.systemtests.harness.Desk;
import identicom.systemtests.harness.RunningSystem;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * The main cluster is away for more than two intervals of units that go on dialling in: what the station heard meanwhile
 * is told when it can be, so nobody is missed wrongly, and the one that fell silent is.
 */
class MainAwayIT {
    private static final Duration INTERVAL = Duration.ofMinutes(1);
    private static final Duration AWAY = INTERVAL.multipliedBy(2).plusSeconds(15);
    private static final Duration BACK = AWAY.plusSeconds(90);
    private static final Map<String, String> SETTINGS =
            Map.of("IDENTICOM_STANDALONE_RESTART_DELAY", AWAY.toSeconds() + "s");
    /** Enough for a mass loss, if they were taken for silent. */
    private static final int UNITS = 15;

    private static final int SILENT = 7;
    private static final Redial REDIAL =
            new Redial(Duration.ofSeconds(5), Duration.ofSeconds(15), Duration.ofSeconds(15), Duration.ofSeconds(60));

    @Test
    void nobodyWhoCalledIsMissedAndTheOneWhoDidNotIs() throws Exception {
        try (RunningSystem system = RunningSystem.start(SETTINGS)) {
            Desk desk = Desk.administrator(system);
            FleetOptions options = new FleetOptions(
                    system.units(), UNITS, "AWAY-", 1, 0, REDIAL.interval(), Duration.ofDays(1), 4, 0, Duration.ZERO);
            for (String serial : Serials.of(options)) {
                Map<String, Object> unit = Map.of("checkInMinutes", INTERVAL.toMinutes(), "graceMinutes", 0);
                assertThat(desk.put("/api/v1/units/" + serial, unit).status()).isEqualTo(201);
            }
            try (Fleet fleet = Fleet.idle(Scenario.of(options).withRedial(REDIAL))) {
                fleet.units().forEach(DialingUnit::dial);
                await("all are supervised").atMost(Duration.ofSeconds(60)).until(() -> supervised(desk) == UNITS);
                String silent = Serials.of(options).get(SILENT);
                system.children().main().kill();
                fleet.unit(SILENT).retire();

                await("the silent one is missed")
                        .atMost(BACK)
                        .until(() -> !desk.alerts(silent).isEmpty());
                Instant missed = Instant.now();
                await("what the station kept was heard and judged by")
                        .atMost(BACK)
                        .until(() -> watermark(desk).isAfter(missed));

                List<String> kinds = new ArrayList<>();
                for (JsonNode alert : desk.all("/api/v1/alerts")) {
                    kinds.add(alert.get("kind").asText() + " "
                            + alert.path("serial").asText());
                }
                assertThat(kinds)
                        .filteredOn(kind -> !kind.startsWith("technical "))
                        .containsExactly("missed-check-in " + silent);
            }
        }
    }

    private static long supervised(Desk desk) throws Exception {
        return desk.all("/api/v1/supervision?state=all").stream()
                .filter(unit -> unit.hasNonNull("lastHeardAt"))
                .count();
    }

    private static Instant watermark(Desk desk) throws Exception {
        return Instant.parse(
                desk.get("/api/v1/supervision/summary").json().get("watermark").asText());
    }
}
