package identicom.alertservice.stream;

import identicom.alertservice.alert.Alert;
import identicom.alertservice.alert.Desk;
import identicom.alertservice.alert.Effect;
import identicom.alertservice.alert.Kinds;
import identicom.alertservice.event.CriticalEvent;
import identicom.alertservice.store.Wearers;
import identicom.alertservice.view.AlertView;
import identicom.alertservice.view.AlertView.EventView;
import identicom.alertservice.view.AlertView.HistoryEntry;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The alerts as they would be if what is not stored yet were: the stored ones with unstored events laid over them, by
 * the same rules that the database's transactions follow. Guarded by the board's lock.
 */
final class Overlay {

    private final Desk desk = new Desk();
    private final Map<UUID, AlertView> stored = new LinkedHashMap<>();
    private final Map<UUID, AlertView> views = new LinkedHashMap<>();
    private final Wearers wearers;

    Overlay(Iterable<AlertView> storedOpen, Wearers wearers) {
        this.wearers = wearers;
        for (AlertView view : storedOpen) {
            stored.put(view.id(), view);
            desk.lay(view.alert());
            if (view.flood() != null) {
                view.flood().serials().forEach(serial -> desk.layFloodSerial(view.id(), serial));
            }
        }
    }

    /** The alert that the event belongs to now. Empty when it changes nothing. */
    Optional<AlertView> take(CriticalEvent event, Instant now) {
        return desk.take(event, now).map(effect -> {
            AlertView view = lay(effect, now);
            views.put(view.id(), view);
            return view;
        });
    }

    private AlertView lay(Effect effect, Instant now) {
        CriticalEvent event = effect.event();
        Alert alert = effect.alert();
        AlertView before = views.getOrDefault(alert.id(), stored.get(alert.id()));
        String wearer = alert.serial() == null ? null : wearers.of(alert.serial());
        List<EventView> events = new ArrayList<>();
        events.add(EventView.of(event, Kinds.ofType(event)));
        List<HistoryEntry> history = new ArrayList<>();
        List<String> serials = new ArrayList<>();
        if (before != null) {
            events.addAll(before.events());
            history.addAll(before.history());
            serials.addAll(before.flood() == null ? List.of() : before.flood().serials());
        }
        history.add(new HistoryEntry(now, before == null ? "raised" : "joined", null, Kinds.ofType(event)));
        boolean newToFlood = effect instanceof Effect.Flooded f && f.newSerial();
        if (newToFlood && serials.size() < AlertView.LISTED_SERIALS) {
            serials.add(event.serial());
        }
        return AlertView.of(
                alert,
                before == null ? null : before.reference(),
                wearer != null || before == null ? wearer : before.wearer(),
                false,
                newest(events),
                history.subList(Math.max(0, history.size() - AlertView.NEWEST_HISTORY), history.size()),
                serials,
                before == null ? List.of() : before.checklist(),
                before == null ? null : before.journey());
    }

    private static List<EventView> newest(List<EventView> events) {
        return events.subList(0, Math.min(events.size(), AlertView.NEWEST_EVENTS));
    }

    @Nullable AlertView view(UUID id) {
        return views.get(id);
    }

    /** Those alerts that differ from what is stored. */
    Map<UUID, AlertView> views() {
        return views;
    }
}
