package identicom.runtime.db;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.zaxxer.hikari.HikariDataSource;
import identicom.runtime.config.Configuration;
import identicom.runtime.process.Metrics;
import identicom.testing.TestAuthority;
import identicom.testing.TestPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A URL with {@code sslmode=verify-full} as the operations pages have it, against a server with real certificates. */
class DatabaseTlsTest {
    @TempDir
    static Path folder;

    private static TestPostgres server;
    private static TestAuthority authority;

    @BeforeAll
    static void start() {
        server = TestPostgres.start();
        authority = new TestAuthority(folder.resolve("authority"));
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void aServerIsBelievedByItsAuthorityAndItsName() throws Exception {
        show(authority.signs("ip:127.0.0.1"));
        assertThat(speaksTls(authority)).isTrue();

        TestAuthority another = new TestAuthority(folder.resolve("another"));
        refused(another, "PKIX path");

        show(authority.signs("dns:elsewhere.example"));
        refused(authority, "hostname");
    }

    private static void refused(TestAuthority trusted, String why) {
        await().untilAsserted(() -> assertThatThrownBy(() -> speaksTls(trusted))
                .hasStackTraceContaining(why)
                .isInstanceOf(SQLException.class));
    }

    private static boolean speaksTls(TestAuthority trusted) throws SQLException {
        Configuration configuration = Configuration.of(
                Map.of(
                        "database.fleet.url",
                        server.jdbcUrl() + "?sslmode=verify-full&sslrootcert=" + trusted.certificate(),
                        "database.fleet.user",
                        server.user(),
                        "database.fleet.password",
                        server.password()),
                Databases.keys("fleet"));
        try (Metrics metrics = new Metrics();
                HikariDataSource pool = Databases.open("fleet", configuration, 1, metrics);
                Connection connection = pool.getConnection();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("select ssl from pg_stat_ssl where pid = pg_backend_pid()")) {
            row.next();
            return row.getBoolean(1);
        }
    }

    /** From the next connection on the server shows this certificate. It reads the files by itself, as whoever it runs as. */
    private static void show(TestAuthority.Signed signed) throws Exception {
        try (Connection connection = DriverManager.getConnection(server.jdbcUrl(), server.user(), server.password());
                Statement statement = connection.createStatement()) {
            write(statement, signed.chain(), "server.crt");
            write(statement, signed.key(), "server.key");
            statement.execute("alter system set ssl = on");
            statement.execute("select pg_reload_conf()");
        }
        await().until(() -> shown(signed));
    }

    private static void write(Statement statement, Path from, String to) throws SQLException, IOException {
        statement.execute("copy (select string_to_table('"
                + Files.readString(from).strip() + "', E'\\n')) to program 'umask 077; cat > " + to + "'");
    }

    private static boolean shown(TestAuthority.Signed signed) throws Exception {
        try (Connection connection = DriverManager.getConnection(
                        server.jdbcUrl() + "?sslmode=require", server.user(), server.password());
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("select pg_read_file('server.crt')")) {
            row.next();
            return row.getString(1)
                    .strip()
                    .equals(Files.readString(signed.chain()).strip());
        } catch (SQLException notYet) {
            return false;
        }
    }
}
