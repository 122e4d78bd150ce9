package identicom.alertservice.store;

import identicom.runtime.db.Rollback;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTransientException;
import java.util.Set;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs work in one transaction, again when the database says that it collided with another. The work must have no
 * effect but on the connection. Read committed: each statement sees what was committed before it.
 */
public final class Transactions {

    @FunctionalInterface
    public interface Work<T> {
        T in(Connection tx) throws SQLException;
    }

    private static final Logger LOG = LoggerFactory.getLogger(Transactions.class);
    private static final int ATTEMPTS = 8;
    private static final Set<String> COLLISIONS = Set.of(
            "23505", // unique violation: another raised the unit's alert in the meantime
            "40001", // serialisation failure
            "40P01"); // deadlock

    private final DataSource database;

    public Transactions(DataSource database) {
        this.database = database;
    }

    public <T> T run(Work<T> work) throws SQLException {
        for (int attempt = 1; ; attempt++) {
            try {
                return once(work);
            } catch (SQLException e) {
                if (e.getSQLState() == null || !COLLISIONS.contains(e.getSQLState())) {
                    throw e;
                }
                if (attempt == ATTEMPTS) {
                    throw new SQLTransientException("collided " + ATTEMPTS + " times: " + e.getMessage(), e);
                }
                LOG.debug("transaction collided with another (attempt {}): {}", attempt, e.getMessage());
            }
        }
    }

    /** Reads what was committed at one moment, over several statements. */
    public <T> T snapshot(Work<T> work) throws SQLException {
        try (Connection connection = database.getConnection()) {
            int usual = connection.getTransactionIsolation();
            connection.setAutoCommit(false);
            try {
                connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
                T result = work.in(connection);
                connection.commit();
                return result;
            } catch (SQLException | RuntimeException e) {
                Rollback.of(connection, e);
                throw e;
            } finally {
                restore(connection, usual);
            }
        }
    }

    private static void restore(Connection connection, int isolation) throws SQLException {
        if (!connection.isClosed()) {
            connection.setTransactionIsolation(isolation);
            connection.setAutoCommit(true);
        }
    }

    private <T> T once(Work<T> work) throws SQLException {
        try (Connection connection = database.getConnection()) {
            connection.setAutoCommit(false);
            try {
                T result = work.in(connection);
                connection.commit();
                return result;
            } catch (SQLException | RuntimeException e) {
                Rollback.of(connection, e);
                throw e;
            }
        }
    }
}
