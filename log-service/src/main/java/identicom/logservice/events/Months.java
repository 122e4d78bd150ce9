package identicom.logservice.events;

import identicom.logservice.upkeep.Upkeep;
import identicom.runtime.process.Health;
import identicom.runtime.process.Metrics;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
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
    private static final Upkeep.Plan PLAN = new Upkeep.Plan("months", Duration.ofHours(1), Duration.ofMinutes(1));

    private final int monthsAhead;
    private final Clock clock;
    private final LogMeters meters;
    private final Upkeep upkeep;

    public Months(DataSource database, int monthsAhead, Clock clock, Health health, Metrics metrics) {
        this.monthsAhead = monthsAhead;
        this.clock = clock;
        this.meters = new LogMeters(metrics);
        this.upkeep = new Upkeep(PLAN, database, health);
    }

    public void start() {
        upkeep.start(this::makeMissing);
    }

    /** Makes what is missing now, each month in a transaction of its own. @return how many were made here */
    int makeMissing() throws SQLException {
        return upkeep.alone(0, this::makeMissing);
    }

    private int makeMissing(Connection connection) throws SQLException {
        int made = 0;
        for (LocalDate month : missing(connection)) {
            made += make(connection, month);
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

    @Override
    public void close() {
        upkeep.close();
    }
}
