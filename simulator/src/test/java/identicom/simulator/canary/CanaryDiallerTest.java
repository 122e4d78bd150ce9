package identicom.simulator.canary;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import identicom.simulator.SmallStation;
import identicom.simulator.SmallStation.Manner;
import identicom.wire.event.StandardEvent;
import identicom.wire.message.EventEntry;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

class CanaryDiallerTest {
    private static final Duration OFTEN = Duration.ofSeconds(1);
    private static final Duration ALL_THE_TIME = Duration.ofMillis(20);
    private static final Duration SOON = Duration.ofSeconds(60);

    @Test
    void itCallsAgainAndAgainWithARedAlertAndIsEmptied() throws Exception {
        long before = Instant.now().getEpochSecond();
        try (SmallStation station = new SmallStation(Manner.READ_AND_DELETE);
                CanaryDialler canary = new CanaryDialler(station.address(), "CANARY-1", OFTEN, line -> {}).start()) {
            await().atMost(SOON).until(() -> station.deleted("CANARY-1").size() >= 3);
            assertThat(station.deleted("CANARY-1"))
                    .allMatch(entry -> entry.type() == StandardEvent.RED_ALERT.code())
                    .extracting(EventEntry::unitTimeSeconds)
                    .allSatisfy(time ->
                            assertThat(time).isBetween(before, Instant.now().getEpochSecond()));
            await().atMost(SOON).until(() -> canary.unit().empty());
        }
    }

    @Test
    void aStationThatIsAwayIsTriedAgainAndSaidOnce() throws Exception {
        List<String> said = new CopyOnWriteArrayList<>();
        try (Socket bound = new Socket()) { // it does not listen, and nobody else can
            bound.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            InetSocketAddress nobody = (InetSocketAddress) bound.getLocalSocketAddress();
            refused(nobody, said);
        }
    }

    private static void refused(InetSocketAddress nobody, List<String> said) {
        try (CanaryDialler canary = new CanaryDialler(nobody, "CANARY-1", ALL_THE_TIME, said::add).start()) {
            await().atMost(SOON).until(() -> canary.unit().loggedCount() > 70);
            assertThat(canary.unit().journal().held()).hasSizeLessThanOrEqualTo(64);
            assertThat(said).containsExactly("the canary's call: refused");
        }
    }
}
