package identicom.alertservice.store;

import identicom.alertservice.alert.Alert;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * Tells the screens of alerts of whose way more is known than they were told. Nothing about such an alert changes, so nothing
 * rings. Several instances may try; whoever comes second finds nothing left to tell.
 */
public final class Retelling {

    private static final int AT_ONCE = 200;

    private final Transactions transactions;
    private final ChangeLog changes;
    private final DatabaseClock clock;

    public Retelling(Transactions transactions, ChangeLog changes, DatabaseClock clock) {
        this.transactions = transactions;
        this.changes = changes;
        this.clock = clock;
    }

    /** How many were told. */
    public int tell() throws SQLException {
        return transactions.run(tx -> {
            List<UUID> untold = untold(tx);
            if (untold.isEmpty()) {
                return 0;
            }
            List<Alert> alerts = AlertTable.lockConcerned(tx, List.of(), false, untold);
            List<UUID> mine = takeUp(tx, untold);
            List<Alert> open = alerts.stream()
                    .filter(alert -> !alert.closed() && mine.contains(alert.id()))
                    .toList();
            if (!open.isEmpty()) {
                changes.append(tx, open, Map.of(), clock.now(tx));
            }
            return open.size();
        });
    }

    private static List<UUID> untold(Connection tx) throws SQLException {
        String sql = "select alert_id from alerts.journey where untold order by alert_id limit " + AT_ONCE;
        try (PreparedStatement query = tx.prepareStatement(sql)) {
            return ids(query);
        }
    }

    private static List<UUID> takeUp(Connection tx, List<UUID> untold) throws SQLException {
        String sql = """
                with mine as (select alert_id from alerts.journey
                               where alert_id = any(?) and untold order by alert_id for update)
                update alerts.journey j set untold = false from mine
                 where j.alert_id = mine.alert_id returning j.alert_id""";
        try (PreparedStatement update = tx.prepareStatement(sql)) {
            update.setArray(1, Rows.uuids(tx, untold));
            return ids(update);
        }
    }

    private static List<UUID> ids(PreparedStatement statement) throws SQLException {
        List<UUID> ids = new ArrayList<>();
        try (ResultSet row = statement.executeQuery()) {
            while (row.next()) {
                ids.add(Rows.uuid(row, "alert_id"));
            }
        }
        return ids;
    }
}
