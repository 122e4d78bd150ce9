package identicom.alertservice.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.UUID;

/** Who has a live stream of alerts, for all instances to see. */
public final class PresenceLog {

    private final Transactions transactions;
    private final DatabaseClock clock;

    public PresenceLog(Transactions transactions, DatabaseClock clock) {
        this.transactions = transactions;
        this.clock = clock;
    }

    /** These users have one at this instance. When that was, by the database's clock. */
    public Instant seen(UUID instance, Collection<String> users) throws SQLException {
        return transactions.run(tx -> {
            Instant now = clock.now(tx);
            PresenceTable.seen(tx, instance, users, now);
            return now;
        });
    }

    /** Whether anybody has one, at any instance. */
    public boolean anybody(Connection tx) throws SQLException {
        return PresenceTable.anybody(tx, clock.now(tx));
    }
}
