package identicom.alertservice.supervision.rule;

import identicom.alertservice.supervision.rule.Power.Phase;
import org.jspecify.annotations.Nullable;

/**
 * A supervised unit, and what news of it makes of it. Each method gives the unit as it then is; news that is older than
 * what is known changes nothing.
 *
 * @param network configured name of the network from which it was heard last; may be empty
 * @param distressAt the newest entry that said something of distress. It has a place of its own: events of different
 *     classes come by different topics, so an amber may be read after a later entry that says nothing of it
 */
public record Unit(
        String serial,
        Plan plan,
        String network,
        Watch watch,
        Power power,
        Journal journal,
        Distress distress,
        Journal.Place distressAt) {

    private static final int SWITCHED_ON = 0x22;
    private static final int SWITCHED_OFF = 0x23;
    private static final int CHARGER_CONNECTED = 0x30;
    private static final int CHARGER_DISCONNECTED = 0x31;

    public static Unit unknown(String serial) {
        return new Unit(
                serial,
                Plan.unknown(),
                "",
                Watch.NEVER_SEEN,
                Power.UNKNOWN,
                Journal.EMPTY,
                Distress.NONE,
                Journal.Place.NONE);
    }

    /** A session was opened. */
    public Unit opened(String session, long atUs, String from) {
        if (session.equals(power.session()) || isOld(atUs)) {
            return this;
        }
        return new Unit(serial, plan, from, watch, power.opened(session, atUs), journal, distress, distressAt)
                .heard(atUs);
    }

    /** The unit sent something in this session, up to this time. What is said of a session never heard of opens it. */
    public Unit touched(String session, long lastByteUs, boolean closed) {
        boolean later = !session.equals(power.session()) && !session.equals(power.offSession()) && !isOld(lastByteUs);
        Power then = later ? power.opened(session, lastByteUs) : power;
        return with(closed ? then.closed(session) : then).heard(lastByteUs);
    }

    private boolean isOld(long atUs) {
        return watch.heardUs() != null && atUs <= watch.heardUs();
    }

    /** Any frame counts; the later one wins. A unit that is off or not commissioned has no deadline. */
    private Unit heard(long atUs) {
        if (isOld(atUs)) {
            return supervises() ? this : with(watch.due(null));
        }
        return with(watch.heard(atUs).due(supervises() ? Long.valueOf(atUs + plan.spanUs()) : null));
    }

    private boolean supervises() {
        return plan.commissioned() && power.phase() != Phase.OFF;
    }

    /** The unit's record, as it now is. @param watermarkUs null: not known */
    public Unit planned(Plan now, @Nullable Long watermarkUs) {
        if (now.version() <= plan.version()) {
            return this;
        }
        Unit unit = new Unit(serial, now, network, watch, power, journal, distress, distressAt);
        if (watch.heardUs() == null) {
            return unit;
        }
        if (!unit.supervises()) {
            return unit.with(watch.due(null));
        }
        boolean again = !plan.commissioned();
        if (!again && (watch.overdueUs() != null || now.spanUs() == plan.spanUs())) {
            return unit;
        }
        long fromNow = (watermarkUs == null ? watch.heardUs() : Math.max(watermarkUs, watch.heardUs())) + now.spanUs();
        return unit.with(watch.due(watch.dueUs() == null ? fromNow : Math.max(watch.dueUs(), fromNow)));
    }

    /** The unit's record was taken away: nobody waits for it until another one comes. */
    public Unit withdrawn() {
        Plan none = new Plan(plan.site(), plan.intervalSeconds(), plan.graceSeconds(), false, plan.version());
        return new Unit(serial, none, network, watch.due(null), power, journal, distress, distressAt);
    }

    /** An entry of the unit's log, whenever it comes. Whoever is on a charger may log that while switched off. */
    public Unit logged(LogEntry entry) {
        if (entry.code() == CHARGER_CONNECTED || entry.code() == CHARGER_DISCONNECTED) {
            return this;
        }
        Unit unit = distressed(entry);
        return journal.isNewer(entry.logId(), entry.sequence()) ? unit.advanced(entry) : unit;
    }

    private Unit advanced(LogEntry entry) {
        Power then = entry.code() == SWITCHED_OFF
                ? power.switchedOff(entry.session(), entry.acceptedUs())
                : power.phase() == Phase.ON ? power : power.on();
        Journal known = journal.with(entry.logId(), entry.sequence());
        return new Unit(serial, plan, network, watch, then, known, distress, distressAt).powered(power.phase());
    }

    private Unit distressed(LogEntry entry) {
        boolean says = switch (entry.code()) {
            case 0x24, 0x25, 0x26, 0x3a, 0x3b, 0x3c, SWITCHED_ON, SWITCHED_OFF -> true;
            default -> false;
        };
        if (!says || !journal.isNewer(entry.logId(), entry.sequence(), distressAt)) {
            return this;
        }
        Journal.Place place = new Journal.Place(entry.logId(), entry.sequence());
        return new Unit(serial, plan, network, watch, power, journal, distressAfter(entry.code()), place);
    }

    private Distress distressAfter(int code) {
        return switch (code) {
            case 0x24 -> Distress.AMBER;
            case 0x26, 0x3a, 0x3b -> Distress.RED;
            case 0x25 -> distress == Distress.AMBER ? Distress.NONE : distress;
            case 0x3c, SWITCHED_ON, SWITCHED_OFF -> Distress.NONE;
            default -> distress;
        };
    }

    /** The deadline that belongs to the power, where that has changed. */
    private Unit powered(Phase before) {
        if (power.phase() == Phase.OFF) {
            return with(watch.due(null));
        }
        boolean back = before == Phase.OFF && plan.commissioned() && watch.heardUs() != null;
        return back ? with(watch.due(watch.heardUs() + plan.spanUs())) : this;
    }

    /** Its deadline passed while its session that said "switched off" was never told to be over: it is by now. */
    public Unit offByNow() {
        return with(power.in(Phase.OFF)).with(watch.due(null));
    }

    public Unit postponed(long dueUs) {
        return with(watch.postponed(dueUs));
    }

    /** Missing, with an alert of its own. */
    public Unit missingAlone() {
        return with(new Watch(watch.heardUs(), null, missedUs(), true, null));
    }

    /** Missing, named by a mass loss; an alert of its own stands beside it. */
    public Unit missingIn(long massLoss) {
        return with(new Watch(watch.heardUs(), null, missedUs(), watch.alone(), massLoss));
    }

    private @Nullable Long missedUs() {
        return watch.overdueUs() != null ? watch.overdueUs() : watch.dueUs();
    }

    public boolean overdue() {
        return watch.overdueUs() != null;
    }

    private Unit with(Watch now) {
        return now.equals(watch) ? this : new Unit(serial, plan, network, now, power, journal, distress, distressAt);
    }

    private Unit with(Power now) {
        return now.equals(power) ? this : new Unit(serial, plan, network, watch, now, journal, distress, distressAt);
    }
}
