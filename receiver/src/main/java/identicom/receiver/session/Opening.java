package identicom.receiver.session;

import identicom.receiver.session.SessionState.Arrived;
import identicom.receiver.session.SessionState.Checking;
import identicom.receiver.session.SessionState.Closed;
import identicom.receiver.session.SessionState.Refused;
import identicom.wire.fault.Fault;
import identicom.wire.message.EventLog;
import identicom.wire.message.FromUnit;
import identicom.wire.message.Identification;
import identicom.wire.message.Identify;
import identicom.wire.message.Probe;
import java.util.ArrayList;
import java.util.List;

/** Steps 1 and 2 of a session: who is it, and is it one of ours. */
final class Opening {
    private final Rules rules;
    private final LogReading reading;

    Opening(Rules rules, LogReading reading) {
        this.rules = rules;
        this.reading = reading;
    }

    Transition arrived(Arrived state, Input input, long nowUs) {
        return switch (input) {
            case Input.Received(Identification unit, var readAtUs) -> identified(state, unit, readAtUs);
            case Input.Received(Probe probe, var readAtUs) ->
                Transition.closed(EndReason.PROBE).behind(new Effect.AnswerProbe());
            case Input.Received other -> Transition.misstep(Misstep.FIRST_FRAME);
            case Input.Faulted(var fault) -> Transition.closed(reasonOf(fault));
            case Input.PeerClosed i -> Transition.closed(EndReason.CONNECTION_LOST);
            case Input.CrowdedOut i -> Transition.closed(EndReason.CROWDED_OUT);
            case Input.Fired(Timer timer)
            when timer == Timer.SILENCE && !state.asked() ->
                Transition.to(new Arrived(state.conditions(), true), new Effect.Send(new Identify()));
            case Input.Fired(Timer timer)
            when timer == Timer.IDENTIFICATION -> Transition.closed(EndReason.NOT_IDENTIFIED);
            case Input.Fired(Timer timer) when timer == Timer.LIMIT -> Transition.closed(EndReason.TIME_LIMIT);
            default -> Transition.to(new Arrived(state.conditions().after(input), state.asked()));
        };
    }

    private static Transition identified(Arrived state, Identification unit, long readAtUs) {
        return Transition.to(
                new Checking(unit, readAtUs, List.of(), state.conditions(), null),
                new Effect.Stop(Timer.SILENCE),
                new Effect.Stop(Timer.IDENTIFICATION),
                new Effect.Ask(unit.serial()));
    }

    Transition checking(Checking state, Input input, long nowUs) {
        return switch (input) {
            case Input.Judged(var verdict) -> judged(state, verdict, nowUs);
            case Input.Received r when state.gone() != null -> Transition.to(state);
            case Input.Received(var message, var readAtUs) -> checkingReceived(state, message, readAtUs);
            case Input.Faulted(var fault) -> over(state, reasonOf(fault));
            case Input.PeerClosed i -> over(state, EndReason.CONNECTION_LOST);
            case Input.CrowdedOut i -> over(state, EndReason.CROWDED_OUT);
            case Input.Fired(Timer timer) when timer == Timer.LIMIT -> over(state, EndReason.TIME_LIMIT);
            default ->
                Transition.to(new Checking(
                        state.unit(),
                        state.identifiedAtUs(),
                        state.held(),
                        state.conditions().after(input),
                        state.gone()));
        };
    }

    private Transition checkingReceived(Checking state, FromUnit message, long readAtUs) {
        return switch (message) {
            case EventLog log
            when log.pushed() -> {
                List<Held> held = new ArrayList<>(state.held());
                held.add(new Held(log, readAtUs));
                Checking holding =
                        new Checking(state.unit(), state.identifiedAtUs(), List.copyOf(held), state.conditions(), null);
                yield held.size() < rules.maxHeldFrames()
                        ? Transition.to(holding)
                        : Transition.to(holding, new Effect.PauseReading());
            }
            case Identification again when again.equals(state.unit()) -> Transition.to(state);
            default -> over(state, EndReason.PROTOCOL_ERROR).behind(new Effect.Count(misstepOf(message)));
        };
    }

    /** The connection is over, but what the unit pushed waits for the verdict: it may be a man-down. */
    private static Transition over(Checking state, EndReason reason) {
        if (state.gone() != null) {
            return Transition.to(state);
        }
        return Transition.to(
                new Checking(state.unit(), state.identifiedAtUs(), state.held(), state.conditions(), reason),
                new Effect.Close());
    }

    private Transition judged(Checking state, Verdict verdict, long nowUs) {
        if (verdict.refused()) {
            Refused refused = new Refused(state.unit(), verdict);
            return state.held().isEmpty() && state.gone() == null
                    ? Transition.to(refused, new Effect.Start(Timer.REFUSAL))
                    : keep(refused, state.held(), state.gone() == null ? EndReason.REFUSED : state.gone(), nowUs);
        }
        Served served = Served.begin(state.unit(), verdict, state.conditions());
        List<Effect> effects = new ArrayList<>();
        for (Held held : state.held()) {
            served = reading.publish(served, held.log(), held.readAtUs(), nowUs, effects)
                    .pushed(held.log());
        }
        effects.add(new Effect.Opened(state.unit(), verdict.standing(), state.identifiedAtUs()));
        EndReason gone = state.gone();
        if (gone != null) {
            effects.add(new Effect.Ended(gone));
            return new Transition(new Closed(gone), effects);
        }
        if (state.held().size() >= rules.maxHeldFrames()) {
            effects.add(new Effect.ResumeReading());
        }
        return reading.begin(served).behind(effects);
    }

    Transition refused(Refused state, Input input, long nowUs) {
        return switch (input) {
            case Input.Received(EventLog log, var readAtUs)
            when log.pushed() -> keep(state, List.of(new Held(log, readAtUs)), EndReason.REFUSED, nowUs);
            case Input.Received(Identification again, var readAtUs)
            when again.equals(state.unit()) -> Transition.to(state);
            case Input.Received(var message, var readAtUs) ->
                keep(state, List.of(), EndReason.PROTOCOL_ERROR, nowUs).behind(new Effect.Count(misstepOf(message)));
            case Input.Fired(Timer timer)
            when timer == Timer.REFUSAL || timer == Timer.LIMIT -> keep(state, List.of(), EndReason.REFUSED, nowUs);
            case Input.Faulted(var fault) -> keep(state, List.of(), reasonOf(fault), nowUs);
            case Input.PeerClosed i -> keep(state, List.of(), EndReason.CONNECTION_LOST, nowUs);
            case Input.CrowdedOut i -> keep(state, List.of(), EndReason.CROWDED_OUT, nowUs);
            default -> Transition.to(state);
        };
    }

    private static Transition keep(Refused state, List<Held> held, EndReason reason, long nowUs) {
        return Transition.closed(reason)
                .behind(new Effect.Quarantine(state.unit(), state.verdict().standing(), held, nowUs));
    }

    static Misstep misstepOf(FromUnit message) {
        return switch (message) {
            case Identification m -> Misstep.IDENTIFICATION_CHANGED;
            case Probe m -> Misstep.LATE_PROBE;
            default -> Misstep.NOT_ASKED;
        };
    }

    static EndReason reasonOf(Fault fault) {
        return switch (fault.kind()) {
            case FRAMING -> EndReason.FRAMING_ERROR;
            case MESSAGE -> EndReason.PROTOCOL_ERROR;
        };
    }
}
