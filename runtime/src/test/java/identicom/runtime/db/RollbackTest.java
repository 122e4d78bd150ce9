package identicom.runtime.db;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariDataSource;
import identicom.testing.TestPostgres;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Test;

class RollbackTest {
    private static HikariDataSource pool() {
        TestPostgres postgres = TestPostgres.shared();
        HikariDataSource pool = new HikariDataSource();
        pool.setJdbcUrl(postgres.jdbcUrl());
        pool.setUsername(postgres.user());
        pool.setPassword(postgres.password());
        pool.setMaximumPoolSize(1);
        return pool;
    }

    private static void insert(Connection transaction, String then) throws SQLException {
        transaction.setAutoCommit(false);
        try (Statement statement = transaction.createStatement()) {
            statement.execute("create table taken_back (id int)");
            statement.execute(then);
        } finally {
            Rollback.of(transaction);
        }
    }

    @Test
    void whatWasNotCommittedIsTakenBack() throws SQLException {
        try (HikariDataSource pool = pool();
                Connection connection = pool.getConnection()) {
            insert(connection, "select 1");
            try (Statement statement = connection.createStatement();
                    var row = statement.executeQuery("select to_regclass('taken_back') is null")) {
                row.next();
                assertThat(row.getBoolean(1)).isTrue();
            }
        }
    }

    @Test
    void aConnectionLostInMidTransactionIsAnOutageAndNothingElse() throws SQLException {
        try (HikariDataSource pool = pool();
                Connection connection = pool.getConnection()) {
            assertThatThrownBy(() -> insert(connection, "select pg_terminate_backend(pg_backend_pid())"))
                    .matches(DatabaseOutage::causes);
        }
    }

    @Test
    void whatWentWrongBeforeIsToldOfALostConnection() throws SQLException {
        try (HikariDataSource pool = pool()) {
            Connection lost = pool.getConnection();
            lost.setAutoCommit(false);
            lost.close();
            IllegalStateException before = new IllegalStateException("before");

            Rollback.of(lost, before);

            assertThat(before.getSuppressed()).hasSize(1).hasOnlyElementsOfType(SQLException.class);
        }
    }
}
