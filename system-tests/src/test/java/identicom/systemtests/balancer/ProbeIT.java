package identicom.systemtests.balancer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import identicom.simulator.raw.RawUnit;
import identicom.systemtests.backing.Backing;
import identicom.systemtests.backing.Processes;
import identicom.systemtests.backing.TwoClusters;
import identicom.systemtests.harness.Desk;
import identicom.wire.message.Identification;
import identicom.wire.message.ReadEventLog;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What HAProxy does with a station that loses its clusters, one after the other, beside one that keeps them. */
@Tag("alone")
class ProbeIT {
    private static final int LOSING = 2;
    private static final Duration SOON = Duration.ofSeconds(60);
    private static final Duration LIMIT = Duration.ofSeconds(10);
    /** Two probes and more. */
    private static final Duration A_WHILE = Duration.ofSeconds(5);

    private static final Map<String, String> TRUSTING = Map.of("IDENTICOM_RECEIVER_TRUSTED_PROXIES", "127.0.0.1/32");
    private static final List<String> SERIALS =
            List.of("PROBE-1", "PROBE-2", "PROBE-3", "PROBE-4", "PROBE-5", "PROBE-6");

    @Test
    void aStationIsOutWhileItReachesNeitherClusterAndNotWhileItMissesMainOnly() throws Exception {
        HaProxy.program();
        Backing backing = Backing.start();
        try (Processes behind = Processes.on(backing);
                TwoClusters clusters = TwoClusters.start(backing)) {
            Map<String, String> own = new HashMap<>(TRUSTING);
            own.putAll(clusters.environment());
            // what every process needs of it, the public keys, it publishes to one cluster of each station
            Map<String, String> fleet =
                    Map.of(TwoClusters.PRIORITY, clusters.environment().get(TwoClusters.PRIORITY));
            behind.with("fleet-service", fleet)
                    .withStation(TRUSTING)
                    .withStation(own)
                    .start();
            Desk.administrator(behind.process(Processes.instance("fleet-service", 1))
                            .site())
                    .commission(SERIALS);
            Map<String, String> site =
                    Map.of("STATION_1", behind.stationAddress(1), "STATION_" + LOSING, behind.stationAddress(LOSING));
            try (HaProxy haproxy = HaProxy.start(site)) {
                await("both are ready").atMost(SOON).until(() -> haproxy.ready(1) && haproxy.ready(LOSING));

                clusters.main().kill(0);
                await("the station has noticed")
                        .atMost(SOON)
                        .until(() -> says(behind, LOSING, "Cluster MAIN is silent"));
                await("it stays in").during(A_WHILE).atMost(SOON).until(() -> haproxy.up(LOSING));

                clusters.priority().kill(0);
                await("it is out").atMost(LIMIT).until(() -> !haproxy.up(LOSING));
                long given = haproxy.given(LOSING);
                for (String serial : SERIALS) {
                    try (RawUnit unit = RawUnit.dial(haproxy.units())) {
                        unit.send(new Identification(serial, "4.2.1"));
                        assertThat(unit.next(SOON)).contains(new ReadEventLog(0));
                    }
                }
                assertThat(haproxy.given(LOSING)).isEqualTo(given);
                assertThat(haproxy.up(1)).isTrue();

                clusters.priority().restart(0);
                await("it is in again").atMost(LIMIT).until(() -> haproxy.ready(LOSING));
            }
        }
    }

    private static boolean says(Processes behind, int station, String words) {
        return behind.process(Processes.station(station)).program().output().stream()
                .anyMatch(line -> line.contains(words));
    }
}
