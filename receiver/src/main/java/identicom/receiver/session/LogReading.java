package identicom.receiver.session;

import identicom.receiver.session.SessionState.Consulting;
import identicom.receiver.session.SessionState.Deleting;
import identicom.receiver.session.SessionState.Instructing;
import identicom.receiver.session.SessionState.Lingering;
import identicom.receiver.session.SessionState.Paused;
import identicom.receiver.session.SessionState.Picturing;
import identicom.receiver.session.SessionState.Reading;
import identicom.receiver.session.SessionState.Serving;
import identicom.receiver.session.SessionState.Settling;
import identicom.receiver.session.SessionState.Then;
import identicom.wire.message.CommandResult;
import identicom.wire.message.DeleteEventLog;
import identicom.wire.message.EventEntry;
import identicom.wire.message.EventLog;
import identicom.wire.message.EventLogDeleted;
import identicom.wire.message.FromUnit;
import identicom.wire.message.Identification;
import identicom.wire.message.PictureBlock;
import identicom.wire.message.PictureDeleted;
import identicom.wire.message.PictureError;
import identicom.wire.message.PictureList;
import identicom.wire.message.ReadEventLog;
import java.util.ArrayList;
import java.util.List;

/** Steps 3, 4, 7 and 8 of a session, with 5 and 6 between them: the log is read, what is durable is deleted, the connection is ended. */
final class LogReading {
    private final Rules rules;
    private final PictureReading pictures;
    private final CommandSending commands;

    LogReading(Rules rules, PictureRules pictures) {
        this.rules = rules;
        this.commands = new CommandSending(this::commandsDone);
        this.pictures = new PictureReading(pictures, commands::begin);
    }

    PictureReading pictures() {
        return pictures;
    }

    CommandSending commands() {
        return commands;
    }

    /** Step 3 begins. */
    Transition begin(Served served) {
        return served.conditions().ending() == null ? read(served) : finish(served, EndReason.INCOMPLETE);
    }

    Transition received(Serving state, FromUnit message, long readAtUs, long nowUs) {
        return switch (message) {
            case EventLog log when log.pushed() -> pushed(state, log, readAtUs, nowUs);
            case EventLog log when state instanceof Reading(var served) -> answered(served, log, readAtUs, nowUs);
            case EventLogDeleted(var upTo)
            when state instanceof Deleting s ->
                upTo == s.upTo() ? deleted(s, nowUs) : Transition.misstep(Misstep.WRONG_ECHO);
            case PictureList m when state instanceof Picturing p -> pictures.received(p, m, readAtUs, nowUs);
            case PictureBlock m when state instanceof Picturing p -> pictures.received(p, m, readAtUs, nowUs);
            case PictureDeleted m when state instanceof Picturing p -> pictures.received(p, m, readAtUs, nowUs);
            case PictureError m when state instanceof Picturing p -> pictures.received(p, m, readAtUs, nowUs);
            case CommandResult result when state instanceof Instructing s -> commands.answered(s, result, readAtUs);
            case Identification again when again.equals(state.served().unit()) -> Transition.to(state);
            default -> Transition.misstep(Opening.misstepOf(message));
        };
    }

    /** Handled at once, whatever else goes on; it never moves the cursor and never enters the run. */
    private Transition pushed(Serving state, EventLog log, long readAtUs, long nowUs) {
        List<Effect> effects = new ArrayList<>();
        Served served = publish(state.served(), log, readAtUs, nowUs, effects).pushed(log);
        return settle(state.with(served), nowUs).behind(effects);
    }

    private Transition answered(Served before, EventLog answer, long readAtUs, long nowUs) {
        LogRun run = before.run();
        if (!answer.entries().isEmpty() && answer.entries().getFirst().sequence() <= run.cursor()) {
            return Transition.misstep(Misstep.ENTRY_NOT_ABOVE);
        }
        List<Effect> effects = new ArrayList<>();
        Served served = publish(before, answer, readAtUs, nowUs, effects);
        effects.add(new Effect.Stop(Timer.ANSWER));
        if (run.stale() || run.isOther(answer.logId())) {
            return readAnew(served).behind(effects);
        }
        served = served.withRun(run.answered(answer, before.nextNumber()));
        Transition next = answer.remaining() == 0 ? logEnd(served, nowUs) : readOn(served, nowUs);
        return next.behind(effects);
    }

    /** Appends the publishing of a frame's entries: all of them, or of an unverified unit the critical ones. */
    Served publish(Served served, EventLog log, long readAtUs, long nowUs, List<Effect> effects) {
        List<EventEntry> entries = served.verdict().whitelisted()
                ? log.entries()
                : log.entries().stream()
                        .filter(entry -> rules.critical().test(entry.type()))
                        .toList();
        if (entries.isEmpty()) {
            return served;
        }
        effects.add(new Effect.Publish(
                served.nextNumber(),
                log.logId(),
                entries,
                log.pushed(),
                served.verdict().standing(),
                readAtUs,
                nowUs));
        return served.published(entries.size());
    }

    /** Takes up what an input may have made possible, in the states that wait for something other than the unit. */
    Transition settle(Serving state, long nowUs) {
        return switch (state) {
            case Paused(var served) -> readOn(served, nowUs);
            case Settling(var served) -> mustSettle(served, nowUs) ? Transition.to(state) : settled(served, nowUs);
            case Picturing s -> pictures.settle(s, nowUs);
            case Reading s -> Transition.to(s);
            case Deleting s -> Transition.to(s);
            case Consulting s -> Transition.to(s);
            case Instructing s -> Transition.to(s);
            case Lingering s -> Transition.to(s);
        };
    }

    /** In the middle of the log, nothing being asked. */
    private Transition readOn(Served served, long nowUs) {
        if (served.run().stale()) {
            return readAnew(served);
        }
        if (served.conditions().ending() != null) {
            return deleteDurable(served, Then.FINISH, nowUs);
        }
        if (served.run().sinceMark() >= rules.deleteMark() && mayDeleteNow(served, nowUs)) {
            return deleteDurable(served, Then.READ_ON, nowUs);
        }
        boolean crowded = served.run().pending().size() >= rules.maxUndurableAnswers();
        if (served.conditions().mainSilent()) {
            return read(crowded ? served.withRun(served.run().cutHere()) : served);
        }
        return crowded || served.conditions().outboxFull() ? Transition.to(new Paused(served)) : read(served);
    }

    private Transition logEnd(Served served, long nowUs) {
        return mustSettle(served, nowUs)
                ? Transition.to(new Settling(served), new Effect.Start(Timer.SETTLE))
                : settled(served, nowUs);
    }

    /** Acknowledgements are missing, can still come, and a delete could follow them. */
    private static boolean mustSettle(Served served, long nowUs) {
        return !served.run().stale()
                && !served.run().settled()
                && !served.conditions().mainSilent()
                && served.verdict().mayDelete(nowUs);
    }

    /** At the log's end, nothing more is waited for. */
    Transition settled(Served served, long nowUs) {
        Effect stop = new Effect.Stop(Timer.SETTLE);
        if (served.run().stale()) {
            return readAnew(served).behind(stop);
        }
        boolean on = served.run().complete()
                && served.verdict().mayDelete(nowUs)
                && !served.conditions().mainSilent()
                && served.conditions().ending() == null;
        return deleteDurable(served, on ? Then.NEXT_STEP : Then.FINISH, nowUs).behind(stop);
    }

    private static boolean mayDeleteNow(Served served, long nowUs) {
        return served.verdict().mayDelete(nowUs) && served.run().hasDeletable();
    }

    /**
     * The one place that makes a unit delete. It may: the number ends the longest run of answers, from {@code after=0} on and
     * all of the log id now in the unit, of which main has acknowledged every entry with all in-sync replicas; and the serial
     * is on a whitelist that is young enough.
     */
    private Transition deleteDurable(Served served, Then then, long nowUs) {
        if (!mayDeleteNow(served, nowUs)) {
            return after(served, then, nowUs);
        }
        long upTo = served.run().durableUpTo();
        return Transition.to(
                new Deleting(served.withRun(served.run().deleting()), upTo, then),
                new Effect.Send(new DeleteEventLog(upTo)),
                new Effect.Start(Timer.ANSWER));
    }

    private Transition deleted(Deleting state, long nowUs) {
        return after(state.served(), state.then(), nowUs)
                .behind(List.of(new Effect.Deleted(state.upTo()), new Effect.Stop(Timer.ANSWER)));
    }

    private Transition after(Served served, Then then, long nowUs) {
        if (served.run().stale() && served.conditions().ending() == null) {
            return readAnew(served);
        }
        return switch (then) {
            case READ_ON -> readOn(served, nowUs);
            case NEXT_STEP -> nextStep(served, nowUs);
            case FINISH -> finish(served, served.run().complete() ? reasonAtEnd(served) : EndReason.INCOMPLETE);
        };
    }

    /** Step 5, once. */
    private Transition nextStep(Served served, long nowUs) {
        return served.conditions().ending() == null && !served.secondReading()
                ? pictures.begin(served, nowUs)
                : finish(served, reasonAtEnd(served));
    }

    /** Steps 5 and 6 are over: step 7. */
    private Transition commandsDone(Served served) {
        boolean once = served.pictures().worked() || served.commands() > 0 || served.pushedAboveRead();
        if (served.conditions().ending() != null || served.conditions().mainSilent()) {
            return finish(served, reasonAtEnd(served));
        }
        if (served.run().stale()) {
            return readAnew(served.readingAgain());
        }
        return once ? read(served.readingAgain()) : finish(served, reasonAtEnd(served));
    }

    private static EndReason reasonAtEnd(Served served) {
        return served.pictures().brokenOff() ? EndReason.INCOMPLETE : EndReason.COMPLETE;
    }

    /** The unit's memory was replaced: no number read so far means anything any more. */
    private Transition readAnew(Served served) {
        if (served.conditions().ending() != null) {
            return finish(served, EndReason.INCOMPLETE);
        }
        return served.run().restarts() >= rules.maxRestarts()
                ? finish(served, EndReason.LOG_UNSTABLE)
                : read(served.restarted());
    }

    private static Transition read(Served served) {
        return Transition.to(
                new Reading(served),
                new Effect.Send(new ReadEventLog(served.run().cursor())),
                new Effect.Start(Timer.ANSWER));
    }

    /** Step 8. */
    private static Transition finish(Served served, EndReason reason) {
        EndReason ending = served.conditions().ending();
        return Transition.to(
                new Lingering(served, ending == null ? reason : ending),
                new Effect.HalfClose(),
                new Effect.Start(Timer.LINGER));
    }
}
