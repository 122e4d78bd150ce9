package identicom.runtime.db;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import com.zaxxer.hikari.HikariDataSource;
import identicom.runtime.config.Configuration;
import identicom.runtime.process.Metrics;
import identicom.testing.TestPostgres;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class DatabasesTest {
    private final Metrics metrics = new Metrics();

    @AfterEach
    void close() {
        metrics.close();
    }

    private HikariDataSource open(String url, String user, String password, Duration limit) {
        return Databases.open(
                "test",
                Configuration.of(
                        Map.of(
                                "database.test.url", url,
                                "database.test.user", user,
                                "database.test.password", password),
                        Databases.keys("test")),
                2,
                limit,
                metrics);
    }

    @Test
    void aPoolOpensWhileTheDatabaseIsAwayAndSaysSoQuickly() {
        try (HikariDataSource away = open("jdbc:postgresql://127.0.0.1:1/none", "u", "p", Duration.ofMinutes(1))) {
            long start = System.nanoTime();
            Throwable thrown = catchThrowable(away::getConnection);

            assertThat(thrown).isInstanceOf(SQLException.class);
            assertThat(DatabaseOutage.causes(thrown)).isTrue();
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(20));
        }
    }

    @Test
    void aStatementThatTakesTooLongIsGivenUpAndAWrongOneIsNoOutage() throws Exception {
        TestPostgres postgres = TestPostgres.shared();
        try (HikariDataSource pool =
                        open(postgres.jdbcUrl(), postgres.user(), postgres.password(), Duration.ofSeconds(3));
                Connection connection = await().ignoreExceptions().until(pool::getConnection, Objects::nonNull);
                Statement statement = connection.createStatement()) {
            Throwable wrong = catchThrowable(() -> statement.execute("select nothing from nowhere"));
            Throwable slow = catchThrowable(() -> statement.execute("select pg_sleep(300)"));

            assertThat(slow).isInstanceOf(SQLException.class);
            assertThat(DatabaseOutage.causes(slow)).isTrue();
            assertThat(wrong).isInstanceOf(SQLException.class);
            assertThat(DatabaseOutage.causes(new IllegalStateException(wrong))).isFalse();
            assertThat(metrics.scrape()).contains("hikaricp_connections_active{pool=\"database-test\"}");
        }
    }

    @Test
    void theServerGivesUpAClientWhoseMachineIsGoneWithinSeconds() throws Exception {
        TestPostgres postgres = TestPostgres.shared();
        try (HikariDataSource pool =
                        open(postgres.jdbcUrl(), postgres.user(), postgres.password(), Duration.ofSeconds(5));
                Connection connection = await().ignoreExceptions().until(pool::getConnection, Objects::nonNull)) {
            // as the server's socket has them
            assertThat(shown(connection, "tcp_keepalives_idle")).isEqualTo("5");
            assertThat(shown(connection, "tcp_keepalives_interval")).isEqualTo("2");
            assertThat(shown(connection, "tcp_keepalives_count")).isEqualTo("3");
            assertThat(shown(connection, "tcp_user_timeout")).isEqualTo("12000");
            assertThat(shown(connection, "statement_timeout")).isEqualTo("5s");
        }
    }

    private static String shown(Connection connection, String setting) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("show " + setting)) {
            row.next();
            return row.getString(1);
        }
    }
}
