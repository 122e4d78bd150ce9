package identicom.alertservice.store;

import identicom.alertservice.alert.Alert;
import identicom.alertservice.event.CriticalEvent;
import identicom.alertservice.event.ManDownCleared;
import identicom.alertservice.store.EventTable.Placed;
import identicom.alertservice.store.History.Entry;
import identicom.alertservice.store.History.What;
import identicom.schema.EventIdentity;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;

/**
 * Man-downs that their wearers have cleared: shown in their units' alerts, which stay as they are. They raise nothing,
 * ring nobody and close nothing.
 *
 * <p>One goes into the alert of its unit that is not closed, unless it is older than that alert. It is not where it
 * follows an event of the alert: in the unit's log, or, where the log ids differ, in time; nor is it in an alert without
 * events when it happened after the raising. Of a live alert and a test alert, that one has it whose event before it was
 * stored last.
 *
 * <p>It comes by another topic than its man-down and may be read first. So all are kept until they are in an alert, and
 * whoever stores an event looks for them ({@link #join}); both hold the lock of the unit's serial. The newest
 * {@value ClearedTable#MOST} of a unit are kept, for a week.
 */
public final class Clearings {

    private final ChangeLog changes;
    private final DatabaseClock clock;

    public Clearings(ChangeLog changes, DatabaseClock clock) {
        this.changes = changes;
        this.clock = clock;
    }

    /** Takes them in, each identity once. One call a transaction, the last thing in it. Whether any alert changed. */
    public boolean take(Connection tx, Collection<ManDownCleared> cleared) throws SQLException {
        Set<String> serials = new TreeSet<>();
        cleared.forEach(one -> serials.add(one.event().serial()));
        AlertLocks.take(tx, serials);
        keepNew(tx, cleared);
        Map<UUID, Alert> alerts = new HashMap<>();
        AlertTable.lockConcerned(tx, serials, false, List.of()).forEach(alert -> alerts.put(alert.id(), alert));
        Map<UUID, List<EventIdentity>> told = new HashMap<>();
        Instant now = clock.now(tx);
        join(tx, alerts, told, now);
        ClearedTable.bound(tx, serials);
        if (told.isEmpty()) {
            return false;
        }
        changes.append(tx, told.keySet().stream().map(alerts::get).toList(), told, now);
        return true;
    }

    private static void keepNew(Connection tx, Collection<ManDownCleared> cleared) throws SQLException {
        Set<EventIdentity> known = EventTable.known(
                        tx, cleared.stream().map(one -> one.event().id()).toList())
                .keySet();
        ClearedTable.add(
                tx,
                cleared.stream()
                        .filter(one -> !known.contains(one.event().id()))
                        .toList());
    }

    /**
     * Puts those that were kept into these alerts, where they follow them.
     *
     * @param alerts as their rows are, which are locked; those that change are put in anew
     * @param told gets what each alert that changes was told
     */
    static void join(Connection tx, Map<UUID, Alert> alerts, Map<UUID, List<EventIdentity>> told, Instant now)
            throws SQLException {
        List<Placed> following = ClearedTable.following(tx, alerts.keySet());
        if (following.isEmpty()) {
            return;
        }
        Set<UUID> changed = new LinkedHashSet<>();
        List<Entry> history = new ArrayList<>();
        for (Placed one : following) {
            CriticalEvent event = one.event();
            UUID id = one.alertId();
            changed.add(id);
            alerts.put(id, alerts.get(id).cleared(event));
            told.computeIfAbsent(id, alert -> new ArrayList<>()).add(event.id());
            history.add(new Entry(id, now, What.JOINED, null, Writing.told(event)));
        }
        AlertTable.update(tx, changed.stream().map(alerts::get).toList());
        EventTable.place(tx, following);
        ClearedTable.remove(tx, following.stream().map(one -> one.event().id()).toList());
        History.add(tx, history);
    }
}
