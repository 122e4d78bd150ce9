package identicom.alertservice.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;

/** Who has a live stream of alerts, for all instances to see. */
public final class PresenceLog {

    /** Whoever gave a sign at most this long ago has a live stream: a page does at each heartbeat, every five seconds. */
    public static final Duration PRESENT = Duration.ofSeconds(30);

    private final Transactions transactions;
    private final DatabaseClock clock;

    public PresenceLog(Transactions transactions, DatabaseClock clock) {
        this.transactions = transactions;
        this.clock = clock;
    }

    /**
     * These users have one at this instance. When that was, by the database's clock.
     *
     * @param signs user, and how long ago the last sign of them came
     */
    public Instant seen(UUID instance, Map<String, Duration> signs) throws SQLException {
        return transactions.run(tx -> {
            Instant now = clock.now(tx);
            PresenceTable.seen(tx, instance, signs, now);
            return now;
        });
    }

    /** Whether anybody has one, at any instance. */
    public boolean anybody(Connection tx) throws SQLException {
        return PresenceTable.anybody(tx, clock.now(tx));
    }
}
