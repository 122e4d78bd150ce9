package identicom.logservice.events;

import identicom.runtime.process.Health;
import identicom.runtime.process.Metrics;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes the event log's month partitions before they are needed: a year back, so that a gap closes, and as far ahead as configured.
 * Rows that wait in the default partition move when their month is made. Looks at the start and every hour, and a minute after a
 * failure; whichever instance holds the advisory lock does it, the others leave it to that one. One thread.
 */
public final class Months implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Months.class);
    private static final int MONTHS_BACK = 12;
    private static final Duration PERIOD = Duration.ofHours(1);
    private static final Duration AFTER_FAILURE = Duration.ofMinutes(1);
    private static final String TURN = "select pg_try_advisory_lock(hashtextextended('event_log.months', 0))";
    private static final String TURN_OVER = "select pg_advisory_unlock(hashtextextended('event_log.months', 0))";

    private final DataSource database;
    private final int monthsAhead;
    private final Clock clock;
    private final LogMeters meters;
    private final Health.Component state;
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("event-log-months").factory());

    public Months(DataSource database, int monthsAhead, Clock clock, Health health, Metrics metrics) {
        this.database = database;
        this.monthsAhead = monthsAhead;
        this.clock = clock;
        this.meters = new LogMeters(metrics);
        this.state = health.register("event-log months", false);
    }

    public void start() {
        thread.execute(this::turn);
    }

    private void turn() {
        Duration next = PERIOD;
        try {
            makeMissing();
            state.up();
        } catch (SQLException | RuntimeException e) {
            next = AFTER_FAILURE;
            state.down(e.toString());
            LOG.warn("Months could not be made, next try in {} s: {}", next.toSeconds(), e.toString());
        }
        if (!thread.isShutdown()) {
            thread.schedule(this::turn, next.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    /** Makes what is missing now, each month in a transaction of its own. @return how many were made here */
    int makeMissing() throws SQLException {
        int made = 0;
        try (Connection connection = database.getConnection()) {
            if (!yes(connection, TURN)) {
                return 0;
            }
            try {
                for (LocalDate month : missing(connection)) {
                    made += make(connection, month);
                }
            } finally {
                yes(connection, TURN_OVER);
            }
        }
        return made;
    }

    private List<LocalDate> missing(Connection connection) throws SQLException {
        YearMonth now = YearMonth.now(clock.withZone(ZoneOffset.UTC));
        List<LocalDate> months = new ArrayList<>();
        try (PreparedStatement query = connection.prepareStatement("select * from event_log.missing_months(?, ?)")) {
            query.setObject(1, now.minusMonths(MONTHS_BACK).atDay(1));
            query.setObject(2, now.plusMonths(monthsAhead).atDay(1));
            try (ResultSet rows = query.executeQuery()) {
                while (rows.next()) {
                    months.add(rows.getObject(1, LocalDate.class));
                }
            }
        }
        return months;
    }

    private int make(Connection connection, LocalDate month) throws SQLException {
        try (PreparedStatement make = connection.prepareStatement("select event_log.make_month(?)")) {
            make.setObject(1, month);
            try (ResultSet row = make.executeQuery()) {
                row.next();
                long moved = row.getLong(1);
                if (row.wasNull()) {
                    return 0;
                }
                meters.moved(moved);
                LOG.info("Partition of {} made; {} rows moved into it", YearMonth.from(month), moved);
                return 1;
            }
        }
    }

    private static boolean yes(Connection connection, String question) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(question)) {
            row.next();
            return row.getBoolean(1);
        }
    }

    @Override
    public void close() {
        thread.shutdownNow();
        try {
            if (!thread.awaitTermination(10, TimeUnit.SECONDS)) {
                LOG.warn("Making months did not end within 10 s");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
