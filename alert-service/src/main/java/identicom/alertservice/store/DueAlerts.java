package identicom.alertservice.store;

import identicom.alertservice.alert.Alert;
import identicom.alertservice.store.History.Entry;
import identicom.alertservice.store.History.What;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Alerts to which something is due, found by a condition and changed by a rule: a batch in one transaction. */
final class DueAlerts {

    static final int AT_ONCE = 200;

    /** Sets the condition's parameters. */
    @FunctionalInterface
    interface Given {
        void set(PreparedStatement query, Connection tx, Instant now) throws SQLException;
    }

    /** What becomes of an alert, and its line in the history. */
    record Changed(Alert alert, What what, String detail) {}

    @FunctionalInterface
    interface Rule {
        Changed of(Alert alert, Instant now);
    }

    private final Transactions transactions;
    private final ChangeLog changes;
    private final DatabaseClock clock;

    DueAlerts(Transactions transactions, ChangeLog changes, DatabaseClock clock) {
        this.transactions = transactions;
        this.changes = changes;
        this.clock = clock;
    }

    /** Those that somebody else has locked are left for the next time. How many were changed. */
    int change(String condition, Given given, Rule rule) throws SQLException {
        return change(condition, " for update skip locked", given, rule);
    }

    /** Waits for those that somebody else has locked; as often as there are some. */
    int changeAll(String condition, Given given, Rule rule) throws SQLException {
        int all = 0;
        int some;
        do {
            some = change(condition, " for update", given, rule);
            all += some;
        } while (some == AT_ONCE);
        return all;
    }

    private int change(String condition, String locking, Given given, Rule rule) throws SQLException {
        String sql = "select * from alerts.alert where " + condition + " order by id limit " + AT_ONCE + locking;
        return transactions.run(tx -> {
            Instant now = clock.now(tx);
            List<Changed> changed = new ArrayList<>();
            try (PreparedStatement query = tx.prepareStatement(sql)) {
                given.set(query, tx, now);
                AlertTable.read(query).forEach(alert -> changed.add(rule.of(alert, now)));
            }
            write(tx, changed, now);
            return changed.size();
        });
    }

    private void write(Connection tx, List<Changed> changed, Instant now) throws SQLException {
        if (changed.isEmpty()) {
            return;
        }
        List<Alert> alerts = changed.stream().map(Changed::alert).toList();
        AlertTable.update(tx, alerts);
        History.add(
                tx,
                changed.stream()
                        .map(c -> new Entry(c.alert().id(), now, c.what(), null, c.detail()))
                        .toList());
        changes.append(tx, alerts, Map.of(), now);
    }
}
