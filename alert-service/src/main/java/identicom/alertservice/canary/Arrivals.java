package identicom.alertservice.canary;

import identicom.alertservice.view.AlertJson;
import identicom.alertservice.view.AlertView;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * Canaries that stand in this instance's stream, and which of them were written to a screen's connection. Bounded: the oldest
 * of more than {@value #MOST} are forgotten; what was forgotten is found open by the next one, and closed with it. Any thread.
 */
final class Arrivals {

    /** A screen that has not been told within this will not be. */
    static final Duration WRITTEN_WITHIN = Duration.ofSeconds(10);

    private static final int MOST = 100;

    /**
     * One of them.
     *
     * @param at when it was written to a screen; until then, when it stood in the stream
     * @param sinceNanos by {@link System#nanoTime}, when it stood in the stream
     */
    record Arrival(AlertView alert, Instant at, long sinceNanos) {
        boolean tooLate() {
            return System.nanoTime() - sinceNanos > WRITTEN_WITHIN.toNanos();
        }
    }

    private static final class Bounded<V> extends LinkedHashMap<UUID, V> {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<UUID, V> eldest) {
            return size() > MOST;
        }
    }

    private final Map<UUID, Arrival> waiting = new Bounded<>();
    private final Map<UUID, Instant> written = new Bounded<>();

    synchronized void reached(AlertView alert, Instant at) {
        waiting.putIfAbsent(alert.id(), new Arrival(alert, at, System.nanoTime()));
    }

    /** @param data what a screen was told: it may be so before this instance hears that it reached the stream */
    synchronized void written(String data, Instant at) {
        written.putIfAbsent(AlertJson.idOf(data), at);
    }

    synchronized List<Arrival> written() {
        return waiting.values().stream()
                .filter(one -> written.containsKey(one.alert().id()))
                .map(one -> new Arrival(one.alert(), written.get(one.alert().id()), one.sinceNanos()))
                .toList();
    }

    synchronized List<Arrival> unwritten() {
        return waiting.values().stream()
                .filter(one -> !written.containsKey(one.alert().id()))
                .toList();
    }

    synchronized void done(Arrival one) {
        waiting.remove(one.alert().id());
    }
}
