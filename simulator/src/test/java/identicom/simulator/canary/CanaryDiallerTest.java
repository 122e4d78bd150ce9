package identicom.simulator.canary;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import identicom.simulator.SmallStation;
import identicom.simulator.SmallStation.Manner;
import identicom.wire.event.StandardEvent;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

class CanaryDiallerTest {
    private static final Duration OFTEN = Duration.ofMillis(200);
    private static final Duration SOON = Duration.ofSeconds(20);

    @Test
    void itCallsAgainAndAgainWithARedAlertAndIsEmptied() throws Exception {
        try (SmallStation station = new SmallStation(Manner.READ_AND_DELETE);
                CanaryDialler canary = new CanaryDialler(station.address(), "CANARY-1", OFTEN, line -> {}).start()) {
            await().atMost(SOON).until(() -> station.deleted("CANARY-1").size() >= 3);
            assertThat(station.deleted("CANARY-1"))
                    .allMatch(entry -> entry.type() == StandardEvent.RED_ALERT.code())
                    .allMatch(entry ->
                            Math.abs(entry.unitTimeSeconds() - Instant.now().getEpochSecond()) < 60);
            await().atMost(SOON).until(() -> canary.unit().empty());
        }
    }

    @Test
    void aStationThatIsAwayIsTriedAgainAndSaidOnce() throws Exception {
        List<String> said = new CopyOnWriteArrayList<>();
        InetSocketAddress nobody;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            nobody = new InetSocketAddress(InetAddress.getLoopbackAddress(), socket.getLocalPort());
        }
        try (CanaryDialler canary = new CanaryDialler(nobody, "CANARY-1", OFTEN, said::add).start()) {
            await().atMost(SOON).until(() -> canary.unit().loggedCount() > 70);
            assertThat(canary.unit().journal().held()).hasSizeLessThanOrEqualTo(64);
            assertThat(said).containsExactly("the canary's call: refused");
        }
    }
}
