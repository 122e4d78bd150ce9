package identicom.logservice.retention;

import identicom.logservice.audit.Trail;
import identicom.runtime.db.Rollback;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Sets, lifts and lists legal holds. A hold whose setting has returned is heeded by whatever is erased from then on. Setting waits for
 * the batch that is being erased, 5 s at most.
 */
public final class Holds {
    private static final String SELECT =
            "select ordinal, name, serial, from_at, to_at, reason, set_at, set_by, lifted_at,"
                    + " lifted_by, lift_reason from event_log.hold ";

    private final DataSource database;
    private final Trail trail;

    /** @param changed whether anything did: false where it was so already */
    public record Outcome(Hold hold, boolean changed) {}

    public Holds(DataSource database, Trail trail) {
        this.database = database;
        this.trail = trail;
    }

    /** Sets a hold, or finds the one of that name, which may be another one. */
    public Outcome set(String name, Hold.Wanted wanted, Trail.Actor actor) throws SQLException {
        String insert = "insert into event_log.hold (name, serial, from_at, to_at, reason, set_by)"
                + " values (?, ?, ?::timestamptz, ?::timestamptz, ?, ?) on conflict (name) do nothing";
        List<@Nullable Object> values = new ArrayList<>();
        values.add(name);
        values.add(wanted.serial());
        values.add(text(wanted.from()));
        values.add(text(wanted.to()));
        values.add(wanted.reason());
        values.add(actor.user());
        Map<String, String> detail = new TreeMap<>(Map.of("reason", wanted.reason()));
        detail.put("serial", wanted.serial() == null ? "every unit" : wanted.serial());
        detail.put("from", wanted.from() == null ? "" : wanted.from().toString());
        detail.put("to", wanted.to() == null ? "" : wanted.to().toString());
        return change(name, insert, values, actor, "hold.set", detail).orElseThrow();
    }

    /** Lifts a hold, which stays as it is where it was lifted before; empty: there is none of that name. */
    public Optional<Outcome> lift(String name, String reason, Trail.Actor actor) throws SQLException {
        String update = "update event_log.hold set lifted_at = clock_timestamp(), lifted_by = ?, lift_reason = ?"
                + " where name = ? and lifted_at is null";
        return change(name, update, List.of(actor.user(), reason, name), actor, "hold.lift", Map.of("reason", reason));
    }

    private Optional<Outcome> change(
            String name,
            String sql,
            List<? extends @Nullable Object> values,
            Trail.Actor actor,
            String action,
            Map<String, String> detail)
            throws SQLException {
        try (Connection connection = database.getConnection()) {
            connection.setAutoCommit(false);
            try {
                boolean changed;
                try (PreparedStatement statement = connection.prepareStatement(sql)) {
                    set(statement, values);
                    changed = statement.executeUpdate() == 1;
                }
                if (changed) {
                    trail.add(connection, actor, action, name, detail);
                }
                Optional<Hold> hold = read(connection, "where name = ?", List.of(name)).stream()
                        .findFirst();
                connection.commit();
                trail.committed();
                return hold.map(one -> new Outcome(one, changed));
            } finally {
                Rollback.of(connection);
            }
        }
    }

    /**
     * Holds, newest first.
     *
     * @param below only those whose ordinal is below
     * @param standing null: lifted ones, too
     */
    public List<Hold> list(long below, @Nullable Boolean standing, int limit) throws SQLException {
        String which = standing == null ? "" : standing ? " and lifted_at is null" : " and lifted_at is not null";
        try (Connection connection = database.getConnection()) {
            return read(
                    connection, "where ordinal < ?" + which + " order by ordinal desc limit ?", List.of(below, limit));
        }
    }

    private static List<Hold> read(Connection connection, String where, List<Object> values) throws SQLException {
        try (PreparedStatement query = connection.prepareStatement(SELECT + where)) {
            set(query, values);
            try (ResultSet rows = query.executeQuery()) {
                List<Hold> holds = new ArrayList<>();
                while (rows.next()) {
                    holds.add(new Hold(
                            rows.getLong(1),
                            rows.getString(2),
                            rows.getString(3),
                            instant(rows, 4),
                            instant(rows, 5),
                            rows.getString(6),
                            rows.getObject(7, OffsetDateTime.class).toInstant(),
                            rows.getString(8),
                            instant(rows, 9),
                            rows.getString(10),
                            rows.getString(11)));
                }
                return holds;
            }
        }
    }

    private static void set(PreparedStatement statement, List<? extends @Nullable Object> values) throws SQLException {
        for (int i = 0; i < values.size(); i++) {
            statement.setObject(i + 1, values.get(i));
        }
    }

    private static @Nullable Instant instant(ResultSet row, int column) throws SQLException {
        OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
        return time == null ? null : time.toInstant();
    }

    private static @Nullable String text(@Nullable Instant instant) {
        return instant == null ? null : instant.toString();
    }
}
