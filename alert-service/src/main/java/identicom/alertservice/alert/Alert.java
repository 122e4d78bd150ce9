package identicom.alertservice.alert;

import identicom.alertservice.event.CriticalEvent;
import identicom.alertservice.event.Position;
import identicom.alertservice.event.Trust;
import java.time.Instant;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * One emergency of one unit, one flood of units that the whitelist does not vouch for, or something amiss that no unit's
 * event says: what it is about, what is known of it, and where it stands between people.
 */
public record Alert(UUID id, Matter matter, Facts facts, Standing standing) {

    public static final String CRITICAL = "critical";

    static Alert raised(UUID id, CriticalEvent e, Matter.@Nullable Test test, Instant now) {
        Matter matter = new Matter(e.serial(), null, Kinds.of(e), CRITICAL, e.trust(), test, false);
        return new Alert(id, matter, Facts.of(e, false, now), Standing.raised(now));
    }

    static Alert flood(UUID id, CriticalEvent e, Instant now) {
        String kind = e.trust() == Trust.UNREGISTERED ? Kinds.UNREGISTERED_UNIT : Kinds.UNVERIFIED_UNIT;
        Matter matter = new Matter(null, null, kind, CRITICAL, e.trust(), null, true);
        return new Alert(id, matter, Facts.of(e, true, now), Standing.raised(now));
    }

    /**
     * An alert that no event raises, of a unit or else of a subject.
     *
     * @param serials how many units it names
     */
    public static Alert incident(
            UUID id,
            @Nullable String serial,
            @Nullable String subject,
            String kind,
            String eventClass,
            long serials,
            Instant now) {
        Matter matter = new Matter(serial, subject, kind, eventClass, Trust.WHITELISTED, null, false);
        return new Alert(id, matter, Facts.withoutEvent(serials, now), Standing.raised(now));
    }

    /** A further event of the same unit: the gravest kind, the highest trust, the newest position; it rings. */
    Alert joined(CriticalEvent e, Instant now) {
        return risen(e).with(facts -> facts.withMore(1, 0)).rung(now);
    }

    /** Its unit says that it is no longer down. That is shown, with where it is; it rings nobody and closes nothing. */
    public Alert cleared(CriticalEvent e) {
        return with(facts -> facts.withMore(1, 0).withPosition(e.position(), e.happenedAt()));
    }

    /** A further event of a flood, of a serial that is new to it or not. */
    Alert flooded(boolean newSerial, Instant now) {
        Alert more = with(known -> known.withMore(1, newSerial ? 1 : 0));
        return newSerial ? more.rung(now) : more;
    }

    /** One of its events came again, now vouched for by the whitelist. */
    Alert vouchedFor(CriticalEvent e, boolean ring, Instant now) {
        return ring
                ? risen(e).rung(now)
                : new Alert(id, matter.joinedBy(matter.kind(), eventClass(), e.trust()), facts, standing);
    }

    /** Something that no event says became of the same unit or subject. */
    public Alert joinedBy(String kind, String eventClass, int newSerials, boolean ring, Instant now) {
        boolean graver = Kinds.graver(kind, kind());
        Facts known = graver ? facts.withTime(null, false) : facts;
        Matter both = matter.joinedBy(kind, eventClass, trust());
        Alert joined = new Alert(id, both, known.withMore(0, newSerials), standing);
        return ring ? joined.rung(now) : joined;
    }

    /** Of a unit's test alert, while the unit has no live one: raised now, as a live one, and whoever holds it is rung. */
    public Alert madeLive(Instant now) {
        return new Alert(id, matter.withTest(null), facts.raisedAt(now), standing.madeLive(now));
    }

    /** Of a unit's live alert: a test alert of the unit turned out to be live too. */
    public Alert joinedByTest(Alert test, Instant now) {
        boolean graver = Kinds.graver(test.kind(), kind());
        Facts known = graver ? facts.withTime(test.eventTime(), test.late()) : facts;
        Matter both = matter.joinedBy(test.kind(), test.eventClass(), test.trust());
        return new Alert(id, both, known.withPosition(test.position(), test.positionAt()), standing).rung(now);
    }

    public Alert withTest(Matter.@Nullable Test test) {
        return new Alert(id, matter.withTest(test), facts, standing);
    }

    private Alert risen(CriticalEvent e) {
        String its = Kinds.of(e);
        boolean telling = Kinds.graver(its, kind()) || (its.equals(kind()) && late() && !e.late());
        return new Alert(id, matter.joinedBy(its, CRITICAL, e.trust()), facts.risen(e, telling), standing);
    }

    private Alert with(UnaryOperator<Facts> known) {
        return new Alert(id, matter, known.apply(facts), standing);
    }

    Alert with(Standing to) {
        return new Alert(id, matter, facts, to);
    }

    private Alert rung(Instant now) {
        return with(standing.rung(now));
    }

    public boolean closed() {
        return state() == AlertState.CLOSED;
    }

    public @Nullable String serial() {
        return matter.serial();
    }

    public @Nullable String subject() {
        return matter.subject();
    }

    public String kind() {
        return matter.kind();
    }

    public String eventClass() {
        return matter.eventClass();
    }

    public Trust trust() {
        return matter.trust();
    }

    public boolean test() {
        return matter.test() != null;
    }

    public boolean flood() {
        return matter.flood();
    }

    public Instant raisedAt() {
        return facts.raisedAt();
    }

    public Instant acceptedAt() {
        return facts.acceptedAt();
    }

    public @Nullable Instant eventTime() {
        return facts.eventTime();
    }

    public boolean late() {
        return facts.late();
    }

    public @Nullable Position position() {
        return facts.position();
    }

    public @Nullable Instant positionAt() {
        return facts.positionAt();
    }

    public long eventCount() {
        return facts.eventCount();
    }

    public long serialCount() {
        return facts.serialCount();
    }

    public AlertState state() {
        return standing.state();
    }

    public @Nullable String acknowledgedBy() {
        return standing.holder() == null ? null : standing.holder().user();
    }

    public @Nullable String outcome() {
        return standing.outcome();
    }

    public int rings() {
        return standing.rings();
    }

    public Instant rangAt() {
        return standing.rangAt();
    }

    public @Nullable Instant reopenAt() {
        return standing.reopenAt();
    }
}
