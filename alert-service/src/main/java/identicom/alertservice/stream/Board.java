package identicom.alertservice.stream;

import identicom.alertservice.event.CriticalEvent;
import identicom.alertservice.store.ChangeLog.Change;
import identicom.alertservice.store.ChangeLog.Snapshot;
import identicom.alertservice.store.Wearers;
import identicom.alertservice.view.AlertJson;
import identicom.alertservice.view.AlertView;
import identicom.alertservice.view.CanaryUnit;
import identicom.alertservice.view.CanaryView;
import identicom.schema.EventIdentity;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The alerts that are not closed, as this instance holds them in memory, and what its streams carry.
 *
 * <p>Stored changes come from the change log, in its order. Events that the database could not store in time are laid
 * over them ({@code "stored":false}, no id) until the change log brings them; where it brings them elsewhere than
 * the screens were shown, they are told {@code replaced}. Bounded: at most {@value #MOST_UNSTORED} unstored events,
 * further ones wait in Kafka. Any thread.
 */
public final class Board {

    static final int MOST_UNSTORED = 20_000;

    /** How many changes a screen may be behind, unless it is said otherwise. */
    public static final int BACKLOG = 20_000;

    private static final long BACKLOG_CHARS = 32L << 20;

    /** What a new stream begins with, and where in the ring it goes on. */
    record Opening(List<Frame> alerts, Frame live, long position) {}

    private record Unstored(CriticalEvent event, Instant shownAt, UUID alertId, boolean ofStored) {}

    private static final class Shown {
        final Change change;
        private @Nullable AlertView view;

        Shown(Change change) {
            this.change = change;
        }

        AlertView view() {
            if (view == null) {
                view = AlertJson.read(change.body());
            }
            return view;
        }
    }

    private final ReentrantLock lock = new ReentrantLock();
    private final Ring ring;
    private final Wearers wearers;
    private final CanaryUnit canary;
    private final BiConsumer<AlertView, Instant> canaryReached;
    private final Map<UUID, Shown> stored = new HashMap<>();
    private final Map<EventIdentity, Unstored> unstored = new LinkedHashMap<>();
    private @Nullable Overlay overlay;
    private long newest;
    private boolean complete;
    private long refused;

    public Board(Wearers wearers) {
        this(wearers, CanaryUnit.NONE, (alert, at) -> {}, BACKLOG);
    }

    /**
     * @param canaryReached told when an alert of the canary that is open stands in the streams; must not block
     * @param backlog frames that are kept for all screens together; one that falls further behind is cut off
     */
    public Board(Wearers wearers, CanaryUnit canary, BiConsumer<AlertView, Instant> canaryReached, int backlog) {
        this.ring = new Ring(backlog, BACKLOG_CHARS);
        this.wearers = wearers;
        this.canary = canary;
        this.canaryReached = canaryReached;
    }

    /** Whether screens are not told of it as of an alert. */
    boolean isCanary(Change change) {
        return canary.isAlertOf(change.body());
    }

    Ring ring() {
        return ring;
    }

    /** What the database holds when it is first reached: streams that are open by then are told of it. */
    public void loaded(Snapshot snapshot) {
        locked(() -> {
            for (Change change : snapshot.open()) {
                show(change);
            }
            newest = snapshot.range().newest();
            complete = true;
            ring.completeFrom(newest);
            layAgain();
        });
    }

    /** The next changes of the log. */
    public void changed(List<Change> changes) {
        locked(() -> {
            Map<UUID, UUID> replaced = new LinkedHashMap<>();
            Set<UUID> takenBack = new LinkedHashSet<>();
            for (Change change : changes) {
                show(change);
                newest = change.id();
                for (EventIdentity event : change.identities()) {
                    settle(event, change.alertId(), replaced, takenBack);
                }
            }
            if (overlay != null) {
                layAgain();
            }
            replaced.forEach(this::tellReplaced);
            takenBack.forEach(this::tellAsStored);
        });
    }

    /** Unstored events turn out to have been stored before the log was read from: in these alerts, as they now are. */
    public void found(Map<EventIdentity, UUID> places, List<Change> alerts) {
        locked(() -> {
            Set<UUID> shown = new HashSet<>();
            Map<UUID, UUID> replaced = new LinkedHashMap<>();
            Set<UUID> takenBack = new LinkedHashSet<>();
            places.forEach((event, alert) -> {
                if (unstored.containsKey(event)) {
                    shown.add(alert);
                    settle(event, alert, replaced, takenBack);
                }
            });
            if (shown.isEmpty()) {
                return;
            }
            layAgain();
            for (Change alert : alerts) {
                if (shown.contains(alert.alertId()) && alert.id() <= newest) {
                    ring.append(new Frame(null, "alert", alert.body()));
                }
            }
            replaced.forEach(this::tellReplaced);
            takenBack.forEach(this::tellAsStored);
        });
    }

    /** Events that the database has not stored in time: shown from memory. */
    public void unstored(Collection<CriticalEvent> events, Instant now) {
        locked(() -> {
            Set<UUID> changed = new LinkedHashSet<>();
            for (CriticalEvent event : events) {
                if (unstored.containsKey(event.id())) {
                    continue;
                }
                if (unstored.size() >= MOST_UNSTORED) {
                    refused++;
                    continue;
                }
                laid().take(event, now).ifPresent(view -> {
                    boolean ofStored = stored.containsKey(view.id());
                    unstored.put(event.id(), new Unstored(event, now, view.id(), ofStored));
                    changed.add(view.id());
                });
            }
            changed.forEach(this::tellUnstored);
        });
    }

    /** When the screens were shown an event that was not stored; empty for one that was never shown so. */
    public Optional<Instant> shownSince(EventIdentity event) {
        lock.lock();
        try {
            return Optional.ofNullable(unstored.get(event)).map(Unstored::shownAt);
        } finally {
            lock.unlock();
        }
    }

    /** Events that screens were shown and that are not stored yet. */
    public List<EventIdentity> unstored() {
        lock.lock();
        try {
            return List.copyOf(unstored.keySet());
        } finally {
            lock.unlock();
        }
    }

    /** How many events could not be shown from memory because too many were. */
    public long refused() {
        lock.lock();
        try {
            return refused;
        } finally {
            lock.unlock();
        }
    }

    /** The newest change that this instance has read. */
    long newest() {
        lock.lock();
        try {
            return newest;
        } finally {
            lock.unlock();
        }
    }

    /** Whether it is an alert that is not closed, stored or not. */
    public boolean holds(UUID alert) {
        lock.lock();
        try {
            return stored.containsKey(alert) || (overlay != null && overlay.view(alert) != null);
        } finally {
            lock.unlock();
        }
    }

    /** How many alerts are held here. */
    public int open() {
        lock.lock();
        try {
            return stored.size();
        } finally {
            lock.unlock();
        }
    }

    /**
     * What a stream that resumes nowhere begins with. Stored alerts come in the order of their last changes, each with
     * its id: so a stream that breaks off in the middle can be resumed, for all it has not been told has a higher id.
     */
    Opening opening() {
        lock.lock();
        try {
            List<Frame> alerts = new ArrayList<>();
            Map<UUID, AlertView> laidOver = overlay == null ? Map.of() : overlay.views();
            stored.values().stream()
                    .filter(shown -> !laidOver.containsKey(shown.change.alertId()))
                    .sorted((one, other) -> Long.compare(one.change.id(), other.change.id()))
                    .forEach(shown -> alerts.add(frame(shown.change)));
            laidOver.values().forEach(view -> alerts.add(frame(view)));
            Long resumable = complete && laidOver.isEmpty() ? newest : null;
            return new Opening(alerts, new Frame(resumable, "live", "{}"), ring.tail());
        } finally {
            lock.unlock();
        }
    }

    private void locked(Runnable work) {
        lock.lock();
        try {
            work.run();
        } finally {
            lock.unlock();
        }
    }

    private void show(Change change) {
        if (isCanary(change)) {
            showCanary(change);
        } else if (change.closed()) {
            stored.remove(change.alertId());
            ring.append(frame(change));
        } else {
            stored.put(change.alertId(), new Shown(change));
            ring.append(frame(change));
        }
    }

    private void showCanary(Change change) {
        if (!change.closed()) {
            AlertView alert = AlertJson.read(change.body());
            Instant now = Instant.now();
            ring.append(new Frame(change.id(), "canary", AlertJson.write(CanaryView.of(alert, now))));
            canaryReached.accept(alert, now);
        }
    }

    /** @param takenBack stored alerts that were shown with an event that belongs elsewhere */
    private void settle(EventIdentity event, UUID alert, Map<UUID, UUID> replaced, Set<UUID> takenBack) {
        Unstored was = unstored.remove(event);
        if (was == null || was.alertId().equals(alert)) {
            return;
        }
        if (was.ofStored()) {
            takenBack.add(was.alertId());
        } else {
            replaced.put(was.alertId(), alert);
        }
    }

    private void tellAsStored(UUID alert) {
        Shown shown = stored.get(alert);
        if (shown != null && (overlay == null || overlay.view(alert) == null)) {
            ring.append(new Frame(null, "alert", shown.change.body()));
        }
    }

    private Overlay laid() {
        if (overlay == null) {
            overlay = new Overlay(stored.values().stream().map(Shown::view).toList(), wearers);
        }
        return overlay;
    }

    /** What is not stored yet, laid over what now is; an event may find another alert than it had. */
    private void layAgain() {
        overlay = null;
        if (unstored.isEmpty()) {
            return;
        }
        Map<UUID, UUID> moved = new LinkedHashMap<>();
        for (Unstored was : List.copyOf(unstored.values())) {
            Optional<AlertView> view = laid().take(was.event(), was.shownAt());
            view.filter(v -> !v.id().equals(was.alertId())).ifPresent(v -> {
                boolean ofStored = stored.containsKey(v.id());
                unstored.put(was.event().id(), new Unstored(was.event(), was.shownAt(), v.id(), ofStored));
                if (!was.ofStored()) {
                    moved.put(was.alertId(), v.id());
                }
            });
        }
        new LinkedHashSet<>(moved.values()).forEach(this::tellUnstored);
        moved.forEach(this::tellReplaced);
    }

    private void tellUnstored(UUID alert) {
        AlertView view = laid().view(alert);
        if (view != null) {
            ring.append(frame(view));
        }
    }

    private void tellReplaced(UUID alert, UUID by) {
        boolean stillThere = stored.containsKey(alert) || (overlay != null && overlay.view(alert) != null);
        if (!stillThere) {
            ring.append(new Frame(null, "replaced", AlertJson.write(Map.of("id", alert, "by", by))));
        }
    }

    private static Frame frame(Change change) {
        return new Frame(change.id(), "alert", change.body());
    }

    private static Frame frame(AlertView view) {
        return new Frame(null, "alert", AlertJson.write(view));
    }
}
