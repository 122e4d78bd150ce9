package identicom.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PostgresTest {
    /** Looks at nothing else for three seconds, not even whether its server is there. */
    private static final String BUSY =
            "do $$ begin while clock_timestamp() < current_setting('test.until')::timestamptz loop end loop; end $$";

    @TempDir
    Path folder;

    private Postgres.Options options() throws Exception {
        return Postgres.Options.in(folder)
                .withBinariesBelow(
                        Files.createDirectories(Path.of("target", "test-parts").toAbsolutePath()));
    }

    @Test
    void rowsSurviveKillingTheServerAndACleanRestart() throws Exception {
        Postgres server = Postgres.start(options());
        execute(server, "create table kept (n int)");
        execute(server, "insert into kept values (1)");
        server.kill();

        Postgres second = server.restart();
        assertThat(second.port()).isEqualTo(server.port());
        assertThat(number(second, "select count(*) from kept")).isEqualTo(1);
        second.close();
        assertThat(second.isAlive()).isFalse();

        try (Postgres third = Postgres.start(options())) {
            assertThat(number(third, "select count(*) from kept")).isEqualTo(1);
        }
    }

    @Test
    void whatAKilledServerStillHasAtWorkIsWaitedFor() throws Exception {
        Postgres server = Postgres.start(options());
        try (Connection connection = DriverManager.getConnection(server.jdbcUrl(), server.user(), server.password());
                Statement statement = connection.createStatement()) {
            statement.execute("select set_config('test.until', (clock_timestamp() + interval '3 s')::text, false)");
            Thread work = Thread.ofVirtual().start(() -> catchThrowable(() -> statement.execute(BUSY)));
            await().until(() -> number(server, "select count(*) from pg_stat_activity where query like 'do %'") == 1);
            server.kill();
            try (Postgres again = server.restart()) {
                assertThat(number(again, "select 1")).isEqualTo(1);
            }
            work.join();
        }
    }

    @Test
    void fsyncIsOnAndTheAccountIsBehindAPasswordThatOnlyTheOwnerReads() throws Exception {
        try (Postgres server = Postgres.start(options())) {
            assertThat(number(
                            server,
                            "select count(*) from pg_settings where name in ('fsync','synchronous_commit')"
                                    + " and setting = 'on'"))
                    .isEqualTo(2);
            assertThat(Files.getPosixFilePermissions(folder.resolve("password")))
                    .isEqualTo(PosixFilePermissions.fromString("rw-------"));
            assertThatThrownBy(() -> DriverManager.getConnection(server.jdbcUrl(), server.user(), "guess"))
                    .isInstanceOf(SQLException.class)
                    .hasMessageContaining("password authentication failed");
        }
    }

    @Test
    void aPidFileLeftByAProcessThatIsNoServerIsRemoved() throws Exception {
        Postgres.start(options()).close();
        Files.writeString(
                folder.resolve("data/postmaster.pid"), ProcessHandle.current().pid() + "\n");
        try (Postgres server = Postgres.start(options())) {
            assertThat(server.isAlive()).isTrue();
        }
    }

    @Test
    void aHalfMadeDataFolderIsMadeAnew() throws Exception {
        Files.createDirectories(folder.resolve("data.new/base"));
        try (Postgres server = Postgres.start(options())) {
            assertThat(number(server, "select 1")).isEqualTo(1);
        }
    }

    @Test
    void dataOfAnotherMajorVersionIsRefused() throws Exception {
        Files.createDirectories(folder.resolve("data"));
        Files.writeString(folder.resolve("data/PG_VERSION"), "16\n");
        assertThatThrownBy(() -> Postgres.start(options())).hasMessageContaining("16 (expected: 17)");
    }

    private static void execute(Postgres server, String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection(server.jdbcUrl(), server.user(), server.password());
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static int number(Postgres server, String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection(server.jdbcUrl(), server.user(), server.password());
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getInt(1);
        }
    }
}
