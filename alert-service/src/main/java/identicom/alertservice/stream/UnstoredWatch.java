package identicom.alertservice.stream;

import identicom.alertservice.event.CriticalEvent;
import identicom.alertservice.store.ChangeLog;
import identicom.alertservice.store.ChangeLog.Change;
import identicom.alertservice.timer.Repeating;
import identicom.schema.EventIdentity;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * Sees every critical event as it comes out of Kafka and sees to it that the screens get it, stored or not.
 *
 * <p>An event is pending until the change log brings it. One that is pending for a second is shown from memory when the
 * database is away, or when the database, asked, does not have it (its consumer is behind, or changing hands). Two
 * threads: {@code alerts-watch} never touches the database, so that nothing can hold it up; {@code alerts-check} asks.
 *
 * <p>Bounded: {@value #MOST_PENDING} pending events, beyond which further ones are only counted and come by the
 * consumers; {@value #REMEMBERED} stored ones are remembered, so that the other cluster's copy is known.
 */
public final class UnstoredWatch implements AutoCloseable {

    static final int MOST_PENDING = 50_000;
    static final int REMEMBERED = 50_000;
    private static final Duration PENDING_FOR = Duration.ofSeconds(1);
    private static final int ASKED_AT_ONCE = 1000;

    private static final class Pending {
        final CriticalEvent event;
        final long since;
        boolean absent;

        Pending(CriticalEvent event, long since) {
            this.event = event;
            this.since = since;
        }

        boolean due(long now) {
            return now - since >= PENDING_FOR.toNanos();
        }
    }

    private final ChangeLog log;
    private final Board board;
    private final DatabasePulse pulse;
    private final Clock clock;
    private final Repeating watching;
    private final Repeating checking;
    private final Map<EventIdentity, Pending> pending = new LinkedHashMap<>();
    private final Map<EventIdentity, Boolean> remembered = new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<EventIdentity, Boolean> eldest) {
            return size() > REMEMBERED;
        }
    };
    private long refused;

    public UnstoredWatch(ChangeLog log, Board board, DatabasePulse pulse, Clock clock) {
        this.log = log;
        this.board = board;
        this.pulse = pulse;
        this.clock = clock;
        this.watching = new Repeating("alerts-watch", Duration.ofMillis(50), this::watch);
        this.checking = new Repeating("alerts-check", Duration.ofMillis(200), this::check);
    }

    public void start() {
        watching.start();
        checking.start();
    }

    /** An event came out of Kafka. Never blocks. */
    public synchronized void seen(CriticalEvent event) {
        if (remembered.containsKey(event.id()) || pending.containsKey(event.id())) {
            return;
        }
        if (pending.size() >= MOST_PENDING) {
            refused++;
            return;
        }
        pending.put(event.id(), new Pending(event, System.nanoTime()));
    }

    /** How many events could not be watched because too many were. */
    public synchronized long refused() {
        return refused;
    }

    synchronized void stored(Collection<Change> changes) {
        changes.forEach(change -> change.identities().forEach(this::stored));
    }

    private void stored(EventIdentity event) {
        pending.remove(event);
        remembered.put(event, true);
    }

    private void watch() {
        boolean away = pulse.away();
        List<CriticalEvent> late = new ArrayList<>();
        synchronized (this) {
            long now = System.nanoTime();
            for (Pending one : pending.values()) {
                if (one.due(now) && (away || one.absent)) {
                    late.add(one.event);
                }
            }
            late.forEach(event -> stored(event.id()));
        }
        if (!late.isEmpty()) {
            board.unstored(late, clock.instant().truncatedTo(ChronoUnit.MICROS));
        }
    }

    private void check() throws SQLException {
        if (pulse.away()) {
            return;
        }
        List<EventIdentity> open = new ArrayList<>(board.unstored());
        open.addAll(duePending());
        for (int from = 0; from < open.size(); from += ASKED_AT_ONCE) {
            ask(open.subList(from, Math.min(open.size(), from + ASKED_AT_ONCE)));
        }
    }

    private synchronized List<EventIdentity> duePending() {
        long now = System.nanoTime();
        return pending.values().stream()
                .filter(one -> one.due(now) && !one.absent)
                .map(one -> one.event.id())
                .toList();
    }

    private void ask(List<EventIdentity> events) throws SQLException {
        Map<EventIdentity, UUID> places = log.alertsOf(events);
        synchronized (this) {
            for (EventIdentity event : events) {
                Pending one = pending.get(event);
                if (places.containsKey(event)) {
                    stored(event);
                } else if (one != null) {
                    one.absent = true;
                }
            }
        }
        if (!places.isEmpty()) {
            board.found(places, log.present(new HashSet<>(places.values())));
        }
    }

    @Override
    public void close() {
        watching.close();
        checking.close();
    }
}
