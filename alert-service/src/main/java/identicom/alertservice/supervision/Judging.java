package identicom.alertservice.supervision;

import identicom.alertservice.store.Incidents.Incident;
import identicom.alertservice.store.Transactions;
import identicom.alertservice.supervision.rule.Distress;
import identicom.alertservice.supervision.rule.Gap;
import identicom.alertservice.supervision.rule.Group;
import identicom.alertservice.supervision.rule.MassLoss;
import identicom.alertservice.supervision.rule.Unit;
import identicom.alertservice.supervision.rule.Verdict;
import identicom.alertservice.supervision.store.Jumps;
import identicom.alertservice.supervision.store.Losses;
import identicom.alertservice.supervision.store.Losses.Open;
import identicom.alertservice.supervision.store.Progress;
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
    private static final long COUNT_AGAIN_NANOS = 5_000_000_000L;

    /** @param more there are others whose deadline has passed */
    record Judged(boolean told, boolean more) {
        static final Judged NOTHING = new Judged(false, false);
    }

    private record Named(Group group, long loss) {}

    private final Transactions transactions;
    private final Alarms alarms;
    private final LongSupplier nanos;

    private Map<Group, Long> met = Map.of();
    private long metSinceUs;
    private long metCountedNanos;
    private boolean metCounted;

    Judging(Transactions transactions, Alarms alarms, LongSupplier nanos) {
        this.transactions = transactions;
        this.alarms = alarms;
        this.nanos = nanos;
    }

    /** @param dueUs deadlines up to this one have passed */
    Judged judge(long dueUs) throws SQLException {
        return transactions.run(
                tx -> Progress.mine(tx) && Jumps.open(tx).isEmpty() ? judge(tx, dueUs) : Judged.NOTHING);
    }

    private Judged judge(Connection tx, long dueUs) throws SQLException {
        List<Unit> due = Roster.due(tx, dueUs, AT_ONCE);
        if (due.isEmpty()) {
            return Judged.NOTHING;
        }
        List<Gap> gaps = Jumps.gaps(tx);
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
        boolean rest = missing.isEmpty() ? false : name(tx, missing, dueUs, changed, incidents, losses);
        Roster.write(tx, changed);
        if (!incidents.isEmpty()) {
            List<UUID> alerts = alarms.raise(tx, incidents);
            for (int i = 0; i < losses.size(); i++) {
                Losses.toldBy(tx, losses.get(i).loss(), alerts.get(i));
            }
        }
        return new Judged(!incidents.isEmpty(), rest || due.size() == AT_ONCE);
    }

    /** @return whether some are left for the next transaction */
    private boolean name(
            Connection tx,
            List<Unit> missing,
            long dueUs,
            List<Unit> changed,
            List<Incident> incidents,
            List<Named> losses)
            throws SQLException {
        Map<Group, List<Unit>> lost = lost(tx, missing, dueUs, incidents, losses, changed);
        Set<String> named = lost.values().stream()
                .flatMap(Collection::stream)
                .map(Unit::serial)
                .collect(Collectors.toSet());
        List<Unit> alone =
                missing.stream().filter(unit -> !named.contains(unit.serial())).toList();
        for (Unit unit : alone.subList(0, Math.min(alone.size(), ALONE_AT_ONCE))) {
            Unit told = unit.missingAlone();
            changed.add(told);
            incidents.add(Findings.missing(told, dueUs));
        }
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
        Map<Group, Open> open = Losses.open(tx).stream().collect(Collectors.toMap(Open::group, one -> one));
        Map<Group, Long> missed =
                MassLoss.count(missing.stream().filter(unit -> !unit.overdue()).toList(), Losses.missing(tx, since));
        if (!MassLoss.possible(missed, open.keySet())) {
            return Map.of();
        }
        MassLoss.Window window = new MassLoss.Window(missed, met(tx, since));
        Set<String> emergencies = Losses.inEmergency(tx, missing);
        Map<Group, List<Unit>> lost = new LinkedHashMap<>();
        for (Unit unit : missing) {
            if (!single(unit, emergencies)) {
                MassLoss.naming(unit, window, open.keySet())
                        .ifPresent(group -> lost.computeIfAbsent(group, g -> new ArrayList<>())
                                .add(unit));
            }
        }
        for (Group group : lost.keySet()) {
            lost.get(group).addAll(singlyBefore(tx, group, since, lost, emergencies));
        }
        for (Map.Entry<Group, List<Unit>> one : lost.entrySet()) {
            List<Unit> units = one.getValue();
            Group group = one.getKey();
            long loss = Losses.naming(tx, group, units.size(), dueUs);
            units.forEach(unit -> changed.add(unit.missingIn(loss)));
            losses.add(new Named(group, loss));
            incidents.add(Findings.massLoss(
                    group,
                    units.stream().map(Unit::serial).sorted().toList(),
                    window.missing().getOrDefault(group, 0L),
                    window.met().getOrDefault(group, 0L),
                    !open.containsKey(group)));
        }
        return lost;
    }

    /** Who is overdue already had an alert that did not help; who is in an emergency must not drown in a list. */
    private static boolean single(Unit unit, Set<String> emergencies) {
        return unit.overdue() || unit.distress() == Distress.AMBER || emergencies.contains(unit.serial());
    }

    /** Units of the group that were told of singly in the window, and belong to the loss. */
    private static List<Unit> singlyBefore(
            Connection tx, Group group, long since, Map<Group, List<Unit>> lost, Set<String> emergencies)
            throws SQLException {
        List<Unit> before = Roster.missingSince(tx, since, AT_ONCE).stream()
                .filter(unit -> Group.of(unit).contains(group))
                .filter(unit -> lost.values().stream().noneMatch(units -> units.contains(unit)))
                .toList();
        Set<String> theirs = Losses.inEmergency(tx, before);
        return before.stream()
                .filter(unit -> unit.distress() != Distress.AMBER)
                .filter(unit -> !theirs.contains(unit.serial()) && !emergencies.contains(unit.serial()))
                .toList();
    }

    private static long deadline(Unit unit) {
        return Optional.ofNullable(unit.watch().overdueUs())
                .or(() -> Optional.ofNullable(unit.watch().dueUs()))
                .orElse(Long.MAX_VALUE);
    }

    /** Counted again every few seconds: while many are missing, each sweep asks. */
    private Map<Group, Long> met(Connection tx, long since) throws SQLException {
        long now = nanos.getAsLong();
        if (!metCounted || now - metCountedNanos > COUNT_AGAIN_NANOS || since < metSinceUs) {
            met = Losses.met(tx, since);
            metSinceUs = since;
            metCountedNanos = now;
            metCounted = true;
        }
        return met;
    }

    /** Losses whose group is back, or whose alert a person has closed: who is still missing then waits alone. */
    boolean follow(long watermarkUs) throws SQLException {
        return transactions.run(tx -> {
            if (!Progress.mine(tx)) {
                return false;
            }
            for (Open loss : Losses.open(tx)) {
                if (loss.alertClosed() || MassLoss.isBack(loss.named(), loss.remaining())) {
                    Losses.back(tx, loss.id(), watermarkUs);
                }
            }
            return Losses.restart(tx, watermarkUs, AT_ONCE) == AT_ONCE;
        });
    }
}
