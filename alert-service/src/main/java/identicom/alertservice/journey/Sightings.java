package identicom.alertservice.journey;

import identicom.alertservice.store.DatabaseClock;
import identicom.alertservice.store.Transactions;
import identicom.alertservice.view.AlertJson;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Predicate;

/**
 * When alerts were first written to a screen's connection, and first reported to be on a screen: noted in memory by whoever
 * serves the screens, written by {@link #write} for all of them at once. Over all instances the first one counts; ages are
 * measured by a clock that does not jump and taken from the database's.
 *
 * <p>Bounded: {@value #MOST_WAITING} alerts may wait to be written, further sightings are not noted; one whose alert is not
 * stored within {@value #LONGEST_WAIT_MIN} minutes is forgotten. {@value #REMEMBERED} are remembered as noted.
 *
 * <p>What a page reports of an alert that this instance does not know, because another one told that page of it a moment ago or
 * because somebody made it up, waits apart: {@value #MOST_STRANGERS} of them for {@value #STRANGERS_WAIT_S} s, so that made-up
 * ones are in nobody's way. Any thread.
 */
final class Sightings {

    static final int MOST_WAITING = 20_000;
    private static final int REMEMBERED = 50_000;
    private static final int LONGEST_WAIT_MIN = 10;
    private static final int MOST_STRANGERS = 1_000;
    private static final int STRANGERS_WAIT_S = 5;

    /** Of one kind of sighting. Guarded by this. */
    private static final class Noted {
        private final int mostWaiting;
        private final Duration longestWait;
        private final int remembered;
        private final Map<UUID, Long> waiting = new LinkedHashMap<>();
        private final Map<UUID, Boolean> known = new LinkedHashMap<>() {
            @Override
            protected boolean removeEldestEntry(Map.Entry<UUID, Boolean> eldest) {
                return size() > remembered;
            }
        };

        Noted(int mostWaiting, Duration longestWait, int remembered) {
            this.mostWaiting = mostWaiting;
            this.longestWait = longestWait;
            this.remembered = remembered;
        }

        static Noted ofAlerts() {
            return new Noted(MOST_WAITING, Duration.ofMinutes(LONGEST_WAIT_MIN), REMEMBERED);
        }

        synchronized void note(UUID alert, long nanos) {
            if (waiting.size() < mostWaiting && known.putIfAbsent(alert, true) == null) {
                waiting.put(alert, nanos);
            }
        }

        synchronized Map<UUID, Long> waiting() {
            return Map.copyOf(waiting);
        }

        synchronized void written(Set<UUID> alerts) {
            long tooOld = System.nanoTime() - longestWait.toNanos();
            waiting.keySet().removeAll(alerts);
            waiting.values().removeIf(nanos -> nanos < tooOld);
        }
    }

    private final Transactions transactions;
    private final DatabaseClock clock;
    private final JourneyMeters meters;
    private final Predicate<UUID> open;
    private final Noted sent = Noted.ofAlerts();
    private final Noted shown = Noted.ofAlerts();
    private final Noted shownStrangers =
            new Noted(MOST_STRANGERS, Duration.ofSeconds(STRANGERS_WAIT_S), MOST_STRANGERS);

    /** @param open whether this instance knows an alert as one that is not closed */
    Sightings(Transactions transactions, DatabaseClock clock, JourneyMeters meters, Predicate<UUID> open) {
        this.open = open;
        this.transactions = transactions;
        this.clock = clock;
        this.meters = meters;
    }

    /** A frame of the alerts' stream was written to a screen's connection. Never blocks. */
    void sent(String event, String data) {
        if (event.equals("alert")) {
            sent.note(AlertJson.idOf(data), System.nanoTime());
        }
    }

    /** A page says that the alert has been on its screen for so long. Never blocks. */
    void shown(UUID alert, Duration since) {
        (open.test(alert) ? shown : shownStrangers).note(alert, System.nanoTime() - since.toNanos());
    }

    void write() throws SQLException {
        write(sent, "sent_at", false);
        write(shown, "shown_at", true);
        write(shownStrangers, "shown_at", true);
    }

    private void write(Noted noted, String column, boolean tell) throws SQLException {
        Map<UUID, Long> waiting = noted.waiting();
        if (!waiting.isEmpty()) {
            noted.written(transactions.run(tx -> write(tx, waiting, column, tell)));
        }
    }

    /** @return the alerts that are there */
    private Set<UUID> write(Connection tx, Map<UUID, Long> seen, String column, boolean tell) throws SQLException {
        String sql = """
                with seen as (select * from unnest(?, ?) as s (id, at)),
                     here as (select j.alert_id, j.%1$s as before from alerts.journey j join seen on seen.id = j.alert_id
                               order by j.alert_id for update of j),
                     noted as (update alerts.journey j
                                  set %1$s = seen.at,
                                      untold = j.untold or (? and a.state <> 'closed' and not a.canary)
                                 from here, seen, alerts.alert a
                                where j.alert_id = here.alert_id and seen.id = here.alert_id and a.id = here.alert_id
                                  and (here.before is null or here.before > seen.at)
                               returning j.alert_id, j.raised_at, j.counted, j.%1$s as at, here.before is null as first)
                select here.alert_id, noted.raised_at, noted.at, coalesce(noted.first and noted.counted, false) as counts
                  from here left join noted using (alert_id)""".formatted(column);
        Instant now = clock.now(tx);
        long nanos = System.nanoTime();
        List<UUID> ids = List.copyOf(seen.keySet());
        Set<UUID> there = new HashSet<>();
        List<Instant> times = new ArrayList<>();
        ids.forEach(id -> times.add(now.minusNanos(nanos - seen.getOrDefault(id, nanos))));
        try (PreparedStatement update = tx.prepareStatement(sql)) {
            update.setArray(1, tx.createArrayOf("uuid", ids.toArray()));
            update.setArray(
                    2,
                    tx.createArrayOf(
                            "timestamptz",
                            times.stream()
                                    .map(at -> at.atOffset(ZoneOffset.UTC))
                                    .toArray()));
            update.setBoolean(3, tell);
            try (ResultSet row = update.executeQuery()) {
                while (row.next()) {
                    there.add(row.getObject("alert_id", UUID.class));
                    if (!tell && row.getBoolean("counts")) {
                        meters.sent(instant(row, "raised_at"), instant(row, "at"));
                    }
                }
            }
        }
        return there;
    }

    private static Instant instant(ResultSet row, String column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }
}
