package identicom.alertservice.agreement;

import static identicom.schema.Cluster.MAIN;
import static identicom.schema.Cluster.PRIORITY;
import static org.assertj.core.api.Assertions.assertThat;

import identicom.alertservice.agreement.Agreement.Missing;
import identicom.schema.Cluster;
import identicom.schema.EventIdentity;
import java.nio.ByteBuffer;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class AgreementTest {
    private final Agreement agreement = new Agreement(Duration.ofSeconds(60));

    private static EventIdentity event(int number) {
        return EventIdentity.of("A-1", 7, ByteBuffer.allocate(20).putInt(number).array());
    }

    private void read(int number, Cluster from, int second) {
        agreement.read(
                event(number), "A-" + number, from, Duration.ofSeconds(second).toNanos());
    }

    private java.util.List<Missing> missing(int second) {
        return agreement.missing(Duration.ofSeconds(second).toNanos());
    }

    @Test
    void whatBothCarryIsNotMissing() {
        read(1, MAIN, 0);
        read(2, PRIORITY, 0);
        read(1, PRIORITY, 59);
        read(2, MAIN, 59);

        assertThat(missing(200)).isEmpty();
    }

    @Test
    void whatOnlyOneCarriesIsMissingOnceItsTimeIsOver() {
        read(1, MAIN, 0);
        read(2, PRIORITY, 10);

        assertThat(missing(59)).isEmpty();
        assertThat(missing(60)).containsExactly(new Missing("A-1", MAIN));
        assertThat(missing(70)).containsExactly(new Missing("A-2", PRIORITY));
        assertThat(missing(300)).isEmpty();
    }

    @Test
    void whatCameTwiceByBothIsNotMissingWhateverTheOrder() {
        read(1, MAIN, 0);
        read(1, MAIN, 1);
        read(1, PRIORITY, 2);
        read(1, PRIORITY, 3);

        assertThat(missing(200)).isEmpty();
    }

    @Test
    void whatWasMissingAndComesLaterOrAgainIsNotTakenForAnother() {
        read(1, MAIN, 0);
        missing(60);
        read(1, PRIORITY, 61);
        read(1, MAIN, 62);

        assertThat(missing(300)).isEmpty();
    }

    @Test
    void noMoreAreWatchedThanThereIsRoomFor() {
        for (int i = 0; i < Agreement.MOST + 10; i++) {
            read(i, MAIN, 0);
        }

        assertThat(missing(60)).hasSize(Agreement.MOST);
    }
}
