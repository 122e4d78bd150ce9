package identicom.receiver.session;

import identicom.receiver.session.SessionState.Consulting;
import identicom.receiver.session.SessionState.Instructing;
import identicom.wire.message.Command;
import identicom.wire.message.CommandResult;
import java.util.List;

/**
 * Step 6 of a session: commands that wait for the unit are sent, one at a time. Pure.
 *
 * <p>It goes on while the unit may be told to delete and main answers, and ends at the unit's next answer otherwise. What is sent once
 * more under the same ticket is done once: the unit repeats its answer (docs/protocol.md, section 2.5).
 */
final class CommandSending {
    /** Commands in a session at most; a unit remembers 64 tickets. */
    static final int MOST = 16;

    private final PictureReading.Next next;

    CommandSending(PictureReading.Next next) {
        this.next = next;
    }

    /** The step begins, or goes on. */
    Transition begin(Served served) {
        boolean over = served.commands() >= MOST || stopping(served);
        return over ? next.after(served) : Transition.to(new Consulting(served), new Effect.NextCommand());
    }

    /** The station said what is next. */
    Transition told(Consulting state, Input.Commanded said, long nowUs) {
        Served served = state.served();
        Command command = said.command();
        return command == null || stopping(served) || !served.verdict().mayDelete(nowUs)
                ? next.after(served)
                : send(served, command);
    }

    private static boolean stopping(Served served) {
        return served.conditions().mainSilent() || served.conditions().ending() != null;
    }

    private static Transition send(Served served, Command command) {
        return Transition.to(
                new Instructing(served.commanding(), command),
                new Effect.Send(command),
                new Effect.CommandSent(command),
                new Effect.Start(Timer.ANSWER));
    }

    Transition answered(Instructing state, CommandResult result, long readAtUs) {
        if (result.ticket() != state.command().ticket()) {
            return Transition.misstep(Misstep.WRONG_ECHO);
        }
        return begin(state.served())
                .behind(List.of(new Effect.Stop(Timer.ANSWER), new Effect.CommandAnswered(result, readAtUs)));
    }
}
