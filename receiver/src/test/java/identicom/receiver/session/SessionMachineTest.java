package identicom.receiver.session;

import static identicom.receiver.session.Units.answer;
import static identicom.receiver.session.Units.answerOf;
import static identicom.receiver.session.Units.push;
import static identicom.receiver.session.Units.pushOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import identicom.receiver.session.SessionState.Arrived;
import identicom.receiver.session.SessionState.Checking;
import identicom.receiver.session.SessionState.Closed;
import identicom.receiver.session.SessionState.Deleting;
import identicom.receiver.session.SessionState.Lingering;
import identicom.receiver.session.SessionState.Paused;
import identicom.receiver.session.SessionState.Reading;
import identicom.receiver.session.SessionState.Refused;
import identicom.receiver.session.SessionState.Settling;
import identicom.wire.fault.Fault;
import identicom.wire.message.CommandResult;
import identicom.wire.message.DeleteEventLog;
import identicom.wire.message.EventLogDeleted;
import identicom.wire.message.Identification;
import identicom.wire.message.Identify;
import identicom.wire.message.Octets;
import identicom.wire.message.Probe;
import identicom.wire.message.ReadEventLog;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class SessionMachineTest {

    @Test
    void aSilentUnitIsAskedOnceWhoItIs() {
        Driver s = new Driver().fired(Timer.SILENCE);
        assertThat(s.sentLast()).containsExactly(new Identify());
        assertThat(s.fired(Timer.SILENCE).sentLast()).isEmpty();
        assertThat(s.state).isInstanceOf(Arrived.class);
        assertThat(s.fired(Timer.IDENTIFICATION).state).isEqualTo(new Closed(EndReason.NOT_IDENTIFIED));
    }

    @Test
    void aProbeIsAnsweredAndTheConnectionClosed() {
        Driver s = new Driver().got(new Probe());
        assertThat(s.last)
                .containsExactly(new Effect.AnswerProbe(), new Effect.Close(), new Effect.Ended(EndReason.PROBE));
        assertThat(s.sent()).isEmpty();
    }

    @Test
    void anotherFirstFrameIsAProtocolError() {
        Driver s = new Driver().got(push(1));
        assertThat(s.last).contains(new Effect.Count(Misstep.FIRST_FRAME));
        assertThat(s.state).isEqualTo(new Closed(EndReason.PROTOCOL_ERROR));
    }

    @Test
    void aKnownUnitIsReadFromTheStart() {
        Driver s = Driver.served();
        assertThat(s.sent()).containsExactly(new ReadEventLog(0));
        assertThat(s.last.getFirst()).isInstanceOf(Effect.Opened.class);
    }

    @Test
    void whatAUnitPushedBeforeTheVerdictIsPublishedBeforeAnythingElse() {
        Driver s = new Driver().got(Units.UNIT).got(push(5));
        assertThat(s.published()).isEmpty();
        s.judged(Verdict.whitelisted(Long.MAX_VALUE));
        assertThat(s.last.getFirst()).isInstanceOf(Effect.Publish.class);
        assertThat(s.published().getFirst().standing()).isEqualTo(Verdict.Standing.WHITELISTED);
    }

    @Test
    void whatAUnitPushedBeforeItsConnectionBrokeIsPublishedOnceItIsJudged() {
        Driver s = new Driver().got(Units.UNIT).got(push(5)).input(new Input.PeerClosed());
        assertThat(s.last).containsExactly(new Effect.Close());
        assertThat(s.state).isInstanceOf(Checking.class);
        s.judged(Verdict.whitelisted(Long.MAX_VALUE));
        assertThat(s.published()).hasSize(1);
        assertThat(s.state).isEqualTo(new Closed(EndReason.CONNECTION_LOST));
        assertThat(s.sent()).isEmpty();
    }

    @Test
    void whatAUnknownUnitPushedBeforeItsConnectionBrokeIsQuarantined() {
        Driver s = new Driver().got(Units.UNIT).got(push(5)).input(new Input.Faulted(Fault.BAD_ESCAPE));
        s.judged(Verdict.UNREGISTERED);
        assertThat(s.last.getFirst()).isInstanceOf(Effect.Quarantine.class);
        assertThat(s.state).isEqualTo(new Closed(EndReason.FRAMING_ERROR));
    }

    @Test
    void tooMuchPushedBeforeTheVerdictStopsTheReadingUntilItIsThere() {
        Driver s = new Driver().got(Units.UNIT).got(push(1)).got(push(2)).got(push(3));
        assertThat(s.last).isEmpty();
        assertThat(s.got(push(4)).last).containsExactly(new Effect.PauseReading());
        s.judged(Verdict.UNVERIFIED);
        assertThat(s.last).contains(new Effect.ResumeReading());
    }

    @Test
    void anUnknownUnitIsSentNothingAndItsFirstPushIsQuarantined() {
        Driver s = new Driver().got(Units.UNIT).judged(Verdict.UNREGISTERED);
        assertThat(s.state).isInstanceOf(Refused.class);
        assertThat(s.last).containsExactly(new Effect.Start(Timer.REFUSAL));
        s.got(push(9));
        assertThat(s.last.getFirst())
                .isInstanceOfSatisfying(
                        Effect.Quarantine.class,
                        kept -> assertThat(kept.held()).containsExactly(new Held(push(9), Units.NOW)));
        assertThat(s.state).isEqualTo(new Closed(EndReason.REFUSED));
        assertThat(s.sent()).isEmpty();
        assertThat(s.published()).isEmpty();
    }

    @Test
    void anUnknownUnitThatPushesNothingIsQuarantinedAfterItsTime() {
        Driver s = new Driver()
                .got(Units.UNIT)
                .judged(Verdict.UNREGISTERED_UNASKED)
                .fired(Timer.REFUSAL);
        assertThat(s.last.getFirst())
                .isInstanceOfSatisfying(
                        Effect.Quarantine.class, kept -> assertThat(kept.held()).isEmpty());
        assertThat(s.sent()).isEmpty();
    }

    @Test
    void aLogIsReadToItsEndAndDeletedOnceAllIsDurable() {
        Driver s = Driver.served().got(answer(2, 3, 7)).got(answer(0, 8, 20));
        assertThat(s.sent()).containsExactly(new ReadEventLog(0), new ReadEventLog(7));
        assertThat(s.state).isInstanceOf(Settling.class);
        s.acknowledged(0, 2);
        assertThat(s.sent()).hasSize(2);
        s.acknowledged(3, 3);
        assertThat(s.sentLast()).containsExactly(new DeleteEventLog(20));
        s.got(new EventLogDeleted(20));
        assertThat(s.last).contains(new Effect.Deleted(20), new Effect.HalfClose());
        assertThat(s.state).isInstanceOf(Lingering.class);
        assertThat(s.input(new Input.PeerClosed()).state).isEqualTo(new Closed(EndReason.COMPLETE));
    }

    @Test
    void acknowledgementsThatCameBeforeTheEndNeedNoWaiting() {
        Driver s = Driver.served().got(answer(1, 3)).acknowledged(0, 0).got(answer(0));
        assertThat(s.sentLast()).containsExactly(new DeleteEventLog(3));
    }

    @Test
    void anEmptyLogIsNotDeleted() {
        Driver s = Driver.served().got(answer(0));
        assertThat(s.sent()).containsExactly(new ReadEventLog(0));
        assertThat(s.state).isInstanceOf(Lingering.class);
    }

    @Test
    void onlyTheLongestDurableRunIsDeletedWhenTheWaitIsOver() {
        Driver s = Driver.served().got(answer(9, 1, 2)).got(answer(5, 3, 4)).got(answer(0, 5, 6));
        s.acknowledged(0, 2).acknowledged(4, 5).fired(Timer.SETTLE);
        assertThat(s.sentLast()).containsExactly(new DeleteEventLog(2));
        s.got(new EventLogDeleted(2));
        assertThat(s.input(new Input.PeerClosed()).state).isEqualTo(new Closed(EndReason.INCOMPLETE));
    }

    @Test
    void aLostEntryEndsTheRunBeforeItsAnswerForGood() {
        Driver s = Driver.served().got(answer(9, 1, 2)).got(answer(5, 3, 4)).got(answer(0, 5, 6));
        s.acknowledged(0, 1).input(new Input.Lost(3));
        assertThat(s.sentLast()).containsExactly(new DeleteEventLog(2));
        s.acknowledged(2, 5).got(new EventLogDeleted(2));
        assertThat(s.sentLast()).isEmpty();
    }

    @Test
    void nothingIsDeletedWhenNothingIsDurable() {
        Driver s = Driver.served()
                .got(answer(0, 1, 2))
                .input(new Input.Acknowledged(1))
                .fired(Timer.SETTLE);
        assertThat(s.sent()).containsExactly(new ReadEventLog(0));
        assertThat(s.state).isInstanceOf(Lingering.class);
    }

    @Test
    void aPushInMidReadingNeitherEndsItNorEntersTheRun() {
        Driver s = Driver.served().got(push(50));
        assertThat(s.state).isInstanceOf(Reading.class);
        assertThat(s.sentLast()).isEmpty();
        s.acknowledged(0, 0).got(answer(1, 3)).acknowledged(1, 1);
        assertThat(s.sent()).containsExactly(new ReadEventLog(0), new ReadEventLog(3));
        s.got(answer(0, 50)).acknowledged(2, 2);
        assertThat(s.sentLast()).containsExactly(new DeleteEventLog(50));
        s.got(new EventLogDeleted(50));
        assertThat(s.state).isInstanceOf(Lingering.class);
    }

    @Test
    void aPushAboveTheLastOneReadIsReadOnceMore() {
        Driver s = Driver.served().got(answer(0, 3)).acknowledged(0, 0).got(push(4));
        s.got(new EventLogDeleted(3));
        assertThat(s.sentLast()).containsExactly(new ReadEventLog(3));
        s.got(push(6)).got(answer(0, 4)).acknowledged(1, 3);
        assertThat(s.sentLast()).containsExactly(new DeleteEventLog(4));
        s.got(new EventLogDeleted(4));
        assertThat(s.state).isInstanceOf(Lingering.class);
    }

    @Test
    void whatComesWhileLingeringIsPublished() {
        Driver s = Driver.served().got(answer(0)).got(push(1));
        assertThat(s.published()).hasSize(1);
        assertThat(s.fired(Timer.LINGER).state).isEqualTo(new Closed(EndReason.COMPLETE));
    }

    @Test
    void everyThousandAndTwentyEntriesWhatIsDurableIsDeletedAndReadingGoesOn() {
        Driver s = Driver.served();
        for (int answer = 0; answer < 19; answer++) {
            s.got(full(answer));
        }
        s.acknowledged(0, 2 * 51 - 1).got(full(19));
        assertThat(s.sentLast()).containsExactly(new DeleteEventLog(102));
        s.got(new EventLogDeleted(102));
        assertThat(s.sentLast()).containsExactly(new ReadEventLog(1020));
    }

    @Test
    void atTheMarkNothingIsWaitedFor() {
        Driver s = Driver.served();
        for (int answer = 0; answer < 21; answer++) {
            s.got(full(answer));
        }
        assertThat(s.sent()).hasSize(22).allMatch(ReadEventLog.class::isInstance);
    }

    private static identicom.wire.message.EventLog full(int answer) {
        return answer(
                65535,
                LongStream.rangeClosed(answer * 51L + 1, answer * 51L + 51).toArray());
    }

    @Test
    void nearItsTimeLimitASessionDeletesWhatIsDurableAndEnds() {
        Driver s = Driver.served().got(answer(9, 1)).acknowledged(0, 0).fired(Timer.WRAP_UP);
        assertThat(s.sentLast()).isEmpty();
        s.got(answer(8, 2));
        assertThat(s.sentLast()).containsExactly(new DeleteEventLog(1));
        s.got(new EventLogDeleted(1));
        assertThat(s.state)
                .isInstanceOfSatisfying(
                        Lingering.class, l -> assertThat(l.reason()).isEqualTo(EndReason.TIME_LIMIT));
    }

    @Test
    void whileMainIsSilentReadingGoesOnAndTheEndIsNotWaitedFor() {
        Driver s = Driver.served().got(answer(9, 1)).acknowledged(0, 0).input(new Input.MainSilent());
        s.got(answer(8, 2)).input(new Input.Lost(1));
        assertThat(s.sentLast()).isEmpty();
        assertThat(s.state).isInstanceOf(Reading.class);
        s.got(answer(0, 3));
        assertThat(s.sentLast()).containsExactly(new DeleteEventLog(1));
        s.got(new EventLogDeleted(1));
        assertThat(s.state).isInstanceOf(Lingering.class);
    }

    @Test
    void mainFallingSilentEndsTheWaitAtTheEnd() {
        Driver s = Driver.served().got(answer(0, 1)).input(new Input.MainSilent());
        assertThat(s.sentLast()).isEmpty();
        assertThat(s.state).isInstanceOf(Lingering.class);
    }

    @Test
    void theNextReadWaitsWhenOutboxFull() {
        Driver s = Driver.served().input(new Input.OutboxFull()).got(answer(9, 1));
        assertThat(s.state).isInstanceOf(Paused.class);
        assertThat(s.sentLast()).isEmpty();
        assertThat(s.last).contains(new Effect.Stop(Timer.ANSWER));
        s.got(push(50));
        assertThat(s.published()).hasSize(2);
        assertThat(s.input(new Input.OutboxFree()).sentLast()).containsExactly(new ReadEventLog(1));
    }

    @Test
    void theNextReadWaitsWhenTooMuchIsNotDurable() {
        Driver s = new Driver(new Rules(code -> true, 1020, 2, 4, 2))
                .got(Units.UNIT)
                .judged(Verdict.whitelisted(Long.MAX_VALUE))
                .got(answer(9, 1))
                .got(answer(8, 2));
        assertThat(s.state).isInstanceOf(Paused.class);
        assertThat(s.acknowledged(0, 0).sentLast()).containsExactly(new ReadEventLog(2));
    }

    @Test
    void aChangedLogIsReadFromItsStartAndNothingOfTheOldOneIsDeleted() {
        Driver s = Driver.served().got(answer(9, 1, 2)).acknowledged(0, 1).got(answerOf(Units.OTHER_LOG, 0));
        assertThat(s.sentLast()).containsExactly(new ReadEventLog(0));
        s.got(answerOf(Units.OTHER_LOG, 0, 1)).acknowledged(2, 2);
        assertThat(s.sentLast()).containsExactly(new DeleteEventLog(1));
    }

    @Test
    void aPushOfAnotherLogMakesTheRunWorthless() {
        Driver s = Driver.served().got(answer(0, 1, 2)).got(pushOf(Units.OTHER_LOG, Units.STATUS, 1));
        assertThat(s.sentLast()).containsExactly(new ReadEventLog(0));
        assertThat(s.acknowledged(0, 2).sentLast()).isEmpty();
    }

    @Test
    void aLogThatChangesAgainAndAgainEndsTheSession() {
        Driver s = Driver.served();
        for (int log = 0; log < 6; log++) {
            s.got(answerOf(log, 9, 10 * log + 1));
        }
        assertThat(s.all).contains(new Effect.HalfClose());
        assertThat(s.sent()).noneMatch(DeleteEventLog.class::isInstance);
    }

    @Test
    void ofAnUnverifiedUnitOnlyCriticalEventsArePublishedAndNothingIsDeleted() {
        Driver s = Driver.served(Verdict.UNVERIFIED).got(push(9)).got(answer(0, 1, 2));
        assertThat(s.published()).hasSize(1);
        assertThat(s.published().getFirst().standing()).isEqualTo(Verdict.Standing.UNVERIFIED);
        assertThat(s.state).isInstanceOf(Lingering.class);
        assertThat(s.sent()).containsExactly(new ReadEventLog(0));
    }

    @Test
    void fromAListThatIsTooOldNothingIsDeleted() {
        Driver s = Driver.served(Verdict.whitelisted(Units.NOW)).got(answer(0, 1, 2));
        assertThat(s.published()).hasSize(1);
        assertThat(s.sent()).containsExactly(new ReadEventLog(0));
        assertThat(s.state).isInstanceOf(Lingering.class);
    }

    @Test
    void missteps() {
        assertThat(Driver.served().got(answer(0, 3)).got(answer(0, 4)).last)
                .contains(new Effect.Count(Misstep.NOT_ASKED));
        assertThat(Driver.served().got(new EventLogDeleted(3)).last).contains(new Effect.Count(Misstep.NOT_ASKED));
        assertThat(Driver.served().got(new CommandResult(1, 0, Octets.EMPTY)).last)
                .contains(new Effect.Count(Misstep.NOT_ASKED));
        assertThat(Driver.served().got(new Probe()).last).contains(new Effect.Count(Misstep.LATE_PROBE));
        assertThat(Driver.served().got(new Identification("AB-1235", "1.02")).last)
                .contains(new Effect.Count(Misstep.IDENTIFICATION_CHANGED));
        assertThat(Driver.served().got(answer(3, 5)).got(answer(0, 5)).last)
                .contains(new Effect.Count(Misstep.ENTRY_NOT_ABOVE));
        assertThat(Driver.served().got(answer(0, 5)).acknowledged(0, 0).got(new EventLogDeleted(4)).last)
                .contains(new Effect.Count(Misstep.WRONG_ECHO));
    }

    @Test
    void theSameIdentificationAgainIsNoMisstep() {
        Driver s = Driver.served().got(Units.UNIT);
        assertThat(s.last).isEmpty();
        assertThat(s.state).isInstanceOf(Reading.class);
    }

    @Test
    void aReplacedSessionClosesAtOnce() {
        Driver s = Driver.served().got(answer(0, 1)).input(new Input.Replaced());
        assertThat(s.state).isEqualTo(new Closed(EndReason.REPLACED));
        assertThat(s.acknowledged(0, 0).sentLast()).isEmpty();
    }

    @Test
    void aDrainingStationEndsAtTheNextAnswer() {
        Driver s = Driver.served().input(new Input.Drain());
        assertThat(s.state).isInstanceOf(Reading.class);
        s.got(answer(9, 1));
        assertThat(s.last).contains(new Effect.HalfClose());
    }

    @Test
    void aVerdictThatWasNotAskedForNamesTheState() {
        assertThatThrownBy(() -> Driver.served().judged(Verdict.UNVERIFIED))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("Reading")
                .hasMessageContaining("Checking");
    }

    @Test
    void anUnansweredRequestEndsTheSession() {
        assertThat(Driver.served().fired(Timer.ANSWER).state).isEqualTo(new Closed(EndReason.NO_ANSWER));
        Driver deleting = Driver.served().got(answer(0, 5)).acknowledged(0, 0);
        assertThat(deleting.state).isInstanceOf(Deleting.class);
        assertThat(deleting.fired(Timer.ANSWER).state).isEqualTo(new Closed(EndReason.NO_ANSWER));
    }
}
