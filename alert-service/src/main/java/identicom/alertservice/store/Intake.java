package identicom.alertservice.store;

import identicom.alertservice.alert.Alert;
import identicom.alertservice.alert.Desk;
import identicom.alertservice.alert.DoubtfulSerials;
import identicom.alertservice.alert.Effect;
import identicom.alertservice.event.CriticalEvent;
import identicom.alertservice.event.Trust;
import identicom.schema.EventIdentity;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Function;

/**
 * Takes critical events in: each identity once, each into its alert, a whole batch in one transaction.
 *
 * <p>Several instances and both clusters' consumers may bring the same events at the same moment. Who takes in events
 * of a unit first takes the lock of its serial ({@link AlertLocks}), and only then looks which identities are used and which alerts are open; so one of them finds what the other stored. The primary key of
 * the identities and the partial unique index over open alerts hold even against code that forgets this.
 */
public final class Intake {

    private final Transactions transactions;
    private final ChangeLog changes;
    private final DatabaseClock clock;
    private final Function<EventIdentity, Optional<Instant>> shownSince;

    /** @param shownSince when screens were shown an event before it could be stored: then its alert was raised */
    public Intake(
            Transactions transactions,
            ChangeLog changes,
            DatabaseClock clock,
            Function<EventIdentity, Optional<Instant>> shownSince) {
        this.transactions = transactions;
        this.changes = changes;
        this.clock = clock;
        this.shownSince = shownSince;
    }

    /** Returns once all of them are stored, whoever stored them. Whether this call changed anything. */
    public boolean store(Collection<CriticalEvent> batch) throws SQLException {
        Map<EventIdentity, CriticalEvent> events = mostTrusted(batch);
        return !events.isEmpty() && transactions.run(tx -> storeIn(tx, events));
    }

    private static Map<EventIdentity, CriticalEvent> mostTrusted(Collection<CriticalEvent> batch) {
        Map<EventIdentity, CriticalEvent> events = new LinkedHashMap<>();
        for (CriticalEvent event : batch) {
            events.merge(event.id(), event, (one, other) -> one.trust().compareTo(other.trust()) >= 0 ? one : other);
        }
        return events;
    }

    private boolean storeIn(Connection tx, Map<EventIdentity, CriticalEvent> events) throws SQLException {
        Map<EventIdentity, Desk.Known> before = EventTable.known(tx, events.keySet());
        List<CriticalEvent> news = events.values().stream()
                .filter(e -> !Desk.nothingNew(before.get(e.id()), e))
                .toList();
        if (news.isEmpty()) {
            return false;
        }
        Set<Trust> doubts = new TreeSet<>(
                news.stream().map(CriticalEvent::trust).filter(Trust::doubtful).toList());
        Set<String> serials =
                new TreeSet<>(news.stream().map(CriticalEvent::serial).toList());
        AlertLocks.take(tx, doubts, serials, List.of());

        Instant now = clock.now(tx);
        Desk desk = lay(tx, news, doubts, serials);
        TestTable.of(tx, serials, now).forEach(desk::layOnTest);
        List<Effect> effects = new ArrayList<>();
        for (CriticalEvent event : news) {
            Instant since =
                    shownSince.apply(event.id()).filter(at -> at.isBefore(now)).orElse(now);
            desk.take(event, since).ifPresent(effects::add);
        }
        write(tx, effects, now);
        return !effects.isEmpty();
    }

    private static Desk lay(Connection tx, List<CriticalEvent> news, Set<Trust> doubts, Set<String> serials)
            throws SQLException {
        Desk desk = new Desk();
        Map<EventIdentity, Desk.Known> known =
                EventTable.known(tx, news.stream().map(CriticalEvent::id).toList());
        known.forEach(desk::layKnown);
        Set<UUID> named = new LinkedHashSet<>(
                known.values().stream().map(Desk.Known::alertId).toList());
        List<Alert> alerts = AlertTable.lockConcerned(tx, serials, !doubts.isEmpty(), named);
        alerts.forEach(desk::lay);
        if (!doubts.isEmpty()) {
            EventTable.layFloodSerials(tx, alerts.stream().filter(Alert::flood).toList(), serials, desk);
        }
        for (Trust doubt : doubts) {
            layDoubtful(tx, news, doubt, desk);
        }
        return desk;
    }

    private static void layDoubtful(Connection tx, List<CriticalEvent> news, Trust doubt, Desk desk)
            throws SQLException {
        List<Instant> times = news.stream()
                .filter(e -> e.trust() == doubt)
                .map(CriticalEvent::acceptedAt)
                .sorted()
                .toList();
        Instant from = times.getFirst().minus(DoubtfulSerials.WINDOW);
        Instant to = times.getLast().plus(DoubtfulSerials.WINDOW);
        EventTable.doubtful(tx, doubt, from, to, DoubtfulSerials.REMEMBERED).forEach(desk::layDoubtful);
    }

    private void write(Connection tx, List<Effect> effects, Instant now) throws SQLException {
        if (effects.isEmpty()) {
            return;
        }
        Writing writing = new Writing();
        effects.forEach(effect -> writing.add(effect, now));
        AlertTable.insert(tx, writing.raised());
        AlertTable.update(tx, writing.changed());
        EventTable.place(tx, writing.placed);
        EventTable.addFloodSerials(tx, writing.floodMembers);
        EventTable.addDoubtful(tx, writing.doubtful);
        History.add(tx, writing.history());
        Clearings.join(tx, writing.latest, writing.identities, now);
        changes.append(tx, writing.latest.values(), writing.identities, now);
    }
}
