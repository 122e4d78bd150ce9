package identicom.alertservice.supervision;

import identicom.alertservice.supervision.rule.Group;
import identicom.alertservice.supervision.rule.MassLoss;
import identicom.alertservice.supervision.rule.Unit;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collection;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * How many units of each group it is since a moment: counted again every few seconds, for while many are missing each
 * round of each sweep asks. One thread.
 */
final class Recount {

    /** Asks the database. */
    @FunctionalInterface
    interface Count {
        Map<Group, Long> since(Connection tx, long sinceUs) throws SQLException;
    }

    private static final long AGAIN_NANOS = 5_000_000_000L;

    private final Count count;
    private final LongSupplier nanos;
    private Map<Group, Long> known = Map.of();
    private long sinceUs = Long.MAX_VALUE;
    private long countedNanos;

    /** @param nanos a monotonic clock */
    Recount(Count count, LongSupplier nanos) {
        this.count = count;
        this.nanos = nanos;
    }

    Map<Group, Long> since(Connection tx, long since) throws SQLException {
        long now = nanos.getAsLong();
        if (since < sinceUs || now - countedNanos > AGAIN_NANOS) {
            known = count.since(tx, since);
            sinceUs = since;
            countedNanos = now;
        }
        return known;
    }

    /** These are among them from now on, and are in the next count by themselves. */
    void add(Collection<Unit> units) {
        known = MassLoss.count(units, known);
    }
}
