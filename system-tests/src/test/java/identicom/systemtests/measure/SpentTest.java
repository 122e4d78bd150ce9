package identicom.systemtests.measure;

import static org.assertj.core.api.Assertions.assertThat;

import identicom.systemtests.measure.Quantity.Kind;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SpentTest {
    private static final Quantity STATION = new Quantity(Kind.PROCESSOR, "station");
    private static final Quantity EVENTS = new Quantity(Kind.KAFKA, "main events.routine");

    @Test
    void aPieceCostsWhatIsLeftWithoutIdlingAndWithoutOtherPieces() {
        Spent idle = new Spent(40, Map.of(STATION, 4_000.0));
        Spent session = new Spent(0, Map.of(STATION, 10.0));
        Spent all = new Spent(20, Map.of(STATION, 8_000.0, EVENTS, 500.0));

        Spent event = all.without(idle).less(session, 100).per(50);

        assertThat(event.of(STATION)).isEqualTo((8_000 - 2_000 - 1_000) / 50.0);
        assertThat(event.of(EVENTS)).isEqualTo(10);
    }
}
