package identicom.receiver.session;

import identicom.wire.message.Command;
import identicom.wire.message.FromUnit;
import identicom.wire.message.ToUnit;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Drives one session by hand and keeps what it wanted done. */
final class Driver {
    final SessionMachine machine;
    final List<Effect> all = new ArrayList<>();
    SessionState state;
    List<Effect> last = List.of();
    long nowUs = Units.NOW;
    /** What the station answers when it is asked for the next command: these, then none. Null: it does not answer. */
    @Nullable Queue<Command> commands = new ArrayDeque<>();

    Driver() {
        this(Units.rules());
    }

    Driver(Rules rules) {
        this(rules, PictureRules.NOT_ASKED);
    }

    Driver(Rules rules, PictureRules pictures) {
        machine = new SessionMachine(rules, pictures);
        took(machine.start(new Conditions(false, false, false, null)));
    }

    static Driver served() {
        return served(Verdict.whitelisted(Long.MAX_VALUE));
    }

    static Driver served(Verdict verdict) {
        return new Driver().got(Units.UNIT).judged(verdict);
    }

    Driver got(FromUnit message) {
        return input(new Input.Received(message, nowUs));
    }

    Driver judged(Verdict verdict) {
        return input(new Input.Judged(verdict));
    }

    Driver fired(Timer timer) {
        return input(new Input.Fired(timer));
    }

    Driver input(Input input) {
        took(machine.step(state, input, nowUs));
        return this;
    }

    /** Main acknowledges the entries with these numbers. */
    Driver acknowledged(long from, long to) {
        for (long number = from; number <= to; number++) {
            input(new Input.Acknowledged(number));
        }
        return this;
    }

    private void took(Transition transition) {
        state = transition.state();
        last = transition.effects();
        all.addAll(last);
        Queue<Command> waiting = commands;
        if (waiting != null && last.contains(new Effect.NextCommand())) {
            Stream<Effect> before = last.stream().filter(effect -> !(effect instanceof Effect.NextCommand));
            input(new Input.Commanded(waiting.poll()));
            last = Stream.concat(before, last.stream()).toList();
        }
    }

    List<ToUnit> sent() {
        return sent(all);
    }

    List<ToUnit> sentLast() {
        return sent(last);
    }

    List<Effect.Publish> published() {
        return all.stream()
                .filter(Effect.Publish.class::isInstance)
                .map(Effect.Publish.class::cast)
                .toList();
    }

    private static List<ToUnit> sent(List<Effect> effects) {
        return effects.stream()
                .filter(Effect.Send.class::isInstance)
                .map(effect -> ((Effect.Send) effect).message())
                .toList();
    }
}
