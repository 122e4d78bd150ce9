package identicom.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import identicom.embedded.Postgres;
import identicom.schema.Migrations.Admin;
import identicom.schema.Migrations.Plan;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.postgresql.ds.PGSimpleDataSource;

/** What migrating leaves behind, and what each role can and cannot do then, on a real PostgreSQL. */
class MigrationsTest {
    private static final String NOT_ALLOWED = "42501";
    private static final String WRONG_PASSWORD = "28P01";

    private static Postgres server;
    private static Path serverFolder;
    private static Plan plan;

    @BeforeAll
    static void migrateOnce() throws Exception {
        Path parts = Files.createDirectories(Path.of("target", "test-parts"));
        serverFolder = Files.createTempDirectory(parts, "postgres-");
        server = Postgres.start(Postgres.Options.in(serverFolder).withBinariesBelow(parts));
        plan = planFor("one", "first");
        Migrations.migrate(plan, line -> {});
    }

    @AfterAll
    static void stop() throws Exception {
        server.close();
    }

    private static Plan planFor(String database, String passwords) throws SQLException {
        return Plan.oneDatabase(newDatabase(database), passwords(passwords), passwords + "-whitelist");
    }

    private static Admin newDatabase(String name) throws SQLException {
        Admin admin = new Admin(server.jdbcUrl(), server.user(), server.password());
        try (Connection connection = connect(admin)) {
            execute(connection, "create database " + name);
        }
        return new Admin(server.jdbcUrl(name), server.user(), server.password());
    }

    private static Map<DatabaseSchema, String> passwords(String prefix) {
        Map<DatabaseSchema, String> passwords = new EnumMap<>(DatabaseSchema.class);
        for (DatabaseSchema schema : DatabaseSchema.values()) {
            passwords.put(schema, prefix + "'" + schema.schemaName());
        }
        return passwords;
    }

    private static Connection connect(Admin admin) throws SQLException {
        return DriverManager.getConnection(admin.url(), admin.user(), admin.password());
    }

    private static Connection as(DatabaseSchema schema) throws SQLException {
        String url = plan.databases().get(schema).url();
        return DriverManager.getConnection(url, schema.role(), plan.passwords().get(schema));
    }

    private static Connection asWhitelist() throws SQLException {
        String url = plan.databases().get(DatabaseSchema.FLEET).url();
        return DriverManager.getConnection(url, Roles.WHITELIST, plan.whitelistPassword());
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static void assertNotAllowed(ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo(NOT_ALLOWED));
    }

    private static PGSimpleDataSource dataSource(String url, String user, String password) {
        PGSimpleDataSource dataSource = new PGSimpleDataSource();
        dataSource.setUrl(url);
        dataSource.setUser(user);
        dataSource.setPassword(password);
        return dataSource;
    }

    @Test
    void aSecondRunDoesNothing() throws Exception {
        List<String> lines = new ArrayList<>();
        Migrations.migrate(plan, lines::add);
        assertThat(lines).hasSize(DatabaseSchema.values().length).allMatch(line -> line.endsWith("up to date"));
    }

    @ParameterizedTest
    @EnumSource(DatabaseSchema.class)
    void aServiceSeesThatNothingIsPending(DatabaseSchema schema) throws Exception {
        PGSimpleDataSource own = dataSource(
                plan.databases().get(schema).url(),
                schema.role(),
                plan.passwords().get(schema));
        assertThat(Migrations.pending(schema, own)).isEmpty();
    }

    @Test
    void anEmptyDatabaseSaysWhatIsPending() throws Exception {
        Admin empty = newDatabase("empty");
        PGSimpleDataSource own = dataSource(empty.url(), empty.user(), empty.password());
        assertThat(Migrations.pending(DatabaseSchema.EVENT_LOG, own))
                .isNotEmpty()
                .first()
                .asString()
                .contains("schema event_log", "is not done", "identicom migrate");
    }

    @ParameterizedTest
    @CsvSource({
        "of tomorrow, ",
        "needs 2 no wearer, ",
        "needs 90 no wearer, migration 99 (needs 90 no wearer) is of a newer program",
        "needs 99 no wearer, migration 99 (needs 99 no wearer) is of a newer program"
    })
    void aProgramWorksOnWhatANewerOneMigratedUnlessThatNeedsMoreThanItKnows(String description, String problem)
            throws Exception {
        Admin later = newDatabase("later_" + description.replace(' ', '_'));
        Plan fleet = new Plan(Map.of(DatabaseSchema.FLEET, later), passwords("first"), "first-whitelist");
        Migrations.migrate(fleet, line -> {});
        try (Connection owner = connect(later)) {
            execute(owner, """
                    insert into fleet.schema_history
                           (installed_rank, version, description, type, script, installed_by, execution_time, success)
                    values (99, '99', '%1$s', 'SQL', 'V99__%1$s.sql', 'x', 1, true)""".formatted(description));
        }

        List<String> problems =
                Migrations.pending(DatabaseSchema.FLEET, dataSource(later.url(), later.user(), later.password()));

        assertThat(String.join("\n", problems)).contains(problem == null ? "" : problem);
        assertThat(problems).hasSize(problem == null ? 0 : 1);
    }

    @Test
    void anOlderProgramMigratesASchemaThatIsNewerAndLeavesItSo() throws Exception {
        Admin later = newDatabase("later");
        Plan fleet = new Plan(Map.of(DatabaseSchema.FLEET, later), passwords("first"), "first-whitelist");
        Migrations.migrate(fleet, line -> {});
        try (Connection owner = connect(later)) {
            execute(owner, "alter table fleet.units add column tomorrows text");
            execute(owner, """
                    insert into fleet.schema_history
                           (installed_rank, version, description, type, script, installed_by, execution_time, success)
                    values (99, '99', 'of tomorrow', 'SQL', 'V99__of_tomorrow.sql', 'x', 1, true)""");
            List<String> lines = new ArrayList<>();

            Migrations.migrate(fleet, lines::add);

            assertThat(lines).singleElement().asString().endsWith("up to date");
            execute(owner, "select tomorrows from fleet.units");
        }
    }

    @Test
    void eachServiceCanHaveADatabaseOfItsOwnAndPasswordsAreAltered() throws Exception {
        Map<DatabaseSchema, Admin> databases = new EnumMap<>(DatabaseSchema.class);
        for (DatabaseSchema schema : DatabaseSchema.values()) {
            databases.put(schema, newDatabase("own_" + schema.schemaName()));
        }
        Plan apart = new Plan(databases, passwords("second"), "second-whitelist");
        Migrations.migrate(apart, line -> {});
        Plan before = plan;
        plan = apart;
        try {
            for (DatabaseSchema schema : DatabaseSchema.values()) {
                try (Connection own = as(schema)) {
                    execute(own, "select count(*) from " + schema.schemaName() + ".outbox");
                }
            }
            assertThatThrownBy(() -> DriverManager.getConnection(
                            before.databases().get(DatabaseSchema.FLEET).url(),
                            DatabaseSchema.FLEET.role(),
                            before.passwords().get(DatabaseSchema.FLEET)))
                    .isInstanceOfSatisfying(
                            SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo(WRONG_PASSWORD));
        } finally {
            plan = before;
            Migrations.migrate(before, line -> {});
        }
    }

    @Test
    void aServerThatLogsEachStatementDoesNotSeeAPassword() throws Exception {
        Admin talkative = newDatabase("talkative");
        try (Connection owner = connect(talkative)) {
            execute(owner, "alter database talkative set log_statement = 'all'");
        }

        Migrations.migrate(
                new Plan(Map.of(DatabaseSchema.FLEET, talkative), passwords("first"), "first-whitelist"), line -> {});

        await("the last statement is in the log")
                .until(() -> serverLog().contains("fleet.units to " + Roles.WHITELIST));
        assertThat(serverLog())
                .containsPattern("(?i)alter user .?identicom_fleet.? password 'SCRAM-SHA-256\\$")
                .containsPattern("(?i)alter user .?identicom_whitelist.? password 'SCRAM-SHA-256\\$")
                .doesNotContain("first'fleet", "first''fleet", "first-whitelist");
    }

    private static String serverLog() throws IOException {
        StringBuilder log = new StringBuilder();
        try (Stream<Path> files = Files.list(serverFolder.resolve("data").resolve("log"))) {
            for (Path file : files.toList()) {
                log.append(Files.readString(file));
            }
        }
        return log.toString();
    }

    @ParameterizedTest
    @EnumSource(DatabaseSchema.class)
    void aRoleWritesAndReadsItsOutbox(DatabaseSchema schema) throws Exception {
        String outbox = schema.schemaName() + ".outbox";
        try (Connection own = as(schema)) {
            execute(own, "insert into " + outbox + " (topic, clusters, key) values ('t', 'both', 'k')");
            execute(own, "update " + outbox + " set clusters = 'main'");
            execute(own, "delete from " + outbox);
        }
    }

    @ParameterizedTest
    @EnumSource(DatabaseSchema.class)
    void aRoleReachesNoOtherSchemaAndDefinesNothing(DatabaseSchema schema) throws Exception {
        try (Connection own = as(schema)) {
            for (DatabaseSchema other : Arrays.stream(DatabaseSchema.values())
                    .filter(s -> s != schema)
                    .toList()) {
                assertNotAllowed(() -> execute(own, "select * from " + other.schemaName() + ".outbox"));
            }
            assertNotAllowed(() -> execute(own, "create table " + schema.schemaName() + ".mine (a int)"));
            assertNotAllowed(() -> execute(own, "create table public.mine (a int)"));
            assertNotAllowed(() -> execute(own, "drop table " + schema.schemaName() + ".outbox"));
            assertNotAllowed(() -> execute(own, "truncate " + schema.schemaName() + ".outbox"));
            assertNotAllowed(() -> execute(own, "delete from " + schema.schemaName() + ".schema_history"));
            assertNotAllowed(() -> execute(own, "create role intruder"));
            assertNotAllowed(() -> execute(own, "create schema intruder"));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "update event_log.event set trust = 'whitelisted'",
                "delete from event_log.event",
                "truncate event_log.event",
                "update event_log.event_default set late = true",
                "delete from event_log.event_default",
                "insert into event_log.event_default select * from event_log.event",
                "drop table event_log.event_default",
                "alter table event_log.event detach partition event_log.event_default",
                "update event_log.audit set who = 'nobody'",
                "delete from event_log.audit",
                "truncate event_log.audit",
                "delete from event_log.hold",
                "update event_log.hold set reason = 'another'",
                "update event_log.hold set to_at = now()",
                "select event_log.narrow_grants()"
            })
    void theEventLogIsAppendOnlyForItsService(String sql) throws Exception {
        try (Connection own = as(DatabaseSchema.EVENT_LOG)) {
            assertNotAllowed(() -> execute(own, sql));
        }
    }

    @Test
    void theGrantsStayNarrowOverPartitionsMadeLaterAndFurtherRuns() throws Exception {
        try (Connection own = as(DatabaseSchema.EVENT_LOG)) {
            execute(own, "select event_log.make_month(date '2060-05-01')");
            Migrations.migrate(plan, line -> {});
            assertNotAllowed(() -> execute(own, "delete from event_log.event_2060_05"));
            assertNotAllowed(() -> execute(own, "select * from event_log.event_2060_05"));
            execute(own, "select * from event_log.event");
        }
    }

    @Test
    void aMonthIsMadeOnlyForTheFirstDayOfOne() throws Exception {
        try (Connection own = as(DatabaseSchema.EVENT_LOG)) {
            assertThatThrownBy(() -> execute(own, "select event_log.make_month(date '2060-07-02')"))
                    .hasMessageContaining("expected: the first day of a month");
        }
    }

    @Test
    void theWhitelistRoleReadsWhichUnitsThereAreAndDoesNothingElse() throws Exception {
        try (Connection own = asWhitelist()) {
            assertThatCode(() -> execute(own, "select serial, version, state from fleet.units"))
                    .doesNotThrowAnyException();
            assertNotAllowed(() -> execute(own, "select wearer from fleet.units"));
            assertNotAllowed(() -> execute(own, "select phone from fleet.units"));
            assertNotAllowed(() -> execute(own, "select * from fleet.units"));
            assertNotAllowed(() -> execute(own, "update fleet.units set state = 'commissioned'"));
            assertNotAllowed(() -> execute(own, "delete from fleet.units"));
            assertNotAllowed(() -> execute(own, "insert into fleet.units select * from fleet.units"));
            assertNotAllowed(() -> execute(own, "select * from fleet.outbox"));
            assertNotAllowed(() -> execute(own, "select * from event_log.event"));
            assertNotAllowed(() -> execute(own, "select * from fleet.schema_history"));
        }
    }

    @Test
    void whatTheWhitelistRoleOnceMightReadIsTakenAway() throws Exception {
        try (Connection owner = connect(plan.databases().get(DatabaseSchema.FLEET));
                Connection own = asWhitelist()) {
            execute(owner, "grant select on fleet.units to " + Roles.WHITELIST);
            execute(own, "select phone from fleet.units");

            Migrations.migrate(plan, line -> {});

            assertNotAllowed(() -> execute(own, "select phone from fleet.units"));
            execute(own, "select version, state from fleet.units where serial = 'A'");
        }
    }
}
