package identicom.alertservice.store;

import identicom.alertservice.alert.Alert;
import identicom.alertservice.store.History.Entry;
import identicom.alertservice.store.History.What;
import identicom.alertservice.store.Incidents.Incident;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The rows that incidents come to: each alert once, as it is after the last of them. */
final class IncidentWriting {

    private final Instant now;
    private final Map<UUID, Alert> known = new HashMap<>();
    private final Map<String, UUID> open = new HashMap<>();
    private final Map<UUID, Alert> raised = new LinkedHashMap<>();
    private final Map<UUID, Alert> changed = new LinkedHashMap<>();
    private final Map<UUID, Set<String>> named = new LinkedHashMap<>();
    private final List<Entry> history = new ArrayList<>();
    private final List<UUID> order = new ArrayList<>();

    IncidentWriting(Instant now) {
        this.now = now;
    }

    /** One that is not closed. Live alerts only are joined. */
    void lay(Alert alert) {
        if (!alert.test()) {
            known.put(alert.id(), alert);
            open.put(place(alert.serial(), alert.subject(), alert.kind()), alert.id());
        }
    }

    /** A unit has one alert, of whatever kind; a subject has one of each kind. */
    private static String place(@Nullable String serial, @Nullable String subject, String kind) {
        return serial != null ? "unit " + serial : kind + " of " + subject;
    }

    @Nullable UUID alertOf(Incident incident) {
        return open.get(place(incident.serial(), incident.subject(), incident.kind()));
    }

    /** The serials that it names from now on. */
    Set<String> namedBy(@Nullable UUID alert) {
        return alert == null ? Set.of() : named.getOrDefault(alert, Set.of());
    }

    /** @param fresh whom it names that its alert does not name yet */
    void add(Incident incident, Set<String> fresh) {
        UUID its = alertOf(incident);
        Alert alert = its == null ? raise(incident, fresh) : join(known.get(its), incident, fresh);
        known.put(alert.id(), alert);
        order.add(alert.id());
        if (!fresh.isEmpty()) {
            named.computeIfAbsent(alert.id(), id -> new TreeSet<>()).addAll(fresh);
        }
    }

    private Alert raise(Incident incident, Set<String> fresh) {
        long serials = incident.serial() != null ? 1 : fresh.size();
        Alert alert = Alert.incident(
                UUID.randomUUID(),
                incident.serial(),
                incident.subject(),
                incident.kind(),
                incident.eventClass(),
                serials,
                now);
        raised.put(alert.id(), alert);
        open.put(place(incident.serial(), incident.subject(), incident.kind()), alert.id());
        history.add(new Entry(alert.id(), now, What.RAISED, null, incident.detail()));
        return alert;
    }

    private Alert join(Alert alert, Incident incident, Set<String> fresh) {
        Alert joined = alert.joinedBy(incident.kind(), incident.eventClass(), fresh.size(), incident.rings(), now);
        (raised.containsKey(alert.id()) ? raised : changed).put(alert.id(), joined);
        history.add(new Entry(alert.id(), now, What.JOINED, null, incident.detail()));
        return joined;
    }

    void write(Connection tx) throws SQLException {
        AlertTable.insert(tx, raised.values());
        AlertTable.update(tx, changed.values());
        EventTable.nameSerials(tx, named);
        History.add(tx, history);
    }

    /** All that were raised or joined. */
    Collection<Alert> latest() {
        Map<UUID, Alert> all = new LinkedHashMap<>(raised);
        all.putAll(changed);
        return all.values();
    }

    List<Alert> inOrder() {
        return order.stream().map(known::get).toList();
    }
}
