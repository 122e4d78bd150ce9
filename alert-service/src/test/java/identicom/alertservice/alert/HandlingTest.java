package identicom.alertservice.alert;

import static identicom.alertservice.Events.LANYARD;
import static identicom.alertservice.Events.MAN_DOWN;
import static identicom.alertservice.Events.NOON;
import static identicom.alertservice.Events.critical;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Each cell of {@link Handling}'s table. */
class HandlingTest {

    private final Alert open = Alert.raised(
            critical("MAN-1", 1, LANYARD, NOON).id().alertId(), critical("MAN-1", 1, LANYARD, NOON), null, NOON);
    private final Alert held = done(Handling.acknowledge(open, by("ann")));
    private final Alert ringing = held.joined(critical("MAN-1", 2, MAN_DOWN, NOON), NOON);
    private final Alert closed = done(Handling.close(held, Handling.Outcome.FALSE_ALARM, List.of()));

    private static Standing.Holder by(String user) {
        return new Standing.Holder(user, NOON, true, NOON.plusSeconds(300), false);
    }

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
        assertThat(Handling.acknowledge(held, by("ann"))).isEqualTo(new Answer.AsBefore(held));
    }

    @Test
    void acknowledgingAgainByTheHolderAnswersARing() {
        assertThat(done(Handling.acknowledge(ringing, by("ann"))).reopenAt()).isNull();
    }

    @Test
    void anotherIsToldWhoHoldsIt() {
        assertThat(Handling.acknowledge(held, by("bob")))
                .isEqualTo(new Answer.Refused(held, "already acknowledged by ann"));
    }

    @Test
    void closedAlertTakesNothing() {
        assertThat(Handling.acknowledge(closed, by("ann"))).isInstanceOf(Answer.Refused.class);
        assertThat(Handling.attend(closed, NOON.plusSeconds(400))).isInstanceOf(Answer.Refused.class);
        assertThat(Handling.close(closed, Handling.Outcome.TEST, List.of())).isInstanceOf(Answer.Refused.class);
    }

    @Test
    void noteOrStepLeavesAnOpenAlertAsItIsAndPutsOffTheReminderOfAHeldOne() {
        assertThat(Handling.attend(open, NOON.plusSeconds(400))).isEqualTo(new Answer.Done(open));
        Alert reminded = Handling.reminded(held, NOON.plusSeconds(600), NOON.plusSeconds(300));
        Alert attended = done(Handling.attend(reminded, NOON.plusSeconds(800)));
        assertThat(attended.standing().holder()).isEqualTo(by("ann").attending(NOON.plusSeconds(800)));
        assertThat(attended.rings()).isEqualTo(reminded.rings());
    }

    @Test
    void reminderRingsTheHolderWhoAnswersItByAcknowledgingAgain() {
        Alert reminded = Handling.reminded(held, NOON.plusSeconds(600), NOON.plusSeconds(300));

        assertThat(reminded.acknowledgedBy()).isEqualTo("ann");
        assertThat(reminded.rings()).isEqualTo(held.rings() + 1);
        assertThat(reminded.reopenAt()).isNull();
        assertThat(reminded.standing().holder().reminded()).isTrue();
        assertThat(done(Handling.acknowledge(reminded, by("ann")))
                        .standing()
                        .holder()
                        .reminded())
                .isFalse();
        assertThatThrownBy(() -> Handling.reminded(open, NOON, NOON)).hasMessageContaining("OPEN");
    }

    @Test
    void openStepsKeepACriticalAlertFromBeingClosedWhateverTheOutcome() {
        for (Handling.Outcome outcome : Handling.Outcome.values()) {
            assertThat(Handling.close(held, outcome, List.of("Call the wearer")))
                    .isEqualTo(new Answer.Refused(held, "steps of its checklist are open", List.of("Call the wearer")));
        }
        Alert lesser = Alert.incident(held.id(), null, "canary", Kinds.TECHNICAL, "high", 0, NOON);
        assertThat(Handling.close(lesser, Handling.Outcome.GENUINE, List.of("Look at it")))
                .isInstanceOf(Answer.Done.class);
    }

    @Test
    void firstTakingIsRememberedWhateverComesOfIt() {
        Alert reopened = Handling.reopened(held, NOON.plusSeconds(30));
        Standing.Holder later = new Standing.Holder("bob", NOON.plusSeconds(90), false, null, false);

        assertThat(reopened.standing().firstTakenAt()).isEqualTo(NOON);
        assertThat(done(Handling.acknowledge(reopened, later)).standing().firstTakenAt())
                .isEqualTo(NOON);
    }

    @Test
    void closingKeepsHolderAndOutcome() {
        assertThat(closed.state()).isEqualTo(AlertState.CLOSED);
        assertThat(closed.outcome()).isEqualTo("false-alarm");
        assertThat(closed.acknowledgedBy()).isEqualTo("ann");
        assertThat(done(Handling.close(open, Handling.Outcome.GENUINE, List.of()))
                        .closed())
                .isTrue();
    }

    @Test
    void unansweredRingKeepsAnAlertFromBeingClosed() {
        assertThat(Handling.close(ringing, Handling.Outcome.GENUINE, List.of())).isInstanceOf(Answer.Refused.class);
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
