package identicom.alertservice.notify;

import identicom.alertservice.notify.ClaimTable.Abandoned;
import identicom.alertservice.store.DatabaseClock;
import identicom.alertservice.store.Transactions;
import identicom.alertservice.timer.Repeating;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Fails what nobody else will ever answer for: what was claimed too often, and what waits for a channel that is not
 * configured, which is stale by the time that it is. One thread.
 */
final class Abandonment implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Abandonment.class);
    private static final Duration LOOK_EVERY = Duration.ofSeconds(5);
    private static final Duration WAIT_FOR_A_CHANNEL = Duration.ofHours(1);

    private final Transactions transactions;
    private final DatabaseClock clock;
    private final Set<String> channels;
    private final Outcomes outcomes;
    private final Runnable done;
    private final Repeating looking = new Repeating("notify-abandoned", LOOK_EVERY, this::look);

    /** @param channels those that are configured */
    Abandonment(
            Transactions transactions, DatabaseClock clock, Set<String> channels, Outcomes outcomes, Runnable done) {
        this.transactions = transactions;
        this.clock = clock;
        this.channels = channels;
        this.outcomes = outcomes;
        this.done = done;
    }

    void start() {
        looking.start();
    }

    /** They are failed first and by themselves: whatever kept them from an answer may keep the history from its line. */
    private void look() throws SQLException {
        List<Abandoned> all = transactions.run(tx -> {
            Instant now = clock.now(tx);
            List<Abandoned> failed = new ArrayList<>(ClaimTable.exhausted(tx, now));
            failed.addAll(ClaimTable.withoutChannel(tx, channels, now.minus(WAIT_FOR_A_CHANNEL)));
            return failed;
        });
        for (Abandoned one : all) {
            LOG.warn("notification {} of alert {} has failed: {}", one.id(), one.alertId(), one.why());
            try {
                outcomes.abandoned(one);
            } catch (SQLException | RuntimeException e) {
                LOG.error("alert {}: its history does not say that {} has failed", one.alertId(), one.id(), e);
            }
        }
        if (!all.isEmpty()) {
            done.run();
        }
    }

    @Override
    public void close() {
        looking.close();
    }
}
