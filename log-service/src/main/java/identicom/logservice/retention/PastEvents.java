package identicom.logservice.retention;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Types;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Asks the database's functions to erase. They alone may, they look after holds, and they refuse what is too young; each call is a
 * statement of the transaction of whoever calls.
 */
final class PastEvents {
    private PastEvents() {}

    /**
     * A month as it was read.
     *
     * @param kept events that have to stay
     * @param completeTo stored id up to which everything had been read
     * @param holds how many holds there were, lifted ones included
     */
    record Reading(long kept, ErasedEvents past, long completeTo, long holds) {}

    /** @param lookedTo the highest stored id that was looked at; null: there was none */
    record Part(@Nullable Long lookedTo, ErasedEvents erased) {}

    /** The months that have a partition, oldest first. */
    static List<YearMonth> months(Connection connection) throws SQLException {
        List<YearMonth> months = new ArrayList<>();
        try (Statement query = connection.createStatement();
                ResultSet rows = query.executeQuery("select * from event_log.months()")) {
            while (rows.next()) {
                months.add(YearMonth.from(rows.getObject(1, LocalDate.class)));
            }
        }
        return months;
    }

    static Reading read(Connection connection, YearMonth month, KeptMonths.Past past) throws SQLException {
        try (PreparedStatement read =
                connection.prepareStatement("select kept, critical, high, routine, complete_to, holds"
                        + " from event_log.past_of_month(?, ?, ?, ?)")) {
            read.setObject(1, month.atDay(1));
            set(read, 2, past);
            try (ResultSet row = read.executeQuery()) {
                row.next();
                return new Reading(row.getLong(1), erased(row, 2), row.getLong(5), row.getLong(6));
            }
        }
    }

    /** @return whether the month was dropped: not when something came since it was read, or it is of the last year */
    static boolean drop(Connection connection, YearMonth month, Reading reading, KeptMonths.Past past)
            throws SQLException {
        try (PreparedStatement drop = connection.prepareStatement("select event_log.drop_month(?, ?, ?, ?, ?, ?)")) {
            drop.setObject(1, month.atDay(1));
            drop.setLong(2, reading.completeTo());
            drop.setLong(3, reading.holds());
            set(drop, 4, past);
            try (ResultSet row = drop.executeQuery()) {
                row.next();
                return row.getBoolean(1);
            }
        }
    }

    /** @param month null: the default partition */
    static Part eraseRows(Connection connection, @Nullable YearMonth month, long after, int most, KeptMonths.Past past)
            throws SQLException {
        try (PreparedStatement erase = connection.prepareStatement(
                "select looked_to, critical, high, routine from event_log.erase_rows(?::date, ?, ?, ?, ?, ?)")) {
            erase.setObject(1, month == null ? null : month.atDay(1).toString());
            erase.setLong(2, after);
            erase.setInt(3, most);
            set(erase, 4, past);
            try (ResultSet row = erase.executeQuery()) {
                row.next();
                return new Part(row.getObject(1, Long.class), erased(row, 2));
            }
        }
    }

    private static void set(PreparedStatement statement, int first, KeptMonths.Past past) throws SQLException {
        statement.setObject(first, time(past.critical()), Types.TIMESTAMP_WITH_TIMEZONE);
        statement.setObject(first + 1, time(past.high()), Types.TIMESTAMP_WITH_TIMEZONE);
        statement.setObject(first + 2, time(past.routine()), Types.TIMESTAMP_WITH_TIMEZONE);
    }

    private static @Nullable Object time(@Nullable Instant instant) {
        return instant == null ? null : instant.atOffset(ZoneOffset.UTC);
    }

    private static ErasedEvents erased(ResultSet row, int first) throws SQLException {
        return new ErasedEvents(row.getLong(first), row.getLong(first + 1), row.getLong(first + 2));
    }
}
