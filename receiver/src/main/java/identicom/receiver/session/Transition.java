package identicom.receiver.session;

import java.util.ArrayList;
import java.util.List;

/** What an input leads to: the state after it, and what is to be done, in order. */
public record Transition(SessionState state, List<Effect> effects) {
    public Transition {
        effects = List.copyOf(effects);
    }

    static Transition to(SessionState state, Effect... effects) {
        return new Transition(state, List.of(effects));
    }

    /** The same, with {@code earlier} done before. */
    Transition behind(List<Effect> earlier) {
        List<Effect> all = new ArrayList<>(earlier);
        all.addAll(effects);
        return new Transition(state, all);
    }

    /** The same, with {@code later} done behind. */
    Transition then(Effect later) {
        List<Effect> all = new ArrayList<>(effects);
        all.add(later);
        return new Transition(state, all);
    }

    Transition behind(Effect earlier) {
        return behind(List.of(earlier));
    }

    static Transition closed(EndReason reason) {
        return to(new SessionState.Closed(reason), new Effect.Close(), new Effect.Ended(reason));
    }

    static Transition misstep(Misstep misstep) {
        return closed(EndReason.PROTOCOL_ERROR).behind(new Effect.Count(misstep));
    }
}
