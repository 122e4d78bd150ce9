package identicom.receiver.session;

import static identicom.receiver.session.Units.answer;
import static org.assertj.core.api.Assertions.assertThat;

import identicom.wire.message.Command;
import identicom.wire.message.CommandResult;
import identicom.wire.message.Octets;
import identicom.wire.message.ReadEventLog;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Step 6 of a session. */
class CommandSendingTest {
    private final Driver s = Driver.served();

    private static Command command(long ticket) {
        return new Command(ticket, 2, Octets.EMPTY);
    }

    private static CommandResult result(long ticket) {
        return new CommandResult(ticket, CommandResult.DONE, Octets.EMPTY);
    }

    private void waiting(int count) {
        for (int ticket = 1; ticket <= count; ticket++) {
            s.commands.add(command(ticket));
        }
    }

    @Test
    void commandsAreSentOneAtATimeAndTheLogIsReadOnceMore() {
        waiting(2);
        s.got(answer(0));
        assertThat(s.sentLast()).containsExactly(command(1));
        assertThat(s.last).contains(new Effect.CommandSent(command(1)), new Effect.Start(Timer.ANSWER));
        s.got(result(1));
        assertThat(s.last).contains(new Effect.CommandAnswered(result(1), Units.NOW), new Effect.Stop(Timer.ANSWER));
        assertThat(s.sentLast()).containsExactly(command(2));
        s.got(result(2));
        assertThat(s.sentLast()).containsExactly(new ReadEventLog(0));
        s.got(answer(0));
        assertThat(s.state)
                .isEqualTo(new SessionState.Lingering(((SessionState.Serving) s.state).served(), EndReason.COMPLETE));
        assertThat(s.sent()).filteredOn(Command.class::isInstance).hasSize(2);
    }

    @Test
    void noneWaitsAndTheSessionIsOver() {
        s.got(answer(0));
        assertThat(s.sent()).containsExactly(new ReadEventLog(0));
        assertThat(s.state).isInstanceOf(SessionState.Lingering.class);
    }

    @Test
    void sixteenAreSentInASessionAtMost() {
        waiting(20);
        s.got(answer(0));
        for (int ticket = 1; ticket <= 16; ticket++) {
            s.got(result(ticket));
        }
        assertThat(s.sent()).filteredOn(Command.class::isInstance).hasSize(16);
        assertThat(s.sentLast()).containsExactly(new ReadEventLog(0));
    }

    @Test
    void anAnswerWithAnotherTicketEndsTheConnectionAndIsNotTold() {
        waiting(1);
        s.got(answer(0)).got(result(2));
        assertThat(s.state).isEqualTo(new SessionState.Closed(EndReason.PROTOCOL_ERROR));
        assertThat(s.last).contains(new Effect.Count(Misstep.WRONG_ECHO));
        assertThat(s.all).noneMatch(Effect.CommandAnswered.class::isInstance);
    }

    @Test
    void aUnitThatDoesNotAnswerIsGivenUp() {
        waiting(1);
        s.got(answer(0)).fired(Timer.ANSWER);
        assertThat(s.state).isEqualTo(new SessionState.Closed(EndReason.NO_ANSWER));
    }

    @Test
    void noneIsSentWhileMainIsSilentNorWhenTheSessionIsToEnd() {
        for (Input stops : List.of(new Input.MainSilent(), new Input.Drain(), new Input.Fired(Timer.WRAP_UP))) {
            Driver one = Driver.served();
            one.commands.addAll(List.of(command(1), command(2)));
            one.got(answer(0)).input(stops).got(result(1));
            assertThat(one.all).contains(new Effect.CommandAnswered(result(1), Units.NOW));
            assertThat(one.sent()).filteredOn(Command.class::isInstance).containsExactly(command(1));
            assertThat(one.state).isInstanceOf(SessionState.Lingering.class);
        }
    }

    @Test
    void noneIsSentOnAListThatIsTooOldNorToAUnitThatNobodyVouchesFor() {
        for (Verdict verdict : List.of(Verdict.whitelisted(Units.NOW), Verdict.UNVERIFIED)) {
            Driver one = Driver.served(verdict);
            one.commands.add(command(1));
            one.got(answer(0));
            assertThat(one.sent()).containsExactly(new ReadEventLog(0));
        }
    }

    @Test
    void aListThatBecomesTooOldMeanwhileIsNotActedOn() {
        Driver one = Driver.served(Verdict.whitelisted(Units.NOW + 1));
        one.commands = null;
        one.got(answer(0));
        assertThat(one.state).isInstanceOf(SessionState.Consulting.class);
        one.nowUs = Units.NOW + 1;
        one.input(new Input.Commanded(command(1)));
        assertThat(one.state).isInstanceOf(SessionState.Lingering.class);
    }

    @Test
    void whatIsPushedMeanwhileIsPublishedAndReadOnceMore() {
        waiting(1);
        s.got(answer(0)).got(Units.push(4));
        assertThat(s.published()).hasSize(1);
        assertThat(s.state).isInstanceOf(SessionState.Instructing.class);
    }
}
