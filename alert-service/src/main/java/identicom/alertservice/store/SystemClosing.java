package identicom.alertservice.store;

import identicom.alertservice.alert.Alert;
import identicom.alertservice.alert.Answer;
import identicom.alertservice.alert.Handling;
import identicom.alertservice.store.History.Entry;
import identicom.alertservice.store.History.What;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Closes the canary's alerts: the one exception to the rule that people close alerts. */
public final class SystemClosing {

    private final ChangeLog changes;

    public SystemClosing(ChangeLog changes) {
        this.changes = changes;
    }

    /** The alert's lock, before anything else is done about it. Empty: closed already, or not there. */
    public Optional<Alert> lockOpen(Connection tx, UUID alert) throws SQLException {
        return AlertTable.lock(tx, alert).filter(found -> !found.closed());
    }

    /** Closes it as a test, whatever its checklist asks of people. The last thing in the transaction. */
    public void close(Connection tx, Alert alert, String who, Instant now) throws SQLException {
        if (Handling.close(alert, Handling.Outcome.TEST, List.of()) instanceof Answer.Done done) {
            AlertTable.update(tx, List.of(done.alert()));
            History.add(tx, List.of(new Entry(alert.id(), now, What.CLOSED, who, Handling.Outcome.TEST.text())));
            changes.append(tx, List.of(done.alert()), Map.of(), now);
        }
    }
}
