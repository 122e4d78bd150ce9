package identicom.receiver.session;

import identicom.receiver.session.SessionState.Erasing;
import identicom.receiver.session.SessionState.Fetching;
import identicom.receiver.session.SessionState.Holding;
import identicom.receiver.session.SessionState.Listing;
import identicom.receiver.session.SessionState.Picturing;
import identicom.receiver.session.SessionState.Recalling;
import identicom.wire.message.DeletePicture;
import identicom.wire.message.FromUnit;
import identicom.wire.message.ListPictures;
import identicom.wire.message.Octets;
import identicom.wire.message.PictureBlock;
import identicom.wire.message.PictureDeleted;
import identicom.wire.message.PictureEntry;
import identicom.wire.message.PictureError;
import identicom.wire.message.PictureList;
import identicom.wire.message.ReadPicture;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Step 5 of a session: the pictures are listed, read one after the other, and deleted once they are durable. Pure.
 *
 * <p>Called only when the whole log is durable, the unit may be told to delete and main answers. It ends by itself when there
 * is nothing left to do, and at the unit's next answer when one of these no longer holds, or the session is to end.
 */
final class PictureReading {
    /** What follows the step. */
    @FunctionalInterface
    interface Next {
        Transition after(Served served);
    }

    private static final Effect STOP_ANSWER = new Effect.Stop(Timer.ANSWER);

    private final PictureRules rules;
    private final Next next;

    PictureReading(PictureRules rules, Next next) {
        this.rules = rules;
        this.next = next;
    }

    /** The step begins. */
    Transition begin(Served served, long nowUs) {
        return rules.asked() && !mustEnd(served, nowUs) ? list(served) : next.after(served);
    }

    private static Transition list(Served served) {
        return Transition.to(new Listing(served), new Effect.Send(new ListPictures()), new Effect.Start(Timer.ANSWER));
    }

    /** Of the pictures' messages only. */
    Transition received(Picturing state, FromUnit message, long readAtUs, long nowUs) {
        return entering(answered(state, message, readAtUs, nowUs));
    }

    /** From here on it is counted how long is waited. */
    private static Transition entering(Transition to) {
        return to.state() instanceof Holding ? to.then(new Effect.Start(Timer.SETTLE)) : to;
    }

    private Transition answered(Picturing state, FromUnit message, long readAtUs, long nowUs) {
        Served served = state.served();
        return switch (message) {
            case PictureList list when state instanceof Listing -> listed(served, list, nowUs);
            case PictureBlock block
            when state instanceof Fetching && served.pictures().run() instanceof PictureRun run ->
                isAsked(block, run) ? block(served, run, block, readAtUs, nowUs) : wrongEcho();
            case PictureDeleted(int number)
            when state instanceof Erasing && served.pictures().run() instanceof PictureRun run ->
                number == run.picture().picture() ? deleted(served, run, nowUs) : wrongEcho();
            case PictureError(int number, int reason)
            when asks(state) && served.pictures().run() instanceof PictureRun run ->
                number == run.picture().picture() ? refused(served, run, nowUs) : wrongEcho();
            default -> Transition.misstep(Misstep.NOT_ASKED);
        };
    }

    private static boolean asks(Picturing state) {
        return state instanceof Fetching || state instanceof Erasing;
    }

    private boolean isAsked(PictureBlock block, PictureRun run) {
        return block.picture() == run.picture().picture()
                && block.offset() == run.read().offset()
                && block.data().size() <= run.nextLength(rules.blockBytes());
    }

    private static Transition wrongEcho() {
        return Transition.misstep(Misstep.WRONG_ECHO);
    }

    private Transition listed(Served served, PictureList list, long nowUs) {
        List<Effect> effects = new ArrayList<>(List.of(STOP_ANSWER));
        for (int i = PictureWork.ambiguous(list).size(); i > 0; i--) {
            effects.add(new Effect.Noted(PictureOutcome.AMBIGUOUS));
        }
        PictureWork work = served.pictures().listed(list.pictures().size() == PictureList.MAX_PICTURES);
        List<PictureEntry> wanted = work.wanted(list);
        Served now = served.withPictures(work);
        if (wanted.isEmpty() || mustEnd(now, nowUs)) {
            return (wanted.isEmpty() ? next.after(now) : breakOff(now)).behind(effects);
        }
        effects.add(new Effect.Recall(wanted));
        return new Transition(new Recalling(now), effects);
    }

    /** The station said how far the listed pictures are durable. */
    Transition recalled(Recalling state, List<PicturePosition> positions, long nowUs) {
        Served served = state.served();
        return entering(goOn(served.withPictures(served.pictures().starting(positions)), nowUs));
    }

    private Transition block(Served served, PictureRun before, PictureBlock block, long readAtUs, long nowUs) {
        if (served.conditions().mainSilent()) {
            return goOn(served, nowUs).behind(STOP_ANSWER); // the unit keeps it
        }
        PictureRun run = before.received(block, served.nextNumber());
        Effect publish = new Effect.PublishPicture(
                served.nextNumber(),
                run.picture(),
                block.offset(),
                block.data(),
                false,
                run.corrupt(),
                run.read().reading(),
                readAtUs);
        return goOn(served.published(1).withPictures(served.pictures().with(run)), nowUs)
                .behind(List.of(STOP_ANSWER, publish));
    }

    private Transition deleted(Served served, PictureRun run, long nowUs) {
        return goOn(served.withPictures(served.pictures().deleted()), nowUs)
                .behind(List.of(
                        STOP_ANSWER,
                        new Effect.ForgetProgress(run.picture()),
                        new Effect.Noted(PictureOutcome.DELETED)));
    }

    private Transition refused(Served served, PictureRun run, long nowUs) {
        return leave(served, run, PictureOutcome.REFUSED, nowUs).behind(STOP_ANSWER);
    }

    /** The picture stays on the unit in this session; what is durable of it is written down. */
    private Transition leave(Served served, PictureRun run, PictureOutcome outcome, long nowUs) {
        Served left = served.published(1).withPictures(served.pictures().leaving(run.picture()));
        return goOn(left, nowUs).behind(new Effect.Noted(outcome)).behind(lastWord(served));
    }

    /** Takes up what an input may have made possible, in the states that wait for something other than the unit. */
    Transition settle(Picturing state, long nowUs) {
        return switch (state) {
            case Holding(var served) -> stillHolding(goOn(served, nowUs));
            case Recalling(var served) -> mustEnd(served, nowUs) ? breakOff(served) : Transition.to(state);
            case Listing s -> Transition.to(s);
            case Fetching s -> Transition.to(s);
            case Erasing s -> Transition.to(s);
        };
    }

    private static Transition stillHolding(Transition to) {
        return to.state() instanceof Holding ? to : to.behind(new Effect.Stop(Timer.SETTLE));
    }

    /** Acknowledgements or room were waited for long enough. */
    Transition waitedEnough(Holding state) {
        return breakOff(state.served());
    }

    private static boolean mustEnd(Served served, long nowUs) {
        return served.conditions().ending() != null
                || served.conditions().mainSilent()
                || !served.verdict().mayDelete(nowUs);
    }

    /** Nothing is being asked. */
    private Transition goOn(Served served, long nowUs) {
        PictureWork work = served.pictures();
        PictureRun run = work.run();
        if (run == null && work.waiting().isEmpty() && !work.askAgain(rules.maxLeft())) {
            return next.after(served);
        }
        if (mustEnd(served, nowUs) || (run != null && run.lost())) {
            return breakOff(served);
        }
        return run == null ? nextPicture(served, nowUs) : goOn(served, run, nowUs);
    }

    private Transition goOn(Served served, PictureRun run, long nowUs) {
        return switch (run.need(rules.window())) {
            case BLOCK -> served.conditions().picturesFull() ? hold(served) : ask(served, run);
            case PATIENCE -> hold(served);
            case RECORD -> record(served, run);
            case DELETE -> erase(served, run);
            case SECOND_READING ->
                goOn(served.withPictures(served.pictures().with(run.onceMore())), nowUs)
                        .behind(new Effect.Noted(PictureOutcome.READ_AGAIN));
            case NOTHING -> leave(served, run, PictureOutcome.CORRUPT, nowUs);
        };
    }

    private Transition nextPicture(Served served, long nowUs) {
        PictureWork work = served.pictures();
        if (work.waiting().isEmpty()) {
            return work.askAgain(rules.maxLeft()) ? list(served) : next.after(served);
        }
        PicturePosition start = work.waiting().getFirst();
        PictureEntry picture = start.picture();
        Served now = served.withPictures(work.taken());
        if (start.corrupt()) {
            return nextPicture(now.withPictures(now.pictures().leaving(picture)), nowUs);
        }
        if (picture.size() > rules.maxBytes()) {
            return nextPicture(now.published(1).withPictures(now.pictures().leaving(picture)), nowUs)
                    .behind(List.of(
                            withoutData(served.nextNumber(), picture, true, nowUs),
                            new Effect.Noted(PictureOutcome.TOO_LARGE)));
        }
        if (picture.size() == 0) {
            PictureRun run = PictureRun.empty(picture, served.nextNumber());
            return goOn(now.published(1).withPictures(now.pictures().with(run)), nowUs)
                    .behind(List.of(
                            withoutData(served.nextNumber(), picture, false, nowUs),
                            new Effect.Noted(PictureOutcome.EMPTY)));
        }
        return goOn(now.withPictures(now.pictures().with(PictureRun.from(start))), nowUs);
    }

    private static Effect withoutData(long number, PictureEntry picture, boolean tooLarge, long nowUs) {
        return new Effect.PublishPicture(
                number, picture, 0, Octets.EMPTY, tooLarge, false, PicturePosition.FIRST_READING, nowUs);
    }

    private Transition ask(Served served, PictureRun run) {
        return Transition.to(
                new Fetching(served.withPictures(served.pictures().asking())),
                new Effect.Send(new ReadPicture(
                        run.picture().picture(), run.read().offset(), run.nextLength(rules.blockBytes()))),
                new Effect.Start(Timer.ANSWER));
    }

    private static Transition hold(Served served) {
        return Transition.to(new Holding(served));
    }

    private static Transition record(Served served, PictureRun run) {
        long number = served.nextNumber();
        PictureRun telling = run.telling(number);
        return hold(served.published(1).withPictures(served.pictures().with(telling)))
                .behind(new Effect.SaveProgress(number, telling.told()));
    }

    /**
     * The one place that makes a unit delete a picture. It may: main has acknowledged every block of it with all in-sync
     * replicas, their CRC is the listed one, and the serial is on a whitelist that is young enough ({@link #mustEnd}).
     */
    private static Transition erase(Served served, PictureRun run) {
        Transition erasing = Transition.to(
                new Erasing(served.withPictures(served.pictures().asking())),
                new Effect.Send(new DeletePicture(run.picture().picture())),
                new Effect.Start(Timer.ANSWER));
        return run.picture().size() == 0 ? erasing : erasing.behind(new Effect.Noted(PictureOutcome.READ));
    }

    private Transition breakOff(Served served) {
        return next.after(served.withPictures(served.pictures().breakingOff()))
                .behind(new Effect.Noted(PictureOutcome.BROKEN_OFF));
    }

    /** At most one record: what is durable of the picture at hand and told by none yet. For when the session is over. */
    static List<Effect> lastWord(Served served) {
        PictureRun run = served.pictures().run();
        Optional<PicturePosition> untold = run == null ? Optional.empty() : run.untold();
        return untold.<List<Effect>>map(position -> List.of(new Effect.SaveProgress(served.nextNumber(), position)))
                .orElse(List.of());
    }
}
