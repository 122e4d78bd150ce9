package identicom.alertservice.store;

import identicom.alertservice.alert.Alert;
import identicom.alertservice.alert.AlertState;
import identicom.alertservice.alert.Answer;
import identicom.alertservice.alert.Matter;
import identicom.alertservice.store.Actions.Acted;
import identicom.alertservice.store.Actions.Person;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * How test alerts become live: by a person, or because nobody has taken them when their unit's test ends. Where the unit
 * has no live alert the test alert becomes it; where it has one, that one takes what the test alert says and rings.
 */
public final class TestAlerts {

    private static final int AT_ONCE = 200;

    private final Transactions transactions;
    private final ChangeLog changes;
    private final DatabaseClock clock;

    public TestAlerts(Transactions transactions, ChangeLog changes, DatabaseClock clock) {
        this.transactions = transactions;
        this.changes = changes;
        this.clock = clock;
    }

    /** Makes a test alert live. The answer is the alert that now is, which may be another one of the unit. */
    public Optional<Acted> live(UUID id, Person person) throws SQLException {
        return transactions.run(tx -> {
            List<String> serial = serialOf(tx, id);
            AlertLocks.take(tx, serial);
            List<Alert> alerts = AlertTable.lockConcerned(tx, serial, false, List.of(id));
            Optional<Alert> named =
                    alerts.stream().filter(a -> a.id().equals(id)).findFirst();
            if (named.isEmpty()) {
                return Optional.empty();
            }
            Alert alert = named.get();
            if (alert.closed()) {
                return Optional.of(acted(tx, new Answer.Refused(alert, "closed already", List.of()), id));
            }
            if (!alert.test()) {
                return Optional.of(acted(tx, new Answer.AsBefore(alert), id));
            }
            Instant now = clock.now(tx);
            BecomingLive becoming = new BecomingLive(tx, now);
            Alert live = becoming.byPerson(alert, liveOne(alerts), person.user());
            Map<String, String> told =
                    Map.of("serial", serial.getFirst(), "live", live.id().toString());
            AuditTrail.add(tx, person, "alert.live", id.toString(), told, now);
            becoming.write(changes);
            return Optional.of(acted(tx, new Answer.Done(live), live.id()));
        });
    }

    private static Acted acted(Connection tx, Answer answer, UUID alert) throws SQLException {
        return new Acted(answer, Views.load(tx, List.of(alert)).getFirst().view());
    }

    /** An alert's serial never changes. Empty for one that is not there or is of no unit. */
    private static List<String> serialOf(Connection tx, UUID id) throws SQLException {
        String sql = "select serial from alerts.alert where id = ? and serial is not null";
        try (PreparedStatement query = tx.prepareStatement(sql)) {
            query.setObject(1, id);
            try (ResultSet row = query.executeQuery()) {
                return row.next() ? List.of(row.getString(1)) : List.of();
            }
        }
    }

    private static @Nullable Alert liveOne(Collection<Alert> ofUnit) {
        return ofUnit.stream().filter(a -> !a.closed() && !a.test()).findFirst().orElse(null);
    }

    /** Test alerts that nobody has taken when their unit's test is over. How many units' tests were seen to. */
    public int endDue() throws SQLException {
        return transactions.run(tx -> {
            Instant now = clock.now(tx);
            List<String> serials = due(tx, now);
            if (serials.isEmpty()) {
                return 0;
            }
            AlertLocks.take(tx, serials);
            end(tx, serials, now);
            return serials.size();
        });
    }

    private static List<String> due(Connection tx, Instant now) throws SQLException {
        String sql = """
                select serial from alerts.alert
                 where live_at <= ? and state = 'open' and class = 'critical' order by live_at limit ?""";
        try (PreparedStatement query = tx.prepareStatement(sql)) {
            Rows.set(query, 1, now);
            query.setInt(2, AT_ONCE);
            try (ResultSet row = query.executeQuery()) {
                TreeSet<String> serials = new TreeSet<>();
                while (row.next()) {
                    serials.add(row.getString(1));
                }
                return List.copyOf(serials);
            }
        }
    }

    /** With the locks of these serials held; the last thing in the transaction. */
    private void end(Connection tx, List<String> serials, Instant now) throws SQLException {
        List<Alert> open = AlertTable.lockOpen(tx, serials, List.of(), List.of());
        BecomingLive becoming = new BecomingLive(tx, now);
        for (Alert test : open.stream().filter(a -> overdue(a, now)).toList()) {
            List<Alert> ofUnit =
                    open.stream().filter(a -> test.serial().equals(a.serial())).toList();
            becoming.byTime(test, liveOne(ofUnit));
        }
        becoming.write(changes);
    }

    private static boolean overdue(Alert alert, Instant now) {
        Matter.Test test = alert.matter().test();
        return test != null
                && test.liveAt() != null
                && !test.liveAt().isAfter(now)
                && alert.state() == AlertState.OPEN
                && alert.eventClass().equals(Alert.CRITICAL);
    }

    /** The unit's test ends at another time: now, or when it was set to. The last thing in the transaction. */
    void endsAt(Connection tx, String serial, Instant end, Instant now) throws SQLException {
        List<Alert> open = AlertTable.lockOpen(tx, List.of(serial), List.of(), List.of());
        BecomingLive becoming = new BecomingLive(tx, now);
        for (Alert alert : open.stream().filter(Alert::test).toList()) {
            boolean seenTo = alert.matter().test().liveAt() == null;
            Alert test = alert.withTest(new Matter.Test(end, seenTo ? null : end));
            if (overdue(test, now)) {
                becoming.byTime(test, liveOne(open));
            } else {
                becoming.changed(test);
            }
        }
        becoming.write(changes);
    }
}
