package identicom.fleetservice.users;

import identicom.runtime.http.Role;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The table {@code fleet.users}. */
final class Users {
    /** Keeps two instances from making the first user at once, and the last administrator from going twice. */
    private static final long LOCK = 0x1D_05E5L;

    private static final String SELECT =
            "select name, role, password_hash, revoked_until, changed_at, changed_by from fleet.users where name = ?";

    private static final String UPSERT = """
            insert into fleet.users (name, role, password_hash, revoked_until, changed_at, changed_by)
            values (?, ?, ?, ?, ?, ?)
            on conflict (name) do update
            set role = excluded.role, password_hash = excluded.password_hash, revoked_until = excluded.revoked_until,
                changed_at = excluded.changed_at, changed_by = excluded.changed_by""";

    /**
     * A user.
     *
     * @param revokedUntil tokens issued up to this are revoked; null: none is
     */
    record User(
            String name,
            Role role,
            String passwordHash,
            @Nullable Instant revokedUntil,
            Instant changedAt,
            String changedBy) {
        /** Names the user without the password's hash. */
        @Override
        public String toString() {
            return "User[" + name + ", " + role.text() + "]";
        }
    }

    private Users() {}

    static Optional<User> find(Connection connection, String name) throws SQLException {
        return select(connection, SELECT, name);
    }

    /** The user as they are until the transaction's end. */
    static Optional<User> findUnchanging(Connection tx, String name) throws SQLException {
        return select(tx, SELECT + " for share", name);
    }

    /** One change of users at a time. */
    static void lock(Connection tx) throws SQLException {
        try (Statement statement = tx.createStatement()) {
            statement.execute("select pg_advisory_xact_lock(" + LOCK + ")");
        }
    }

    static boolean none(Connection connection) throws SQLException {
        return count(connection, "select count(*) from fleet.users") == 0;
    }

    static boolean onlyAdministratorIs(Connection connection, String name) throws SQLException {
        Optional<User> user = find(connection, name);
        return user.isPresent()
                && user.get().role() == Role.ADMINISTRATOR
                && count(connection, "select count(*) from fleet.users where role = 'administrator'") == 1;
    }

    static void put(Connection tx, User user) throws SQLException {
        try (PreparedStatement upsert = tx.prepareStatement(UPSERT)) {
            upsert.setString(1, user.name());
            upsert.setString(2, user.role().text());
            upsert.setString(3, user.passwordHash());
            upsert.setTimestamp(4, user.revokedUntil() == null ? null : Timestamp.from(user.revokedUntil()));
            upsert.setTimestamp(5, Timestamp.from(user.changedAt()));
            upsert.setString(6, user.changedBy());
            upsert.executeUpdate();
        }
    }

    private static Optional<User> select(Connection connection, String sql, String name) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(sql)) {
            select.setString(1, name);
            try (ResultSet row = select.executeQuery()) {
                return row.next() ? Optional.of(user(row)) : Optional.empty();
            }
        }
    }

    private static User user(ResultSet row) throws SQLException {
        Timestamp revokedUntil = row.getTimestamp(4);
        return new User(
                row.getString(1),
                Role.of(row.getString(2)).orElseThrow(),
                row.getString(3),
                revokedUntil == null ? null : revokedUntil.toInstant(),
                row.getTimestamp(5).toInstant(),
                row.getString(6));
    }

    private static long count(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return row.getLong(1);
        }
    }
}
