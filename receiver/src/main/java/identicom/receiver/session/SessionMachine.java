package identicom.receiver.session;

import identicom.receiver.session.SessionState.Arrived;
import identicom.receiver.session.SessionState.Checking;
import identicom.receiver.session.SessionState.Closed;
import identicom.receiver.session.SessionState.Consulting;
import identicom.receiver.session.SessionState.Deleting;
import identicom.receiver.session.SessionState.Erasing;
import identicom.receiver.session.SessionState.Fetching;
import identicom.receiver.session.SessionState.Holding;
import identicom.receiver.session.SessionState.Instructing;
import identicom.receiver.session.SessionState.Lingering;
import identicom.receiver.session.SessionState.Listing;
import identicom.receiver.session.SessionState.Reading;
import identicom.receiver.session.SessionState.Recalling;
import identicom.receiver.session.SessionState.Refused;
import identicom.receiver.session.SessionState.Serving;
import identicom.receiver.session.SessionState.Settling;

/**
 * A session with a unit, PROTOCOL.md section 3, as a pure function: the state, what happened and the time in; the state
 * after it and what is to be done out. It knows no socket, broker or clock.
 *
 * <pre>
 * from       what happens                                   to
 * ---------  ---------------------------------------------  ------------------------------------------------
 * Arrived    81                                             Checking      whitelist asked
 *            nothing for 5 s                                Arrived       01, once
 *            00                                             Closed        80
 *            anything else, nothing for 10 s                Closed
 * Checking   pushed 82                                      Checking      held for the verdict
 *            connection over, bad bytes                     Checking      closed; the verdict still decides what was held
 *            verdict whitelisted, unverified                Reading       held frames published, 02 after=0
 *            verdict unregistered                           Refused, or Closed when something is held: quarantined
 * Refused    pushed 82, 3 s, connection over, bad bytes     Closed        quarantined; nothing was ever sent
 * Reading    answer, remaining &gt; 0                          Reading       published, 02 after=last
 *                                                           Paused        no room: outbox full, too much not durable
 *                                                           Deleting      every 1,020 entries, if any are durable
 *            answer, remaining = 0                          as "log's end" below
 *            answer of another log                          Reading       from after=0; never a delete for the old one
 *            nothing for 30 s                               Closed
 * Paused     room again                                     Reading
 * Settling   all acknowledged, one lost, 10 s, main silent  as "settled" below
 * Deleting   83 with what was asked                         Reading, or as "next step" or "finish" below
 *            nothing for 30 s                               Closed
 * Listing    c0                                             Recalling     how far each is durable
 *                                                           as "pictures done" below: nothing on it is to be done
 *            nothing for 30 s                               Closed
 * Recalling  the station's answer                           as "next picture" below
 * Fetching   c1 that was asked                              as "next block" below: published
 *            c3 for the same picture                        as "next picture" below: this one is left
 *            nothing for 30 s                               Closed
 * Holding    acknowledged, room again                       as "next block" below
 *            a block or record lost, 10 s, main silent      as "pictures done" below
 * Erasing    c2, c3 with what was asked                     as "next picture" below
 *            nothing for 30 s                               Closed
 * Consulting the station's answer: a command                Instructing   04
 *                                                           as "commands done" below: none waits, 16 were sent
 * Instructing 84 with its ticket                            Consulting    told
 *            nothing for 30 s                               Closed
 * Lingering  the unit's end, 5 s                            Closed
 *
 * log's end    Settling while acknowledgements are missing that a delete could follow, else "settled"
 * settled      Deleting when something is durable, else on
 * next step    all is durable: Listing, once in a session; else finish
 * next block   Fetching; Holding before a block too far beyond the last acknowledged progress record, and at the picture's
 *              end until all of it is durable; then Erasing, or with a wrong CRC Fetching once more from the start; with a
 *              second wrong CRC the picture is left
 * next picture of the list, else Listing again where the list was full and one of it was deleted, else "pictures done"
 * pictures done  Consulting, or "commands done" where main is silent or the session is to end
 * commands done  Reading once more (step 7) where anything was asked of a picture, a command was sent or a pushed entry lies
 *              above the last one read; else finish
 * finish       Lingering: half-closed
 *
 * Anywhere once served: a pushed 82 is published at once and moves nothing. Time limit near, drain: at the next answer
 * what is durable is deleted and the session finishes. Replaced, decommissioned, time limit, connection over: Closed,
 * with a progress record for what is durable of the picture at hand.
 * </pre>
 */
public final class SessionMachine {
    private final Opening opening;
    private final LogReading reading;

    public SessionMachine(Rules rules, PictureRules pictures) {
        this.reading = new LogReading(rules, pictures);
        this.opening = new Opening(rules, reading);
    }

    /** A connection was accepted. */
    public Transition start(Conditions conditions) {
        return Transition.to(
                new Arrived(conditions, false),
                new Effect.Start(Timer.SILENCE),
                new Effect.Start(Timer.IDENTIFICATION),
                new Effect.Start(Timer.WRAP_UP),
                new Effect.Start(Timer.LIMIT));
    }

    /** @param nowUs microseconds since 1970 UTC */
    public Transition step(SessionState state, Input input, long nowUs) {
        if (input instanceof Input.Judged && !(state instanceof Checking)) {
            throw new IllegalStateException("verdict in " + name(state) + " (expected: only in Checking)");
        }
        return switch (state) {
            case Closed s -> Transition.to(s);
            case Arrived s -> opening.arrived(s, input, nowUs);
            case Checking s -> opening.checking(s, input, nowUs);
            case Refused s -> opening.refused(s, input, nowUs);
            case Serving s -> serving(s, input, nowUs);
        };
    }

    private Transition serving(Serving state, Input input, long nowUs) {
        Serving noted = state.with(
                state.served().withConditions(state.served().conditions().after(input)));
        Transition to = servingNoted(noted, input, nowUs);
        return to.state() instanceof Closed ? to.behind(PictureReading.lastWord(noted.served())) : to;
    }

    private Transition servingNoted(Serving noted, Input input, long nowUs) {
        return switch (input) {
            case Input.Received(var message, var readAtUs) -> reading.received(noted, message, readAtUs, nowUs);
            case Input.Faulted(var fault) -> Transition.closed(Opening.reasonOf(fault));
            case Input.PeerClosed i ->
                Transition.closed(
                        noted instanceof Lingering(var served, var reason) ? reason : EndReason.CONNECTION_LOST);
            case Input.Fired(var timer) -> fired(noted, timer, nowUs);
            case Input.Judged i -> throw new IllegalStateException("verdict in " + name(noted));
            case Input.Acknowledged(var number) ->
                reading.settle(noted.with(noted.served().acknowledged(number)), nowUs);
            case Input.Lost(var number) ->
                reading.settle(noted.with(noted.served().lost(number)), nowUs);
            case Input.Recalled(var positions) ->
                noted instanceof Recalling s ? reading.pictures().recalled(s, positions, nowUs) : Transition.to(noted);
            case Input.Commanded told ->
                noted instanceof Consulting s ? reading.commands().told(s, told, nowUs) : Transition.to(noted);
            case Input.MainSilent i -> reading.settle(noted, nowUs);
            case Input.MainBack i -> reading.settle(noted, nowUs);
            case Input.OutboxFull i -> Transition.to(noted);
            case Input.OutboxFree i -> reading.settle(noted, nowUs);
            case Input.PicturesFull i -> Transition.to(noted);
            case Input.PicturesFree i -> reading.settle(noted, nowUs);
            case Input.Drain i -> reading.settle(noted, nowUs);
            case Input.Replaced i -> Transition.closed(EndReason.REPLACED);
            case Input.Decommissioned i -> Transition.closed(EndReason.DECOMMISSIONED);
            case Input.CrowdedOut i -> Transition.closed(EndReason.CROWDED_OUT);
        };
    }

    private Transition fired(Serving state, Timer timer, long nowUs) {
        return switch (timer) {
            case LIMIT ->
                Transition.closed(state instanceof Lingering(var served, var reason) ? reason : EndReason.TIME_LIMIT);
            case WRAP_UP ->
                state instanceof Settling s ? reading.settled(s.served(), nowUs) : reading.settle(state, nowUs);
            case ANSWER -> owesAnswer(state) ? Transition.closed(EndReason.NO_ANSWER) : Transition.to(state);
            case SETTLE ->
                switch (state) {
                    case Settling(var served) -> reading.settled(served, nowUs);
                    case Holding s -> reading.pictures().waitedEnough(s);
                    default -> Transition.to(state);
                };
            case LINGER -> state instanceof Lingering s ? Transition.closed(s.reason()) : Transition.to(state);
            case SILENCE, IDENTIFICATION, REFUSAL -> Transition.to(state);
        };
    }

    private static boolean owesAnswer(Serving state) {
        return switch (state) {
            case Reading s -> true;
            case Deleting s -> true;
            case Listing s -> true;
            case Fetching s -> true;
            case Erasing s -> true;
            case Instructing s -> true;
            case Consulting s -> false;
            case Recalling s -> false;
            case Holding s -> false;
            case SessionState.Paused s -> false;
            case Settling s -> false;
            case Lingering s -> false;
        };
    }

    static String name(SessionState state) {
        return state.getClass().getSimpleName();
    }
}
