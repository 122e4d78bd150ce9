package identicom.alertservice.supervision;

import identicom.alertservice.alert.Kinds;
import identicom.alertservice.store.Incidents.Incident;
import identicom.alertservice.supervision.rule.Group;
import identicom.alertservice.supervision.rule.Process.Jump;
import identicom.alertservice.supervision.rule.Unit;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;

/** What supervision found, in the words of an alert. */
final class Findings {

    /** Stands among the blind stations while topics are behind the watermark. */
    static final String OWN_TOPICS = "alert-service";

    private static final String CRITICAL = "critical";
    private static final String HIGH = "high";

    private Findings() {}

    static Incident missing(Unit unit, long watermarkUs) {
        Long heard = unit.watch().heardUs();
        Long due = unit.watch().overdueUs();
        String detail = (heard == null ? "never heard" : "last heard " + time(heard))
                + (due == null
                        ? ""
                        : ", due " + time(due) + " (every " + words(unit.plan().intervalSeconds()) + ", grace "
                                + words(unit.plan().graceSeconds()) + "), "
                                + words((watermarkUs - due) / 1_000_000) + " late");
        return new Incident(Kinds.MISSED_CHECK_IN, CRITICAL, unit.serial(), null, detail, List.of(), true);
    }

    /** @param anew it is no part of a loss that was told of: it rings */
    static Incident massLoss(Group group, List<String> serials, long missing, long met, boolean anew) {
        String detail = serials.size() + (anew ? " units" : " more units") + " missed their check-in; of those due in "
                + "the last 5 minutes " + missing + " are missing and " + met + " were heard";
        return new Incident(Kinds.MASS_LOSS, CRITICAL, null, group.subject(), detail, serials, anew);
    }

    static String heardAgain(long heard, long named) {
        return heard + " of " + named + " were heard again";
    }

    static Incident blind(String station) {
        if (station.equals(OWN_TOPICS)) {
            return technical(
                    CRITICAL,
                    OWN_TOPICS,
                    "supervision-blind: records of units and of their events are read more than a minute late; until they "
                            + "are, silence is not noticed, so that nobody switched off is taken for missing",
                    true);
        }
        return technical(
                CRITICAL,
                "station " + station,
                "supervision-blind: nothing was heard of this station for a minute, so units that call it may be taken "
                        + "for silent, or their silence not be noticed",
                true);
    }

    static Incident jumped(Jump jump) {
        long seconds = (jump.toUs() - jump.fromUs()) / 1_000_000;
        return technical(
                HIGH,
                "clock " + jump.station(),
                "the station's clock was put " + (jump.forward() ? "on" : "back") + " by " + words(Math.abs(seconds))
                        + ", from " + time(jump.fromUs()) + " to " + time(jump.toUs()) + "; deadlines were put right",
                false);
    }

    static Incident databaseClock(Duration by) {
        return technical(
                HIGH,
                "clock database",
                "the database's clock was put " + (by.isNegative() ? "back" : "on") + " by "
                        + words(by.abs().toSeconds()) + "; stations' silence is measured from now on",
                false);
    }

    private static Incident technical(String eventClass, String subject, String detail, boolean rings) {
        return new Incident(Kinds.TECHNICAL, eventClass, null, subject, detail, List.of(), rings);
    }

    private static Instant time(long us) {
        return Instant.EPOCH.plus(us, ChronoUnit.MICROS).truncatedTo(ChronoUnit.SECONDS);
    }

    private static String words(long seconds) {
        return seconds >= 120 ? seconds / 60 + " min" : seconds + " s";
    }
}
