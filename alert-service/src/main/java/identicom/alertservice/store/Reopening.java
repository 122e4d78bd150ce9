package identicom.alertservice.store;

import identicom.alertservice.alert.Alert;
import identicom.alertservice.alert.Handling;
import identicom.alertservice.store.History.Entry;
import identicom.alertservice.store.History.What;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Opens acknowledged alerts again whose holder did not answer a ring in time. The time stands in the row and is compared
 * with the database's clock, so it survives any restart; several instances may try, one of them does it.
 */
public final class Reopening {

    private static final int AT_ONCE = 200;

    private final Transactions transactions;
    private final ChangeLog changes;
    private final DatabaseClock clock;

    public Reopening(Transactions transactions, ChangeLog changes, DatabaseClock clock) {
        this.transactions = transactions;
        this.changes = changes;
        this.clock = clock;
    }

    /** How many were due. */
    public int reopenDue() throws SQLException {
        return transactions.run(tx -> {
            Instant now = clock.now(tx);
            List<Alert> reopened = new ArrayList<>();
            String sql = """
                    select * from alerts.alert where reopen_at <= ? order by id limit ? for update skip locked""";
            try (PreparedStatement due = tx.prepareStatement(sql)) {
                Rows.set(due, 1, now);
                due.setInt(2, AT_ONCE);
                try (ResultSet row = due.executeQuery()) {
                    while (row.next()) {
                        reopened.add(Handling.reopened(AlertTable.alert(row), now));
                    }
                }
            }
            if (!reopened.isEmpty()) {
                AlertTable.update(tx, reopened);
                History.add(
                        tx,
                        reopened.stream()
                                .map(a -> new Entry(a.id(), now, What.REOPENED, null, "not acknowledged again"))
                                .toList());
                changes.append(tx, reopened, Map.of(), now);
            }
            return reopened.size();
        });
    }
}
