package identicom.alertservice.store;

import identicom.alertservice.alert.Alert;
import identicom.alertservice.alert.AlertState;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.UUID;

/** Alerts that are not closed, for who keeps something of each of them. */
public final class OpenAlerts {

    /** So many alerts of one kind of standing. */
    public record Count(AlertState state, boolean test, long alerts) {}

    private OpenAlerts() {}

    /** How many there are, without the canary's; a standing that no alert has is left out. */
    public static List<Count> count(Connection tx) throws SQLException {
        String sql = """
                select state, test, count(*) as alerts from alerts.alert
                 where state in ('open', 'acknowledged') and not canary group by state, test""";
        try (PreparedStatement query = tx.prepareStatement(sql);
                ResultSet row = query.executeQuery()) {
            List<Count> counts = new ArrayList<>();
            while (row.next()) {
                counts.add(new Count(
                        AlertState.of(row.getString("state")), row.getBoolean("test"), row.getLong("alerts")));
            }
            return counts;
        }
    }

    /** Those of these that are not closed; this transaction has their rows. */
    public static List<Alert> lock(Connection tx, Collection<UUID> alerts) throws SQLException {
        return AlertTable.lockConcerned(tx, List.of(), false, alerts).stream()
                .filter(alert -> !alert.closed())
                .toList();
    }
}
