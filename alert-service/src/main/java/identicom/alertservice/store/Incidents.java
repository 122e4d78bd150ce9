package identicom.alertservice.store;

import identicom.alertservice.alert.Alert;
import identicom.alertservice.store.History.Entry;
import identicom.alertservice.store.History.What;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Alerts that no unit's event raises: a missed check-in, a mass loss, something amiss with the system itself. */
public final class Incidents {

    private static final int NAMED_IN_A_LINE = 20;

    private final ChangeLog changes;
    private final DatabaseClock clock;

    public Incidents(ChangeLog changes, DatabaseClock clock) {
        this.changes = changes;
        this.clock = clock;
    }

    /**
     * Exactly one of serial and subject is given.
     *
     * @param kind one of {@code Kinds}
     * @param subject what it is about where it is not one unit: "station rx-1", "site Leeds", "canary"
     * @param detail for the alert's history
     * @param serials whom a mass loss names, besides those it names already; else empty
     * @param rings whether it rings when it joins an alert that is there; a new one always rings
     */
    public record Incident(
            String kind,
            String eventClass,
            @Nullable String serial,
            @Nullable String subject,
            String detail,
            List<String> serials,
            boolean rings) {

        public Incident {
            if ((serial == null) == (subject == null)) {
                throw new IllegalArgumentException("serial " + serial + " and subject " + subject + " (expected: one)");
            }
        }
    }

    /**
     * Each joins the live alert of its serial that is not closed, or that of the same kind and subject; where there is
     * none it raises one. In the caller's transaction, which does nothing after it: one call a transaction.
     *
     * @return the alerts, in the order of the incidents
     */
    public List<Alert> raise(Connection tx, List<Incident> incidents) throws SQLException {
        if (incidents.isEmpty()) {
            return List.of();
        }
        Set<String> serials = given(incidents, Incident::serial);
        AlertLocks.take(tx, List.of(), serials, given(incidents, Incident::subject));
        Instant now = clock.now(tx);
        IncidentWriting writing = new IncidentWriting(now);
        List<Incident> ofSubjects =
                incidents.stream().filter(i -> i.subject() != null).toList();
        List<Alert> open = AlertTable.lockOpen(
                tx,
                serials,
                ofSubjects.stream().map(Incident::kind).toList(),
                ofSubjects.stream().map(Incident::subject).toList());
        open.forEach(writing::lay);
        for (Incident incident : incidents) {
            UUID known = writing.alertOf(incident);
            Set<String> fresh = new TreeSet<>(incident.serials());
            fresh.removeAll(writing.namedBy(known));
            if (known != null && !fresh.isEmpty()) {
                fresh.removeAll(
                        EventTable.floodSerials(tx, List.of(known), fresh).getOrDefault(known, Set.of()));
            }
            writing.add(incident, fresh);
        }
        writing.write(tx);
        changes.append(tx, writing.latest(), Map.of(), now);
        return writing.inOrder();
    }

    private static Set<String> given(List<Incident> incidents, Function<Incident, @Nullable String> part) {
        return incidents.stream().map(part).filter(Objects::nonNull).collect(Collectors.toSet());
    }

    /**
     * Notes in the units' live alerts, and in mass losses that name them, that they were heard again: those that are not
     * closed. One call a transaction, the last thing in it.
     *
     * @param units serial, and when it was heard
     */
    public void heard(Connection tx, Map<String, Instant> units) throws SQLException {
        List<Alert> alerts = AlertTable.lockNaming(tx, units.keySet());
        if (alerts.isEmpty()) {
            return;
        }
        Instant now = clock.now(tx);
        Map<UUID, Set<String>> named =
                EventTable.floodSerials(tx, alerts.stream().map(Alert::id).toList(), units.keySet());
        List<Entry> history = new ArrayList<>();
        for (Alert alert : alerts) {
            Instant at = alert.serial() == null ? null : units.get(alert.serial());
            String detail = at == null ? heardAgain(named.getOrDefault(alert.id(), Set.of())) : "heard again at " + at;
            history.add(new Entry(alert.id(), now, What.UNIT_HEARD, null, detail));
        }
        History.add(tx, history);
        changes.append(tx, alerts, Map.of(), now);
    }

    private static String heardAgain(Set<String> serials) {
        String first = serials.stream().limit(NAMED_IN_A_LINE).collect(Collectors.joining(", "));
        int more = serials.size() - NAMED_IN_A_LINE;
        return serials.size() + " heard again: " + first + (more > 0 ? " and " + more + " more" : "");
    }

    /** A line of the alert's history, told to the screens. The last thing in the transaction. */
    public void tell(Connection tx, UUID alert, String what, @Nullable String who, String detail) throws SQLException {
        What line = What.of(what);
        Optional<Alert> found = AlertTable.lock(tx, alert);
        if (found.isEmpty()) {
            throw new IllegalArgumentException("no alert " + alert + " to tell that it was " + what);
        }
        Instant now = clock.now(tx);
        History.add(tx, List.of(new Entry(alert, now, line, who, detail)));
        changes.append(tx, List.of(found.get()), Map.of(), now);
    }
}
