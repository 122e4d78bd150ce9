package identicom.schema;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.MigrationInfo;
import org.flywaydb.core.api.MigrationInfoService;
import org.flywaydb.core.api.MigrationVersion;
import org.flywaydb.core.api.configuration.FluentConfiguration;
import org.flywaydb.core.api.output.MigrateResult;

/**
 * Brings the databases to the state that the services expect: schemas, tables, roles and what each role may do. Runs as the
 * databases' owner; the services themselves only ask for {@link #pending}.
 *
 * <p>Everything here can run again at any time: what exists stays, passwords become those given.
 *
 * <p>A program works on a schema that a newer one has migrated: what a migration adds an older program leaves alone. A migration that
 * an older program cannot bear says so in its name: {@code V12__needs_9_no_phone.sql} is borne by programs that know migration 9.
 */
public final class Migrations {

    private static final String HISTORY = "schema_history";

    /** As Flyway makes a description of a file's name. */
    private static final Pattern NEEDS = Pattern.compile("needs (\\d{1,6})\\b.*");

    private Migrations() {}

    /** A database, as the one who may create schemas and roles in it. */
    public record Admin(String url, String user, String password) {
        @Override
        public String toString() {
            return url + " as " + user;
        }
    }

    /**
     * What to migrate.
     *
     * @param databases where each schema stands; several schemas may name the same database, a schema that is left out is not touched
     * @param passwords of the roles of these schemas
     * @param whitelistPassword of {@link Roles#WHITELIST}, which reads which units there are in {@code fleet.units}
     */
    public record Plan(
            Map<DatabaseSchema, Admin> databases, Map<DatabaseSchema, String> passwords, String whitelistPassword) {
        public Plan {
            databases = Map.copyOf(databases);
            passwords = Map.copyOf(passwords);
            for (DatabaseSchema schema : databases.keySet()) {
                if (!passwords.containsKey(schema)) {
                    throw new IllegalArgumentException("no password for role " + schema.role());
                }
            }
        }

        /** Every schema in one database. */
        public static Plan oneDatabase(Admin admin, Map<DatabaseSchema, String> passwords, String whitelistPassword) {
            return new Plan(
                    Map.of(
                            DatabaseSchema.FLEET, admin,
                            DatabaseSchema.ALERTS, admin,
                            DatabaseSchema.EVENT_LOG, admin,
                            DatabaseSchema.MEDIA, admin),
                    passwords,
                    whitelistPassword);
        }

        @Override
        public String toString() {
            return databases.toString();
        }
    }

    /** Migrates what the plan names, schema by schema. {@code progress} gets a line of text for each. */
    public static void migrate(Plan plan, Consumer<String> progress) throws SQLException {
        for (DatabaseSchema schema : DatabaseSchema.values()) {
            Admin admin = plan.databases().get(schema);
            if (admin != null) {
                migrate(schema, admin, plan, progress);
            }
        }
    }

    private static void migrate(DatabaseSchema schema, Admin admin, Plan plan, Consumer<String> progress)
            throws SQLException {
        try (Connection connection = DriverManager.getConnection(admin.url(), admin.user(), admin.password())) {
            Roles.ensure(connection, schema.role(), plan.passwords().get(schema));
            if (schema == DatabaseSchema.FLEET) {
                Roles.ensure(connection, Roles.WHITELIST, plan.whitelistPassword());
            }
        }
        MigrateResult result = flyway(schema)
                .dataSource(admin.url(), admin.user(), admin.password())
                .load()
                .migrate();
        try (Connection connection = DriverManager.getConnection(admin.url(), admin.user(), admin.password())) {
            Roles.grant(connection, schema);
        }
        progress.accept("database schema " + schema.schemaName() + ": "
                + (result.migrationsExecuted == 0
                        ? "up to date"
                        : result.migrationsExecuted + " migrations done, now at " + result.targetSchemaVersion));
    }

    /**
     * What stands between a schema and the service that wants to use it: migrations not yet done, failed, or done by a newer program
     * and not to be borne by this one. Empty when it can be used. Works with the service's own role.
     *
     * @throws SQLException the database cannot be asked now
     */
    public static List<String> pending(DatabaseSchema schema, DataSource database) throws SQLException {
        try (Connection probe = database.getConnection()) {
            probe.isValid(5);
        }
        String name = "schema " + schema.schemaName() + ": ";
        List<String> problems = new ArrayList<>();
        try {
            State state = state(schema, database);
            state.undone()
                    .forEach(migration -> problems.add(
                            name + "migration " + migration + " is not done (expected: run ./identicom migrate)"));
            state.failed().forEach(migration -> problems.add(name + "migration " + migration + " failed"));
            state.unbearable()
                    .forEach(migration -> problems.add(name + "migration " + migration
                            + " is of a newer program, and this one is too old for it (expected: a program that knows"
                            + " the migration it needs)"));
        } catch (FlywayException e) {
            problems.add(name + e.getMessage());
        }
        return problems;
    }

    /**
     * How far a schema is from what this program needs; a migration is named as in {@code 7 (cleared)}.
     *
     * @param undone not done yet
     * @param failed begun, and failed
     * @param newer done by a newer program, which alone knows them; this one works on
     * @param unbearable done by a newer program, and this one does not know the migration that they need
     */
    public record State(List<String> undone, List<String> failed, List<String> newer, List<String> unbearable) {}

    /**
     * As {@link #pending}, told apart by what to do about it.
     *
     * @throws FlywayException the schema's history cannot be read
     */
    public static State state(DatabaseSchema schema, DataSource database) {
        MigrationInfoService info =
                flyway(schema).createSchemas(false).dataSource(database).load().info();
        List<String> undone = new ArrayList<>();
        List<String> failed = new ArrayList<>();
        List<String> newer = new ArrayList<>();
        List<String> unbearable = new ArrayList<>();
        MigrationVersion known = known(info);
        for (MigrationInfo migration : info.pending()) {
            undone.add(text(migration));
        }
        for (MigrationInfo migration : info.all()) {
            if (migration.getState().isFailed()) {
                failed.add(text(migration));
            } else if (migration.getState().isApplied() && !migration.getState().isResolved()) {
                (needed(migration).isNewerThan(known) ? unbearable : newer).add(text(migration));
            }
        }
        return new State(undone, failed, newer, unbearable);
    }

    /** The newest migration of this program. */
    private static MigrationVersion known(MigrationInfoService info) {
        return Arrays.stream(info.all())
                .filter(migration -> migration.getState().isResolved() && migration.isVersioned())
                .map(MigrationInfo::getVersion)
                .max(Comparator.naturalOrder())
                .orElse(MigrationVersion.EMPTY);
    }

    /** The migration that a program must know to work on what this one left. */
    private static MigrationVersion needed(MigrationInfo migration) {
        Matcher needs = NEEDS.matcher(migration.getDescription());
        return needs.matches() ? MigrationVersion.fromVersion(needs.group(1)) : MigrationVersion.EMPTY;
    }

    private static String text(MigrationInfo migration) {
        return migration.getVersion() + " (" + migration.getDescription() + ")";
    }

    private static FluentConfiguration flyway(DatabaseSchema schema) {
        return Flyway.configure(Migrations.class.getClassLoader())
                .locations("classpath:" + schema.migrations())
                .schemas(schema.schemaName())
                .defaultSchema(schema.schemaName())
                .table(HISTORY)
                .createSchemas(true)
                .cleanDisabled(true)
                .validateMigrationNaming(true)
                .failOnMissingLocations(true);
    }
}
