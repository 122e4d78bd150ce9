package identicom.alertservice.store;

import identicom.alertservice.alert.Alert;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;

/** Told of every change of an alert, in the transaction that makes it: what it writes is there when the change is. */
@FunctionalInterface
public interface AlertFollower {

    /** @param alerts as they are after the change; their rows are locked */
    void changed(Connection tx, Collection<Alert> alerts, Instant now) throws SQLException;
}
