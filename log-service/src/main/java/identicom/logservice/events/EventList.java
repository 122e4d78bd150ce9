package identicom.logservice.events;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Reads the event log, newest stored first, a bounded part at a time. A part begins below a stored id: rows never change their id, so
 * each row that was there when the list began stands in exactly one part, whatever arrives meanwhile. No transaction stays open between
 * two parts.
 */
public final class EventList {
    private static final String COLUMNS = "stored_id, serial, log_id, sequence, type_code, type_name, class::text,"
            + " event_time, clock_set, accepted_at, late, latitude_e7, longitude_e7, battery, signal_dbm, trust::text,"
            + " station, software_version";

    private final DataSource database;

    public EventList(DataSource database) {
        this.database = database;
    }

    /**
     * Where a part begins.
     *
     * @param below stored ids of the part are smaller
     * @param began when the list's first part was read: its rows are told apart by the trust they had then
     */
    public record Place(long below, Instant began) {}

    /** The beginning of a list, by the database's clock. */
    public Place begin() throws SQLException {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("select clock_timestamp()")) {
            row.next();
            return new Place(Long.MAX_VALUE, instant(row, 1));
        }
    }

    /** At most {@code limit} events from {@code place} on. */
    public List<StoredEvent> read(EventFilter filter, Place place, int limit) throws SQLException {
        Conditions conditions = new Conditions(filter, place);
        String sql = "select " + COLUMNS + " from event_log.event where " + conditions.text()
                + " order by stored_id desc limit ?";
        try (Connection connection = database.getConnection();
                PreparedStatement query = connection.prepareStatement(sql)) {
            conditions.set(query);
            query.setInt(conditions.count() + 1, limit);
            try (ResultSet rows = query.executeQuery()) {
                List<StoredEvent> events = new ArrayList<>();
                while (rows.next()) {
                    events.add(event(rows));
                }
                return events;
            }
        }
    }

    private static StoredEvent event(ResultSet row) throws SQLException {
        return new StoredEvent(
                row.getLong(1),
                row.getString(2),
                row.getInt(3),
                row.getLong(4),
                row.getInt(5),
                row.getString(6),
                row.getString(7),
                instant(row, 8),
                row.getBoolean(9),
                instant(row, 10),
                row.getBoolean(11),
                integer(row, 12),
                integer(row, 13),
                integer(row, 14),
                integer(row, 15),
                row.getString(16),
                row.getString(17),
                row.getString(18));
    }

    private static @Nullable Integer integer(ResultSet row, int column) throws SQLException {
        int value = row.getInt(column);
        return row.wasNull() ? null : value;
    }

    private static Instant instant(ResultSet row, int column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }

    /** The where clause with its parameters. */
    private static final class Conditions {
        private final List<String> texts = new ArrayList<>();
        private final List<Object> parameters = new ArrayList<>();

        Conditions(EventFilter filter, Place place) {
            add("stored_id < ?", place.below());
            add("serial = ?", filter.serial());
            add("type_code = ?", filter.typeCode());
            add("class = ?::event_log.event_class", filter.eventClass());
            add("event_time >= ?", time(filter.from()));
            add("event_time < ?", time(filter.to()));
            if (filter.trust() != null) {
                trust(filter.trust(), place);
            }
        }

        /** By the trust at the list's beginning; the first line of the unverified is the condition of their index. */
        private void trust(String trust, Place place) {
            switch (trust) {
                case "unverified" -> {
                    texts.add("(trust = 'unverified' or trust_raised_at is not null)");
                    add("(trust = 'unverified' or trust_raised_at > ?)", time(place.began()));
                }
                case "whitelisted" -> {
                    texts.add("trust = 'whitelisted'");
                    add("(trust_raised_at is null or trust_raised_at <= ?)", time(place.began()));
                }
                default -> texts.add("false");
            }
        }

        private void add(String text, @Nullable Object parameter) {
            if (parameter != null) {
                texts.add(text);
                parameters.add(parameter);
            }
        }

        private static @Nullable OffsetDateTime time(@Nullable Instant instant) {
            return instant == null ? null : instant.atOffset(ZoneOffset.UTC);
        }

        String text() {
            return String.join(" and ", texts);
        }

        int count() {
            return parameters.size();
        }

        void set(PreparedStatement query) throws SQLException {
            for (int i = 0; i < parameters.size(); i++) {
                query.setObject(i + 1, parameters.get(i));
            }
        }
    }
}
