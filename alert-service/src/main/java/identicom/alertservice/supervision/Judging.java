package identicom.alertservice.supervision;

import identicom.alertservice.store.Incidents.Incident;
import identicom.alertservice.store.Transactions;
import identicom.alertservice.supervision.rule.Distress;
import identicom.alertservice.supervision.rule.Gap;
import identicom.alertservice.supervision.rule.Group;
import identicom.alertservice.supervision.rule.MassLoss;
import identicom.alertservice.supervision.rule.Unit;
import identicom.alertservice.supervision.rule.Verdict;
import identicom.alertservice.supervision.store.Clock;
import identicom.alertservice.supervision.store.Jumps;
import identicom.alertservice.supervision.store.Losses;
import identicom.alertservice.supervision.store.Losses.Open;
import identicom.alertservice.supervision.store.Progress;
import identicom.alertservice.supervision.store.Progress.State;
import identicom.alertservice.supervision.store.Roster;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;

/**
 * The part of a sweep that judges units whose deadline the watermark has passed. A unit's row and the alert that tells
 * of it are one transaction, so each deadline is told of once, whoever dies when. One thread.
 */
final class Judging {

    /** Most units judged in a transaction, and most of them told of singly. What is more is due still. */
    static final int AT_ONCE = 5_000;

    static final int ALONE_AT_ONCE = 500;

    /**
     * @param more there are others whose deadline has passed
     * @param missed those who are told of as missing, and were not before
     */
    record Judged(boolean told, boolean more, List<Unit> missed) {
        static final Judged NOTHING = new Judged(false, false, List.of());
    }

    private record Named(Group group, long loss) {}

    private final Transactions transactions;
    private final Alarms alarms;
    private final Clock clock;
    private final Recount met;
    private final Recount missed;

    Judging(Transactions transactions, Alarms alarms, Clock clock, LongSupplier nanos) {
        this.transactions = transactions;
        this.alarms = alarms;
        this.clock = clock;
        this.met = new Recount(Losses::met, nanos);
        this.missed = new Recount(Losses::missing, nanos);
    }

    /**
     * A round of those whose deadlines have passed.
     *
     * @param watermarkUs as it was looked at; where it was put back since, that holds
     */
    Judged judge(long watermarkUs) throws SQLException {
        Judged judged = transactions.run(
                tx -> Progress.mine(tx) && Jumps.open(tx).isEmpty() ? judge(tx, watermarkUs) : Judged.NOTHING);
        missed.add(judged.missed());
        return judged;
    }

    private Judged judge(Connection tx, long lookedUs) throws SQLException {
        State state = Progress.state(tx);
        Long known = state.judgedUs();
        Long watermark = state.watermarkUs();
        if (known == null || watermark == null) {
            return Judged.NOTHING;
        }
        long dueUs = Math.min(known, lookedUs) - Sweep.HOLD_US;
        List<Unit> due = Roster.due(tx, dueUs, AT_ONCE);
        if (due.isEmpty()) {
            return Judged.NOTHING;
        }
        Progress.sweeping(tx, clock.nowUs(tx));
        List<Gap> gaps = Jumps.gaps(tx, earliestHeard(due), Math.min(watermark, lookedUs));
        List<Unit> changed = new ArrayList<>();
        List<Unit> missing = new ArrayList<>();
        for (Unit unit : due) {
            switch (Verdict.of(unit, gaps)) {
                case Verdict.Excused excused -> changed.add(excused.unit());
                case Verdict.Missing gone -> missing.add(gone.unit());
            }
        }
        List<Incident> incidents = new ArrayList<>();
        List<Named> losses = new ArrayList<>();
        List<Unit> told = new ArrayList<>();
        boolean rest = !missing.isEmpty() && name(tx, missing, dueUs, changed, incidents, losses, told);
        Roster.write(tx, changed);
        if (!incidents.isEmpty()) {
            List<UUID> alerts = alarms.raise(tx, incidents);
            for (int i = 0; i < losses.size(); i++) {
                Losses.toldBy(tx, losses.get(i).loss(), alerts.get(i));
            }
        }
        return new Judged(!incidents.isEmpty(), rest || due.size() == AT_ONCE, told);
    }

    private static long earliestHeard(List<Unit> due) {
        return due.stream()
                .mapToLong(unit -> deadline(unit) - unit.plan().spanUs())
                .min()
                .orElseThrow();
    }

    /** @return whether some are left for the next transaction */
    private boolean name(
            Connection tx,
            List<Unit> missing,
            long dueUs,
            List<Unit> changed,
            List<Incident> incidents,
            List<Named> losses,
            List<Unit> news)
            throws SQLException {
        Map<Group, List<Unit>> lost = lost(tx, missing, dueUs, incidents, losses, changed);
        Set<String> named = serials(lost.values());
        List<Unit> alone =
                missing.stream().filter(unit -> !named.contains(unit.serial())).toList();
        for (Unit unit : alone.subList(0, Math.min(alone.size(), ALONE_AT_ONCE))) {
            Unit told = unit.missingAlone();
            changed.add(told);
            incidents.add(Findings.missing(told, dueUs));
            named.add(unit.serial());
        }
        missing.stream()
                .filter(unit -> !unit.overdue() && named.contains(unit.serial()))
                .forEach(news::add);
        return alone.size() > ALONE_AT_ONCE;
    }

    /** Those of the missing whom losses name; their incidents come first, in the order of the losses. */
    private Map<Group, List<Unit>> lost(
            Connection tx,
            List<Unit> missing,
            long dueUs,
            List<Incident> incidents,
            List<Named> losses,
            List<Unit> changed)
            throws SQLException {
        long since = Math.min(
                dueUs - MassLoss.WINDOW_US,
                missing.stream().mapToLong(Judging::deadline).min().orElse(dueUs) - 1);
        Map<Group, Long> open = Losses.openSince(tx);
        Map<Group, Long> all =
                MassLoss.count(missing.stream().filter(unit -> !unit.overdue()).toList(), missed.since(tx, since));
        if (!MassLoss.possible(all, open.keySet())) {
            return Map.of();
        }
        MassLoss.Window window = new MassLoss.Window(all, met.since(tx, since));
        Set<String> emergencies = Losses.inEmergency(tx, missing);
        Map<Group, List<Unit>> lost = new LinkedHashMap<>();
        for (Unit unit : missing) {
            if (!single(unit, emergencies)) {
                MassLoss.naming(unit, window, open)
                        .ifPresent(group -> lost.computeIfAbsent(group, g -> new ArrayList<>())
                                .add(unit));
            }
        }
        for (Group group : lost.keySet()) {
            lost.get(group).addAll(singlyBefore(tx, group, since, lost));
        }
        for (Map.Entry<Group, List<Unit>> one : lost.entrySet()) {
            List<Unit> units = one.getValue();
            Group group = one.getKey();
            boolean anew = units.stream()
                    .filter(unit -> !unit.overdue())
                    .anyMatch(unit -> !MassLoss.joins(unit, open.get(group)));
            long loss = Losses.naming(tx, group, units.size(), dueUs, anew);
            units.forEach(unit -> changed.add(unit.missingIn(loss)));
            losses.add(new Named(group, loss));
            incidents.add(Findings.massLoss(
                    group,
                    units.stream().map(Unit::serial).sorted().toList(),
                    window.missing().getOrDefault(group, 0L),
                    window.met().getOrDefault(group, 0L),
                    anew));
        }
        return lost;
    }

    /** Who is overdue already had an alert that did not help; who is in an emergency must not drown in a list. */
    private static boolean single(Unit unit, Set<String> emergencies) {
        return unit.overdue() || unit.distress() == Distress.AMBER || emergencies.contains(unit.serial());
    }

    /** Units of the group that were told of singly in the window, and belong to the loss. */
    private static List<Unit> singlyBefore(Connection tx, Group group, long since, Map<Group, List<Unit>> lost)
            throws SQLException {
        Set<String> named = serials(lost.values());
        List<Unit> before = Roster.missingSince(tx, since, AT_ONCE).stream()
                .filter(unit -> Group.of(unit).contains(group))
                .filter(unit -> !named.contains(unit.serial()))
                .toList();
        Set<String> theirs = Losses.inEmergency(tx, before);
        return before.stream()
                .filter(unit -> unit.distress() != Distress.AMBER)
                .filter(unit -> !theirs.contains(unit.serial()))
                .toList();
    }

    private static Set<String> serials(Collection<List<Unit>> units) {
        return units.stream().flatMap(Collection::stream).map(Unit::serial).collect(Collectors.toSet());
    }

    private static long deadline(Unit unit) {
        return Optional.ofNullable(unit.watch().overdueUs())
                .or(() -> Optional.ofNullable(unit.watch().dueUs()))
                .orElse(Long.MAX_VALUE);
    }

    /** Open losses: whose alert does not say yet how many were heard again, whose group is back, whose alert is closed. */
    boolean follow(long watermarkUs) throws SQLException {
        for (Open loss : transactions.run(tx -> Progress.mine(tx) ? Losses.open(tx) : List.<Open>of())) {
            transactions.run(tx -> Progress.mine(tx) && follow(tx, loss, watermarkUs));
        }
        return transactions.run(tx -> Progress.mine(tx) && Losses.restart(tx, watermarkUs, AT_ONCE) == AT_ONCE);
    }

    private boolean follow(Connection tx, Open loss, long watermarkUs) throws SQLException {
        Progress.sweeping(tx, clock.nowUs(tx));
        if (loss.alertClosed() || MassLoss.isBack(loss.named(), loss.remaining())) {
            Losses.back(tx, loss.id(), watermarkUs);
        }
        long heard = loss.named() - loss.remaining();
        UUID alert = loss.alert();
        if (alert != null && heard > loss.told() && !loss.alertClosed()) {
            Losses.told(tx, loss.id(), heard);
            alarms.heardAgain(tx, alert, Findings.heardAgain(heard, loss.named()));
        }
        return true;
    }
}
