package identicom.alertservice.journey;

import identicom.alertservice.store.DatabaseClock;
import identicom.alertservice.store.Reference;
import identicom.alertservice.store.Transactions;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * How fast people take up alerts of class critical, without tests and canaries. An alert that nobody has taken up counts as
 * not taken once 40 s have passed, and until then not at all. Days are days of UTC, by when the alert was raised.
 */
final class Statistics {

    static final Duration SOON = Duration.ofSeconds(10);
    static final Duration LATEST = Duration.ofSeconds(40);
    private static final int MONTHS = 12;
    private static final int SLOWEST = 20;

    record Day(LocalDate day, long alerts, long within10s, long within40s) {}

    /** @param share10s 0..1; null without alerts */
    record Year(
            long alerts,
            long within10s,
            long within40s,
            @Nullable Double share10s,
            @Nullable Double share40s) {}

    /** @param seconds until it was taken up, or until now */
    record Slow(UUID id, String reference, String kind, Instant raisedAt, double seconds) {}

    /** @param year the 12 months before {@code to} */
    record Figures(List<Day> days, Year year, List<Slow> slowest) {}

    private static final String COUNTS = """
            count(*) as alerts,
                   count(*) filter (where acknowledged_at <= raised_at + interval '10 seconds') as within10s,
                   count(*) filter (where acknowledged_at <= raised_at + interval '40 seconds') as within40s
              from alerts.journey
             where counted and raised_at >= ? and raised_at < ?
               and (acknowledged_at is not null or raised_at <= ?::timestamptz - interval '40 seconds')""";
    static final String DAYS =
            "select (raised_at at time zone 'UTC')::date as day, " + COUNTS + " group by 1 order by 1";
    static final String YEAR = "select " + COUNTS;
    static final String SLOW = """
            select a.id, a.number, a.kind, j.raised_at, extract(epoch from j.took) as seconds
              from (select alert_id, raised_at, coalesce(acknowledged_at, ?) - raised_at as took
                      from alerts.journey
                     where counted and raised_at >= ? and raised_at < ?
                       and (acknowledged_at is not null or raised_at <= ?::timestamptz - interval '40 seconds')
                     order by 3 desc limit 20) j
              join alerts.alert a on a.id = j.alert_id
             order by j.took desc""";

    private final Transactions transactions;
    private final DatabaseClock clock;

    Statistics(Transactions transactions, DatabaseClock clock) {
        this.transactions = transactions;
        this.clock = clock;
    }

    /** @param to null: now */
    Figures between(@Nullable Instant from, @Nullable Instant to, Duration usual) throws SQLException {
        return transactions.snapshot(tx -> {
            Instant now = clock.now(tx);
            Instant end = to == null ? now : to;
            Instant begin = from == null ? end.minus(usual) : from;
            return new Figures(days(tx, begin, end, now), year(tx, end, now), slowest(tx, begin, end, now));
        });
    }

    private static List<Day> days(Connection tx, Instant from, Instant to, Instant now) throws SQLException {
        List<Day> days = new ArrayList<>();
        try (PreparedStatement query = tx.prepareStatement(DAYS)) {
            set(query, from, to, now);
            try (ResultSet row = query.executeQuery()) {
                while (row.next()) {
                    days.add(new Day(
                            row.getObject("day", LocalDate.class),
                            row.getLong("alerts"),
                            row.getLong("within10s"),
                            row.getLong("within40s")));
                }
            }
        }
        return days;
    }

    private static Year year(Connection tx, Instant to, Instant now) throws SQLException {
        Instant from = to.atOffset(ZoneOffset.UTC).minusMonths(MONTHS).toInstant();
        try (PreparedStatement query = tx.prepareStatement(YEAR)) {
            set(query, from, to, now);
            try (ResultSet row = query.executeQuery()) {
                row.next();
                long alerts = row.getLong("alerts");
                long soon = row.getLong("within10s");
                long inTime = row.getLong("within40s");
                return new Year(alerts, soon, inTime, share(soon, alerts), share(inTime, alerts));
            }
        }
    }

    /** Rounded down to four places: 98.5 % is not said of less. */
    private static @Nullable Double share(long part, long whole) {
        return whole == 0 ? null : Math.floorDiv(part * 10_000, whole) / 10_000d;
    }

    private static List<Slow> slowest(Connection tx, Instant from, Instant to, Instant now) throws SQLException {
        List<Slow> slowest = new ArrayList<>(SLOWEST);
        try (PreparedStatement query = tx.prepareStatement(SLOW)) {
            set(query, now, from, to, now);
            try (ResultSet row = query.executeQuery()) {
                while (row.next()) {
                    slowest.add(new Slow(
                            row.getObject("id", UUID.class),
                            Reference.text(row.getLong("number")),
                            row.getString("kind"),
                            row.getObject("raised_at", OffsetDateTime.class).toInstant(),
                            Math.max(0, row.getDouble("seconds"))));
                }
            }
        }
        return slowest;
    }

    private static void set(PreparedStatement query, Instant... times) throws SQLException {
        for (int i = 0; i < times.length; i++) {
            query.setObject(i + 1, times[i].atOffset(ZoneOffset.UTC));
        }
    }
}
