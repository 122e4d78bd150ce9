package identicom.standalone.doctor;

import identicom.schema.DatabaseSchema;
import identicom.schema.Migrations;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;
import org.flywaydb.core.api.FlywayException;

/**
 * One service's database: the log-in, the server, the schema.
 *
 * @param schema that must be migrated; empty for the whitelist, which is read from the schema of fleet-service
 * @param needed connections that the services looked at open on that server
 */
record DatabaseCheck(DatabaseAccess access, Optional<DatabaseSchema> schema, int needed, InstantSource clock)
        implements Check {
    private static final String UNDEFINED_TABLE = "42P01";
    private static final String NOT_ALLOWED = "42501";

    @Override
    public String subject() {
        return "database " + access.name();
    }

    @Override
    public List<Finding> find() {
        DataSource source;
        try {
            source = access.dataSource();
        } catch (IllegalArgumentException e) {
            return away(
                    "not an address of PostgreSQL: " + access.address(),
                    "jdbc:postgresql://HOST:PORT/DATABASE",
                    "correct " + access.key("url"));
        }
        List<Finding> found = new ArrayList<>();
        try (Connection connection = source.getConnection()) {
            found.add(Finding.ok(subject(), access + ": logged in"));
            found.addAll(new DatabaseRules(access.name(), needed).of(DatabaseFacts.read(connection, clock)));
            if (schema.isEmpty()) {
                found.add(whitelist(connection));
            }
        } catch (SQLException e) {
            return LogIn.refused(access, e);
        }
        schema.ifPresent(its -> found.addAll(migrations(its, source)));
        return found;
    }

    private List<Finding> migrations(DatabaseSchema its, DataSource source) {
        try {
            return SchemaRules.of(subject(), its, Migrations.state(its, source));
        } catch (FlywayException e) {
            return List.of(Finding.wrong(
                    subject() + ", schema " + its.schemaName(),
                    "its migrations cannot be read: " + e.getMessage(),
                    "a role that may read them",
                    migrateOr("user")));
        }
    }

    private List<Finding> away(String found, String expected, String advice) {
        return List.of(Finding.wrong(subject(), found, expected, advice), LogIn.rest(access));
    }

    private Finding whitelist(Connection connection) throws SQLException {
        String subject = subject() + ", fleet.units";
        try (Statement statement = connection.createStatement()) {
            statement.execute("select serial, version, state from fleet.units limit 1");
            return Finding.ok(subject, "may be read");
        } catch (SQLException e) {
            if (UNDEFINED_TABLE.equals(e.getSQLState())) {
                return Finding.wrong(subject, "not there", "the table of fleet-service", migrateOr("url"));
            }
            if (NOT_ALLOWED.equals(e.getSQLState())) {
                return Finding.wrong(subject, "may not be read", "a role that reads it", migrateOr("user"));
            }
            throw e;
        }
    }

    private String migrateOr(String what) {
        return "./identicom migrate, or correct " + access.key(what);
    }
}
