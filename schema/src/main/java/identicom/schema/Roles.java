package identicom.schema;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.postgresql.PGConnection;

/**
 * The roles the services work as, and the least each of them can do with: reading and writing the rows of its own schema, no
 * definitions, nothing in other schemas. What a schema's tables need less than that (append-only ones) its own migrations take away
 * again, in {@code <schema>.narrow_grants()}.
 */
public final class Roles {

    /** Reads serial, version and state in {@code fleet.units}, for stations; nothing else: not who carries a unit. */
    public static final String WHITELIST = "identicom_whitelist";

    /** Any number: serialises concurrent runs in one database cluster. */
    private static final long ROLE_LOCK = 0x1de7_71c0_0000_0001L;

    private Roles() {}

    /** Makes the role if it is not there; sets its password either way. */
    static void ensure(Connection connection, String role, String password) throws SQLException {
        connection.setAutoCommit(false);
        try (Statement statement = connection.createStatement()) {
            statement.execute("select pg_advisory_xact_lock(" + ROLE_LOCK + ")");
            if (!exists(connection, role)) {
                statement.execute(
                        "create role " + role + " login nosuperuser nocreatedb nocreaterole noinherit noreplication");
            }
            statement.execute("alter role " + role + " login");
            setPassword(connection, role, password);
            connection.commit();
        } finally {
            connection.rollback();
            connection.setAutoCommit(true);
        }
    }

    private static boolean exists(Connection connection, String role) throws SQLException {
        try (PreparedStatement query = connection.prepareStatement("select 1 from pg_roles where rolname = ?")) {
            query.setString(1, role);
            try (ResultSet rows = query.executeQuery()) {
                return rows.next();
            }
        }
    }

    /**
     * The server gets a SCRAM verifier, whatever it would make by itself: what it logs of this is not the password. With an empty one
     * nobody logs in.
     */
    private static void setPassword(Connection connection, String role, String password) throws SQLException {
        if (password.isEmpty()) {
            try (Statement statement = connection.createStatement()) {
                statement.execute("alter role " + role + " password null");
            }
            return;
        }
        connection.unwrap(PGConnection.class).alterUserPassword(role, password.toCharArray(), "scram-sha-256");
    }

    /** Gives the schema's role what it may do, and takes away anything else. */
    static void grant(Connection connection, DatabaseSchema schema) throws SQLException {
        String name = schema.schemaName();
        String role = schema.role();
        connection.setAutoCommit(false);
        try (Statement statement = connection.createStatement()) {
            for (String sql : List.of(
                    "select pg_advisory_xact_lock(" + ROLE_LOCK + ")",
                    "revoke all on schema " + name + " from public",
                    "revoke create on schema public from public",
                    "revoke all on all functions in schema " + name + " from public",
                    "revoke all on all tables in schema " + name + " from " + role,
                    "grant usage on schema " + name + " to " + role,
                    "grant select, insert, update, delete on all tables in schema " + name + " to " + role,
                    "grant usage, select on all sequences in schema " + name + " to " + role,
                    "grant execute on all functions in schema " + name + " to " + role,
                    "revoke insert, update, delete on " + name + ".schema_history from " + role)) {
                statement.execute(sql);
            }
            if (hasNarrowing(connection, name)) {
                statement.execute("revoke execute on function " + name + ".narrow_grants() from " + role);
                statement.execute("select " + name + ".narrow_grants()");
            }
            if (schema == DatabaseSchema.FLEET) {
                grantWhitelist(statement);
            }
            connection.commit();
        } finally {
            connection.rollback();
            connection.setAutoCommit(true);
        }
    }

    private static void grantWhitelist(Statement statement) throws SQLException {
        statement.execute("revoke all on all tables in schema fleet from " + WHITELIST);
        statement.execute("grant usage on schema fleet to " + WHITELIST);
        statement.execute("grant select (serial, version, state) on fleet.units to " + WHITELIST);
    }

    private static boolean hasNarrowing(Connection connection, String schema) throws SQLException {
        try (PreparedStatement query = connection.prepareStatement("select to_regprocedure(?) is not null")) {
            query.setString(1, schema + ".narrow_grants()");
            try (ResultSet row = query.executeQuery()) {
                row.next();
                return row.getBoolean(1);
            }
        }
    }
}
