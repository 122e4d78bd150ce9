package identicom.alertservice.alert;

import static identicom.alertservice.Events.MAN_DOWN;
import static identicom.alertservice.Events.NOON;
import static identicom.alertservice.Events.critical;
import static identicom.alertservice.Events.event;
import static identicom.alertservice.Events.withTrust;
import static org.assertj.core.api.Assertions.assertThat;

import identicom.alertservice.event.CriticalEvent;
import identicom.alertservice.event.Trust;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class OnTestTest {

    private static final Instant END = NOON.plusSeconds(1800);

    private final OnTest unit = new OnTest("MAN-1", NOON, END, "ann");

    private static CriticalEvent accepted(Instant unitTime, Instant at) {
        return critical(event("MAN-1", 1, MAN_DOWN, unitTime, at));
    }

    private boolean covers(CriticalEvent event, Instant now) {
        return unit.covers(event, now);
    }

    @Test
    void whatAStationTakesWhileTheUnitIsOnTestIsOfTheTest() {
        CriticalEvent during = accepted(NOON.plusSeconds(60), NOON.plusSeconds(61));

        assertThat(covers(during, END.minusMillis(1))).isTrue();
        assertThat(covers(during, END)).as("stored when the test is over").isFalse();
    }

    @Test
    void unitsClockMayBeABitBehindAndStationsSomeSeconds() {
        assertThat(covers(accepted(NOON.minusSeconds(200), NOON.plusSeconds(1)), NOON.plusSeconds(2)))
                .isTrue();
        assertThat(covers(accepted(NOON, NOON.minusSeconds(5)), NOON.plusSeconds(2)))
                .isTrue();
    }

    @Test
    void whatWasBeforeOrIsNotVouchedForIsAnEmergency() {
        assertThat(covers(accepted(NOON, NOON.minusSeconds(6)), NOON.plusSeconds(2)))
                .isFalse();
        assertThat(covers(accepted(NOON.minusSeconds(310), NOON.plusSeconds(1)), NOON.plusSeconds(2)))
                .as("late")
                .isFalse();
        CriticalEvent during = accepted(NOON.plusSeconds(60), NOON.plusSeconds(61));
        assertThat(covers(withTrust(during, Trust.UNVERIFIED), NOON.plusSeconds(62)))
                .isFalse();
        assertThat(covers(withTrust(during, Trust.UNREGISTERED), NOON.plusSeconds(62)))
                .isFalse();
    }
}
