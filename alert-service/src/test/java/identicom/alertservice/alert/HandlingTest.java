package identicom.alertservice.alert;

import static identicom.alertservice.Events.LANYARD;
import static identicom.alertservice.Events.MAN_DOWN;
import static identicom.alertservice.Events.NOON;
import static identicom.alertservice.Events.critical;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

/** Each cell of {@link Handling}'s table. */
class HandlingTest {

    private final Alert open =
            Alert.raised(critical("MAN-1", 1, LANYARD, NOON).id().alertId(), critical("MAN-1", 1, LANYARD, NOON), NOON);
    private final Alert held = done(Handling.acknowledge(open, "ann"));
    private final Alert ringing = held.joined(critical("MAN-1", 2, MAN_DOWN, NOON), NOON);
    private final Alert closed = done(Handling.close(held, Handling.Outcome.FALSE_ALARM));

    private static Alert done(Answer answer) {
        return ((Answer.Done) answer).alert();
    }

    @Test
    void acknowledgingTakesAnOpenAlert() {
        assertThat(held.state()).isEqualTo(AlertState.ACKNOWLEDGED);
        assertThat(held.acknowledgedBy()).isEqualTo("ann");
    }

    @Test
    void acknowledgingAgainByTheHolderChangesNothing() {
        assertThat(Handling.acknowledge(held, "ann")).isEqualTo(new Answer.AsBefore(held));
    }

    @Test
    void acknowledgingAgainByTheHolderAnswersARing() {
        assertThat(done(Handling.acknowledge(ringing, "ann")).reopenAt()).isNull();
    }

    @Test
    void anotherIsToldWhoHoldsIt() {
        assertThat(Handling.acknowledge(held, "bob"))
                .isEqualTo(new Answer.Refused(held, "already acknowledged by ann"));
    }

    @Test
    void closedAlertTakesNothing() {
        assertThat(Handling.acknowledge(closed, "ann")).isInstanceOf(Answer.Refused.class);
        assertThat(Handling.note(closed)).isInstanceOf(Answer.Refused.class);
        assertThat(Handling.close(closed, Handling.Outcome.TEST)).isInstanceOf(Answer.Refused.class);
    }

    @Test
    void noteLeavesAnAlertAsItIs() {
        assertThat(Handling.note(open)).isEqualTo(new Answer.Done(open));
        assertThat(Handling.note(held)).isEqualTo(new Answer.Done(held));
    }

    @Test
    void closingKeepsHolderAndOutcome() {
        assertThat(closed.state()).isEqualTo(AlertState.CLOSED);
        assertThat(closed.outcome()).isEqualTo("false-alarm");
        assertThat(closed.acknowledgedBy()).isEqualTo("ann");
        assertThat(done(Handling.close(open, Handling.Outcome.GENUINE)).closed())
                .isTrue();
    }

    @Test
    void unansweredRingKeepsAnAlertFromBeingClosed() {
        assertThat(Handling.close(ringing, Handling.Outcome.GENUINE)).isInstanceOf(Answer.Refused.class);
    }

    @Test
    void reopeningTakesItFromItsHolderAndRings() {
        Alert reopened = Handling.reopened(ringing, NOON.plusSeconds(30));

        assertThat(reopened.state()).isEqualTo(AlertState.OPEN);
        assertThat(reopened.acknowledgedBy()).isNull();
        assertThat(reopened.reopenAt()).isNull();
        assertThat(reopened.rings()).isEqualTo(ringing.rings() + 1);
        assertThatThrownBy(() -> Handling.reopened(closed, NOON)).hasMessageContaining("CLOSED");
    }
}
