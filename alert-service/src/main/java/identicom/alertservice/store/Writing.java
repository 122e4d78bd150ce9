package identicom.alertservice.store;

import identicom.alertservice.alert.Alert;
import identicom.alertservice.alert.Effect;
import identicom.alertservice.alert.Kinds;
import identicom.alertservice.event.CriticalEvent;
import identicom.alertservice.store.EventTable.Placed;
import identicom.alertservice.store.History.Entry;
import identicom.alertservice.store.History.What;
import identicom.schema.EventIdentity;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/** The rows that the effects of a batch come to: each alert once, as it is after the last of them. */
final class Writing {

    final Map<UUID, Alert> latest = new LinkedHashMap<>();
    final List<Placed> placed = new ArrayList<>();
    final List<Placed> floodMembers = new ArrayList<>();
    final List<CriticalEvent> doubtful = new ArrayList<>();
    final Map<UUID, List<EventIdentity>> identities = new HashMap<>();

    private final Set<UUID> raised = new HashSet<>();
    private final List<Entry> history = new ArrayList<>();
    private final Map<UUID, Integer> newToFlood = new LinkedHashMap<>();
    private Instant newest = Instant.EPOCH;

    void add(Effect effect, Instant now) {
        CriticalEvent event = effect.event();
        Alert alert = effect.alert();
        newest = now;
        latest.put(alert.id(), alert);
        placed.add(new Placed(event, alert.id()));
        identities.computeIfAbsent(alert.id(), id -> new ArrayList<>()).add(event.id());
        switch (effect) {
            case Effect.Raised r -> {
                raised.add(alert.id());
                tell(alert, What.RAISED, alert.raisedAt(), told(event));
                countDoubtful(event);
            }
            case Effect.Joined j -> tell(alert, What.JOINED, now, told(event));
            case Effect.VouchedFor v -> tell(alert, What.JOINED, now, told(event) + ", now whitelisted");
            case Effect.Flooded f -> addFlooded(f, now);
        }
    }

    private void addFlooded(Effect.Flooded effect, Instant now) {
        Alert alert = effect.alert();
        if (effect.raised()) {
            raised.add(alert.id());
            tell(alert, What.RAISED, alert.raisedAt(), told(effect.event()) + " of one serial too many in a minute");
        }
        if (effect.newSerial()) {
            floodMembers.add(new Placed(effect.event(), alert.id()));
            countDoubtful(effect.event());
            newToFlood.merge(alert.id(), effect.raised() ? 0 : 1, Integer::sum);
        }
    }

    private void countDoubtful(CriticalEvent event) {
        if (event.trust().doubtful()) {
            doubtful.add(event);
        }
    }

    private void tell(Alert alert, What what, Instant at, String detail) {
        history.add(new Entry(alert.id(), at, what, null, detail));
    }

    static String told(CriticalEvent event) {
        return Kinds.ofType(event) + " " + event.serial() + (event.late() ? ", late" : "");
    }

    /** One entry for all the serials that a batch added to a flood. */
    List<Entry> history() {
        List<Entry> all = new ArrayList<>(history);
        newToFlood.forEach((flood, serials) -> {
            if (serials > 0) {
                all.add(new Entry(flood, newest, What.JOINED, null, serials + " more serials"));
            }
        });
        return all;
    }

    List<Alert> raised() {
        return latest.values().stream().filter(a -> raised.contains(a.id())).toList();
    }

    List<Alert> changed() {
        return latest.values().stream().filter(a -> !raised.contains(a.id())).toList();
    }
}
