package identicom.logservice.retention;

import identicom.logservice.audit.Trail;
import identicom.logservice.upkeep.Upkeep;
import identicom.runtime.db.Rollback;
import identicom.runtime.process.Health;
import identicom.runtime.process.Metrics;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.YearMonth;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Erases events whose months are over and that nothing holds: a month of which nothing has to stay as a whole, the rest row by row.
 * Looks at the start and once a day, and an hour after a failure; whichever instance holds the advisory lock does it. What is erased
 * stands in the audit trail, counted, by an entry of the same transaction. One thread, one connection while it works.
 */
public final class Retention implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Retention.class);
    private static final Upkeep.Plan PLAN = new Upkeep.Plan("retention", Duration.ofDays(1), Duration.ofHours(1));

    /** Rows that one transaction looks at: a second or two. */
    private static final int BATCH = 50_000;

    private final KeptMonths kept;
    private final Trail trail;
    private final Clock clock;
    private final RetentionMeters meters;
    private final Upkeep upkeep;
    private final int batch;

    /** @param database whose statements have hours: a month of a large fleet is read whole */
    public Retention(DataSource database, KeptMonths kept, Trail trail, Clock clock, Health health, Metrics metrics) {
        this(database, kept, trail, clock, health, metrics, BATCH);
    }

    Retention(
            DataSource database, KeptMonths kept, Trail trail, Clock clock, Health health, Metrics metrics, int batch) {
        this.kept = kept;
        this.trail = trail;
        this.clock = clock;
        this.meters = new RetentionMeters(metrics);
        this.upkeep = new Upkeep(PLAN, database, health);
        this.batch = batch;
    }

    public void start() {
        LOG.info("Events are kept: {}", kept.text());
        upkeep.start(() -> {
            erase();
            meters.turn();
        });
    }

    /** Erases what is past now. @return what was erased here; nothing where another instance is at it */
    ErasedEvents erase() throws SQLException {
        return kept.forGood() ? ErasedEvents.NONE : upkeep.alone(ErasedEvents.NONE, this::erase);
    }

    private ErasedEvents erase(Connection connection) throws SQLException {
        try {
            return erase(connection, kept.past(clock.instant()));
        } finally {
            connection.setAutoCommit(true);
        }
    }

    private ErasedEvents erase(Connection connection, KeptMonths.Past past) throws SQLException {
        ErasedEvents erased = ErasedEvents.NONE;
        connection.setAutoCommit(false);
        List<YearMonth> months = PastEvents.months(connection);
        connection.commit();
        for (YearMonth month : months) {
            if (past.reaches(month)) {
                erased = erased.plus(eraseMonth(connection, month, past));
            }
        }
        return erased.plus(eraseRows(connection, null, past));
    }

    private ErasedEvents eraseMonth(Connection connection, YearMonth month, KeptMonths.Past past) throws SQLException {
        if (past.covers(month)) {
            PastEvents.Reading reading = PastEvents.read(connection, month, past);
            connection.commit();
            if (reading.kept() == 0 && dropped(connection, month, reading, past)) {
                return reading.past();
            }
        }
        return eraseRows(connection, month, past);
    }

    private boolean dropped(Connection connection, YearMonth month, PastEvents.Reading reading, KeptMonths.Past past)
            throws SQLException {
        try {
            boolean dropped = PastEvents.drop(connection, month, reading, past);
            boolean told = dropped && reading.past().all() > 0;
            if (told) {
                tell(connection, month.toString(), reading.past(), "dropped");
            }
            connection.commit();
            if (told) {
                done(month.toString(), reading.past());
            }
            return dropped;
        } finally {
            Rollback.of(connection);
        }
    }

    private ErasedEvents eraseRows(Connection connection, @Nullable YearMonth month, KeptMonths.Past past)
            throws SQLException {
        String name = month == null ? "times without a month" : month.toString();
        ErasedEvents erased = ErasedEvents.NONE;
        Long after = 0L;
        while (after != null && !Thread.currentThread().isInterrupted()) {
            PastEvents.Part part = eraseBatch(connection, name, month, after, past);
            erased = erased.plus(part.erased());
            after = part.lookedTo();
        }
        return erased;
    }

    private PastEvents.Part eraseBatch(
            Connection connection, String name, @Nullable YearMonth month, long after, KeptMonths.Past past)
            throws SQLException {
        try {
            PastEvents.Part part = PastEvents.eraseRows(connection, month, after, batch, past);
            if (part.erased().all() > 0) {
                tell(connection, name, part.erased(), "rows");
            }
            connection.commit();
            if (part.erased().all() > 0) {
                done(name, part.erased());
            }
            return part;
        } finally {
            Rollback.of(connection);
        }
    }

    private void tell(Connection transaction, String month, ErasedEvents erased, String how) throws SQLException {
        Map<String, String> detail = Map.of(
                "critical", Long.toString(erased.critical()),
                "high", Long.toString(erased.high()),
                "routine", Long.toString(erased.routine()),
                "kept", kept.text(),
                "how", how);
        trail.add(transaction, Trail.Actor.SYSTEM, "events.erase", month, detail);
    }

    private void done(String month, ErasedEvents erased) {
        trail.committed();
        meters.erased(erased);
        LOG.info(
                "Events of {} erased: {} critical, {} high, {} routine",
                month,
                erased.critical(),
                erased.high(),
                erased.routine());
    }

    @Override
    public void close() {
        upkeep.close();
    }
}
