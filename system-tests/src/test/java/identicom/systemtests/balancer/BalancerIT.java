package identicom.systemtests.balancer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import identicom.simulator.fleet.Fleet;
import identicom.simulator.fleet.FleetOptions;
import identicom.simulator.fleet.Scenario;
import identicom.simulator.fleet.Serials;
import identicom.simulator.raw.RawUnit;
import identicom.simulator.unit.Redial;
import identicom.simulator.unit.SimulatedUnit;
import identicom.systemtests.backing.Backing;
import identicom.systemtests.backing.Processes;
import identicom.systemtests.check.Ledger;
import identicom.systemtests.harness.AlertStream;
import identicom.systemtests.harness.Desk;
import identicom.systemtests.harness.RunningSystem;
import identicom.wire.event.StandardEvent;
import identicom.wire.message.DeleteEventLog;
import identicom.wire.message.Identification;
import identicom.wire.message.Identify;
import identicom.wire.message.ReadEventLog;
import identicom.wire.message.ToUnit;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** HAProxy with the project's configuration in front of three stations and the control room's services. */
@Tag("alone")
class BalancerIT {
    private static final int STATIONS = 3;
    private static final int UNITS = 60;
    private static final int ROUNDS = 3;
    private static final Duration STICKY = Duration.ofSeconds(8);
    private static final Duration SOON = Duration.ofSeconds(60);
    private static final Duration EMPTIED = Duration.ofSeconds(120);
    private static final Duration EVERY = Duration.ofMillis(700);
    private static final Redial QUICK =
            new Redial(Duration.ofMillis(300), Duration.ofSeconds(2), EVERY, Duration.ofSeconds(20));
    /** Version 2, TCP over IPv4: 10.1.2.3:40312 to 10.9.9.9:7700. */
    private static final byte[] HEADER = HexFormat.of()
            .parseHex("0d0a0d0a000d0a515549540a" + "2111000c" + "0a010203" + "0a090909" + "9d78" + "1e14");

    private static final Map<String, String> TRUSTING = Map.of("IDENTICOM_HTTP_TRUSTED_PROXIES", "127.0.0.1/32");

    @AutoClose
    private static Processes behind;

    private static Certificates ours;
    private static Certificates others;

    @AutoClose
    private static HaProxy haproxy;

    private static Desk desk;

    @BeforeAll
    static void start() throws Exception {
        HaProxy.program();
        Certificates.program();
        behind = Processes.on(Backing.start())
                .with("fleet-service", TRUSTING)
                .with("alert-service", TRUSTING)
                .with("log-service", TRUSTING);
        Map<String, String> station =
                Map.of("IDENTICOM_RECEIVER_TRUSTED_PROXIES", "127.0.0.1/32", "IDENTICOM_RECEIVER_SILENCE", "1s");
        behind.withStation(station).withStation(station).withStation(station).start();
        ours = new Certificates(behind.backing().folder().resolve("ours"), "ours");
        others = new Certificates(behind.backing().folder().resolve("others"), "others");
        Map<String, String> site = new TreeMap<>(Map.of(
                "STICKY", STICKY.toSeconds() + "s",
                "UNITS_CERTIFICATE", ours.signed("balancer").toString(),
                "UNITS_CA", ours.authority().toString(),
                "ALERT_SERVICE_1", behind.serviceAddress("alert-service"),
                "FLEET_SERVICE_1", behind.serviceAddress("fleet-service"),
                "LOG_SERVICE_1", behind.serviceAddress("log-service")));
        for (int number = 1; number <= STATIONS; number++) {
            site.put("STATION_" + number, behind.stationAddress(number));
        }
        haproxy = HaProxy.start(site);
        await("stations are ready").atMost(SOON).until(() -> haproxy.ready(1) && haproxy.ready(2) && haproxy.ready(3));
        desk = Desk.administrator(haproxy.controlRoom());
    }

    @Test
    void unitsAreSharedOutAndEachComesBackToItsStationUntilItsEntryExpires() throws Exception {
        FleetOptions options = options("SHARE-", 0.02, Duration.ZERO);
        desk.commission(Serials.of(options));
        try (Fleet fleet = Fleet.start(Scenario.of(options).withRedial(QUICK))) {
            await("each unit has called three times").atMost(EMPTIED).until(() -> calledThreeTimes() == UNITS);
            assertThat(haproxy.sticky()).containsAll(Serials.of(options));
            emptied(fleet);
            new Ledger(fleet.journals()).check(desk);
        }

        assertThat(behind.backing()
                        .column("select station from event_log.event where serial like 'SHARE-%'"
                                + " group by station having count(distinct serial) >= " + UNITS / STATIONS / 5))
                .as("stations that serve a share: the busier one is, the fewer it gets")
                .hasSize(STATIONS);
        assertThat(behind.backing()
                        .column("select serial from event_log.event where serial like 'SHARE-%'"
                                + " group by serial having count(distinct station) > 1"))
                .as("units that were at two stations")
                .isEmpty();
        assertThat(behind.backing()
                        .column("select distinct split_part(source_address, '.', 3)"
                                + " from event_log.event where serial like 'SHARE-%'"))
                .as("the units' addresses are 127.0.1.x, the balancer's is 127.0.0.1")
                .containsExactly("1");
        await("entries expire")
                .atMost(STICKY.plus(SOON))
                .until(() -> haproxy.sticky().isEmpty());
    }

    @Test
    void aUnitThatWaitsToBeAskedIsAskedAndOneThatSaysItInPiecesIsKnown() throws Exception {
        desk.commission(List.of("SILENT-1", "PIECES-1"));
        try (RawUnit silent = RawUnit.dial(haproxy.units())) {
            assertThat(silent.next(SOON)).contains(new Identify());
            silent.send(new Identification("SILENT-1", "4.2.1"));
            assertThat(silent.next(SOON)).contains(new ReadEventLog(0));
        }
        try (RawUnit pieces = RawUnit.dial(haproxy.units()).inPiecesOf(1)) {
            pieces.send(new Identification("PIECES-1", "4.2.1"));
            assertThat(answer(pieces)).contains(new ReadEventLog(0));
            assertThat(haproxy.sticky()).contains("PIECES-1").doesNotContain("SILENT-1");
        }
    }

    @Test
    void aReloadCutsNoSession() throws Exception {
        SimulatedUnit unit = new SimulatedUnit("RELOAD-1", "4.2.1", 6);
        unit.log(StandardEvent.STATUS_CHECK, Instant.now());
        desk.commission(List.of(unit.serial()));
        try (RawUnit line = RawUnit.dial(haproxy.units())) {
            line.send(unit.identification());
            ToUnit request = line.next(SOON).orElseThrow();
            haproxy.reload(Map.of("SOURCE_RATE", "15000"));
            line.send(unit.answer(request).orElseThrow());
            assertThat(line.next(SOON)).get().isInstanceOf(DeleteEventLog.class);
        }
    }

    @Test
    void aStationThatDrainsGetsNoNewUnitAndAfterAKillUnitsGoOnElsewhere() throws Exception {
        FleetOptions options = options("DRAIN-", 0.05, Duration.ofMillis(20));
        desk.commission(Serials.of(options));
        try (Fleet fleet = Fleet.start(Scenario.of(options).withRedial(QUICK))) {
            traffic(fleet);
            assertThat(fleet.summary().failures()).as(fleet.summary().text()).isZero();
            Drain.of(2, behind, haproxy, fleet);
            traffic(fleet);
            behind.process(Processes.station(3)).kill();
            await("the killed one is out").atMost(SOON).until(() -> !haproxy.up(3));
            long byOne = haproxy.given(1);
            traffic(fleet);
            assertThat(haproxy.given(1))
                    .as("sessions at the station that is left")
                    .isGreaterThan(byOne);
            behind.start(List.of(Processes.station(2), Processes.station(3)));
            await("both are back").atMost(SOON).until(() -> haproxy.ready(2) && haproxy.ready(3));
            emptied(fleet);
            new Ledger(fleet.journals()).check(desk);
        }
    }

    @Test
    void aUnitNeedsACertificateOfOursOnTheTlsPortOnly() throws Exception {
        String serial = "TLS-1";
        desk.commission(List.of(serial));

        assertThat(isServed(serial, ours.unit("unit", ours))).isTrue();
        assertThat(isServed(serial, ours.unitWithoutCertificate())).isFalse();
        assertThat(isServed(serial, ours.unit("stranger", others))).isFalse();
        try (RawUnit plain = RawUnit.dial(haproxy.units())) {
            plain.send(new Identification(serial, "4.2.1"));
            assertThat(answer(plain)).contains(new ReadEventLog(0));
        }
    }

    /** What the station says to a unit that has identified itself: on a busy machine it may have asked for that before. */
    private static Optional<ToUnit> answer(RawUnit unit) throws Exception {
        Optional<ToUnit> said = unit.next(SOON);
        return said.equals(Optional.of(new Identify())) ? unit.next(SOON) : said;
    }

    private static boolean isServed(String serial, SSLContext speaking) throws Exception {
        InetSocketAddress there = haproxy.unitsWithTls();
        try (Socket socket = speaking.getSocketFactory().createSocket(there.getAddress(), there.getPort());
                RawUnit unit = RawUnit.over(socket)) {
            unit.send(new Identification(serial, "4.2.1"));
            return answer(unit).isPresent();
        } catch (SSLException | SocketException refused) { // by the handshake's alert, or by the reset behind it
            return false;
        }
    }

    @Test
    void aHeaderThatIsMissingOrComesFromElsewhereIsRefusedAndCounted() throws Exception {
        String serial = "PROXY-1";
        desk.commission(List.of(serial));
        Desk station = desk.at(behind.process(Processes.station(1)).site());
        double missing = proxyFaults(station, "missing");
        double untrusted = proxyFaults(station, "untrusted");

        assertThat(isServed(serial, "127.0.0.1", new byte[0])).isFalse();
        await().atMost(SOON).until(() -> proxyFaults(station, "missing") == missing + 1);
        assertThat(isServed(serial, "127.0.0.9", HEADER)).isFalse();
        await().atMost(SOON).until(() -> proxyFaults(station, "untrusted") == untrusted + 1);

        assertThat(isServed(serial, "127.0.0.1", HEADER)).isTrue();
        assertThat(isServed(serial, "127.0.0.9", new byte[0])).isTrue();
    }

    private static double proxyFaults(Desk station, String kind) throws IOException, InterruptedException {
        return station.meter("identicom_receiver_proxy_faults_total", "kind=\"" + kind + "\"");
    }

    private static boolean isServed(String serial, String from, byte[] header) throws Exception {
        try (Socket socket = new Socket(
                        InetAddress.getByName("127.0.0.1"), behind.unitsPort(1), InetAddress.getByName(from), 0);
                RawUnit unit = RawUnit.over(socket)) {
            unit.send(header);
            unit.send(new Identification(serial, "4.2.1"));
            return answer(unit).isPresent();
        }
    }

    @Test
    void eachPathOfTheControlRoomGoesToTheServiceThatKnowsItAndTheStreamIsNotHeldBack() throws Exception {
        for (String service : List.of("fleet-service", "alert-service", "log-service")) {
            Map<String, String> methods = Paths.ofService(
                    desk.at(behind.process(Processes.instance(service, 1)).site()));
            assertThat(methods).isNotEmpty();
            for (Map.Entry<String, String> path : methods.entrySet()) {
                assertThat(status(path.getValue(), path.getKey()))
                        .as(path + " of " + service)
                        .isNotIn(404, 502, 503);
            }
        }
        assertThat(status("GET", "/api/v1/pictures"))
                .as("no media-service is configured")
                .isEqualTo(503);
        assertThat(status("GET", "/metrics")).isEqualTo(404);
        assertThat(status("GET", "/health/ready")).isEqualTo(404);
        assertThat(status("GET", "/%6detrics")).isEqualTo(404);
        assertThat(status("GET", "/%68ealth/ready")).isEqualTo(404);
        try (AlertStream stream = desk.listen()) {
            await("what is there").atMost(SOON).until(stream::live);
            await("a heartbeat, each 5 s")
                    .atMost(SOON)
                    .until(() -> stream.heard().stream()
                            .anyMatch(heard -> heard.event().equals("heartbeat")));
        }
    }

    @Test
    void aPersonsAddressIsTheirOwn() throws Exception {
        String address = "127.0.1.77";
        try (HttpClient person = HttpClient.newBuilder()
                .localAddress(InetAddress.getByName(address))
                .build()) {
            HttpRequest login = HttpRequest.newBuilder(haproxy.controlRoom().http("/api/v1/login"))
                    .timeout(SOON)
                    .header("Content-Type", "application/json")
                    .header("X-Forwarded-For", "6.6.6.6")
                    .POST(BodyPublishers.ofString(
                            "{\"user\":\"admin\",\"password\":\"" + RunningSystem.ADMIN_PASSWORD + "\"}"))
                    .build();
            assertThat(person.send(login, BodyHandlers.discarding()).statusCode())
                    .isEqualTo(200);
        }
        await("the login is in the audit trail")
                .atMost(SOON)
                .until(() -> desk.all("/api/v1/audit?who=admin").stream()
                        .anyMatch(entry -> entry.get("from").asText().equals(address)));
    }

    /** What a path answers to somebody who has not logged in. */
    private static int status(String method, String path) throws IOException, InterruptedException {
        return Desk.stranger(haproxy.controlRoom()).status(method, path, "", "");
    }

    private static FleetOptions options(String prefix, double manDown, Duration delay) {
        return new FleetOptions(haproxy.units(), UNITS, prefix, 3, manDown, EVERY, Duration.ofDays(1), 6, 0, delay);
    }

    private static long calledThreeTimes() throws Exception {
        return behind.backing()
                .number("select count(*) from (select serial from event_log.event where serial like 'SHARE-%'"
                        + " group by serial having count(distinct session_id) >= " + ROUNDS + ") called");
    }

    /** Waits until units have been told to delete some hundred events more. */
    private static void traffic(Fleet fleet) {
        long until = fleet.summary().deleted() + 5 * UNITS;
        await("traffic").atMost(EMPTIED).until(() -> fleet.summary().deleted() > until);
    }

    private static void emptied(Fleet fleet) {
        fleet.quiet();
        await("every unit is emptied").atMost(EMPTIED).until(fleet::empty);
    }
}
