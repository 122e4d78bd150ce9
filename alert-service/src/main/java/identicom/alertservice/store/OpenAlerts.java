package identicom.alertservice.store;

import identicom.alertservice.alert.Alert;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.UUID;

/** Alerts that are not closed, for who keeps something of each of them. */
public final class OpenAlerts {

    private OpenAlerts() {}

    /** Those of these that are not closed; this transaction has their rows. */
    public static List<Alert> lock(Connection tx, Collection<UUID> alerts) throws SQLException {
        return AlertTable.lockConcerned(tx, List.of(), false, alerts).stream()
                .filter(alert -> !alert.closed())
                .toList();
    }
}
