package identicom.systemtests.balancer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import identicom.simulator.fleet.Fleet;
import identicom.simulator.fleet.FleetOptions;
import identicom.simulator.fleet.Scenario;
import identicom.simulator.fleet.Serials;
import identicom.simulator.line.DialingUnit;
import identicom.simulator.unit.Journal;
import identicom.simulator.unit.Redial;
import identicom.simulator.unit.SimulatedUnit;
import identicom.systemtests.backing.Backing;
import identicom.systemtests.backing.Processes;
import identicom.systemtests.backing.TwoClusters;
import identicom.systemtests.check.Ledger;
import identicom.systemtests.harness.AlertStream;
import identicom.systemtests.harness.Desk;
import identicom.systemtests.harness.Emergencies;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Five thousand units, or as many as {@code identicom.units} says, through HAProxy at three stations, with a main cluster of three brokers,
 * while one thing after the other fails.
 */
@Tag("full-size")
class FullSizeIT {
    private static final Logger LOG = LoggerFactory.getLogger(FullSizeIT.class);
    private static final int UNITS = Integer.getInteger("identicom.units", 5_000);
    private static final int STATIONS = 3;
    private static final String BALANCER = "127.0.0.1/32";
    private static final int EVENTS = 3;
    private static final int WITH_PICTURES = 20;
    private static final int PICTURE = 60_000;
    private static final int LONG_PICTURE = 200_000;
    private static final Duration LINE = Duration.ofMillis(200);
    private static final Duration ONE_DOWN_EACH = Duration.ofMillis(400);
    private static final Duration PROMISED = Duration.ofSeconds(10);
    /** As {@code haproxy.cfg} has it where a site says nothing. */
    private static final Duration STICKY = Duration.ofSeconds(60);

    private static final Duration SOON = Duration.ofSeconds(30);
    private static final Duration EMPTIED = Duration.ofMinutes(5);
    private static final Redial REDIAL =
            new Redial(Duration.ofSeconds(1), Duration.ofSeconds(8), Duration.ofSeconds(60), Duration.ofSeconds(60));

    private final SimulatedUnit cut = unitWithPicture("CUT-1");
    private final SimulatedUnit kept = unitWithPicture("KEPT-1");

    @Test
    void whateverFailsNothingIsLostNothingIsDoubledAndNoAlertIsLate() throws Exception {
        HaProxy.program();
        Backing backing = Backing.start();
        try (Processes behind = Processes.on(backing);
                TwoClusters clusters = TwoClusters.withReplicatedMain(backing)) {
            start(behind, clusters.environment());
            try (HaProxy haproxy = HaProxy.start(site(behind))) {
                await("stations are ready")
                        .atMost(SOON)
                        .until(() -> haproxy.ready(1) && haproxy.ready(2) && haproxy.ready(3));
                through(behind, clusters, haproxy);
            }
        }
    }

    private static void start(Processes behind, Map<String, String> clusters) throws Exception {
        Map<String, String> service = new TreeMap<>(clusters);
        service.put("IDENTICOM_HTTP_TRUSTED_PROXIES", BALANCER);
        Map<String, String> media = new TreeMap<>(service);
        media.put(
                "IDENTICOM_MEDIA_STORE",
                behind.backing().folder().resolve("pictures").toString());
        behind.with("fleet-service", service)
                .with("alert-service", service)
                .with("log-service", service)
                .with("media-service", media)
                .start();
        Map<String, String> station = new TreeMap<>(clusters);
        station.put("IDENTICOM_RECEIVER_TRUSTED_PROXIES", BALANCER);
        List<String> names = new ArrayList<>();
        for (int number = 1; number <= STATIONS; number++) {
            behind.withStation(station);
            names.add(Processes.station(number));
        }
        behind.start(names);
    }

    private static Map<String, String> site(Processes behind) {
        Map<String, String> site = new TreeMap<>(Map.of(
                "CONNECTIONS", "8000",
                "ALERT_SERVICE_1", behind.serviceAddress("alert-service"),
                "FLEET_SERVICE_1", behind.serviceAddress("fleet-service"),
                "LOG_SERVICE_1", behind.serviceAddress("log-service"),
                "MEDIA_SERVICE_1", behind.serviceAddress("media-service")));
        for (int number = 1; number <= STATIONS; number++) {
            site.put("STATION_" + number, behind.stationAddress(number));
        }
        return site;
    }

    private void through(Processes behind, TwoClusters clusters, HaProxy haproxy) throws Exception {
        FleetOptions options = new FleetOptions(
                haproxy.units(), UNITS, "FULL-", EVENTS, 0, REDIAL.interval(), Duration.ofDays(1), 8, 0, LINE);
        Desk desk = Desk.administrator(haproxy.controlRoom());
        desk.commission(Serials.of(options));
        desk.commission(List.of(cut.serial(), kept.serial()));
        try (AlertStream stream = desk.listen();
                Fleet fleet = Fleet.start(Scenario.of(options).withRedial(REDIAL));
                Emergencies emergencies = new Emergencies(fleet.units(), ONE_DOWN_EACH)) {
            emergencies.during("1 all is well");
            fleet.units().stream().limit(WITH_PICTURES).forEach(unit -> take(unit.unit(), PICTURE));
            Faults faults = new Faults(behind, clusters, haproxy, fleet, emergencies);
            await("traffic begins").atMost(SOON).until(() -> fleet.summary().deleted() > UNITS / 10);
            Set<String> served = served(fleet);
            assertThat(haproxy.sticky()).containsAll(served);
            faults.traffic();

            int killed = faults.killAStation(cut);
            int drained = killed % STATIONS + 1;
            faults.drainAnother(drained);
            faults.startAgain(List.of(killed, drained));
            faults.killABroker();
            faults.reload(kept);

            emergencies.end();
            fleet.quiet();
            await("every unit is emptied").atMost(EMPTIED).until(fleet::empty);
            fleet.units().forEach(DialingUnit::retire);
            LOG.info("{} units: emptied\n{}", UNITS, fleet.summary().text());
            shownInTime(emergencies, stream);
            assertThat(stream.heard())
                    .as("the stream went on")
                    .noneMatch(heard -> heard.event().equals("ended"));
            List<Journal> journals = new ArrayList<>(fleet.journals());
            journals.addAll(List.of(cut.journal(), kept.journal()));
            new Ledger(journals).check(desk);
            oneEventEach(emergencies.serials(), desk);
            LOG.info(
                    "{} events came twice or more and were stored once",
                    desk.at(behind.process(Processes.instance("log-service", 1)).site())
                            .meter("identicom_log_events_repeated_total", ""));
        }
        await("entries expire")
                .atMost(STICKY.plus(SOON))
                .until(() -> haproxy.sticky().isEmpty());
    }

    /** Units that have been told to delete something: all of them since less than a sticky entry's time. */
    private static Set<String> served(Fleet fleet) {
        Duration since = fleet.summary().elapsed();
        assertThat(since).as("no entry has expired yet").isLessThan(STICKY);
        return fleet.units().stream()
                .filter(unit -> unit.unit().deletedCount() > 0)
                .map(unit -> unit.unit().serial())
                .collect(Collectors.toSet());
    }

    private static void shownInTime(Emergencies emergencies, AlertStream stream) {
        Set<String> fallen = emergencies.serials();
        await("each man-down is on the stream")
                .atMost(SOON)
                .until(() -> emergencies.waits(stream).size() == fallen.size());
        List<Emergencies.Wait> waits = emergencies.waits(stream);
        LOG.info("{} man-downs\n{}", waits.size(), Emergencies.text(waits));
        assertThat(waits).allMatch(wait -> wait.took().compareTo(PROMISED) <= 0);
    }

    private static void oneEventEach(Set<String> fallen, Desk desk) throws IOException, InterruptedException {
        List<JsonNode> alerts = desk.all("/api/v1/alerts").stream()
                .filter(alert -> fallen.contains(alert.get("serial").asText()))
                .toList();
        assertThat(alerts)
                .hasSize(fallen.size())
                .allMatch(alert -> alert.get("eventCount").asInt() == 1);
    }

    private static SimulatedUnit unitWithPicture(String serial) {
        SimulatedUnit unit = new SimulatedUnit(serial, "4.2.1", serial.hashCode());
        take(unit, LONG_PICTURE);
        return unit;
    }

    private static void take(SimulatedUnit unit, int size) {
        byte[] picture = new byte[size];
        new Random(unit.serial().hashCode()).nextBytes(picture);
        unit.take(picture, Instant.now());
    }
}
