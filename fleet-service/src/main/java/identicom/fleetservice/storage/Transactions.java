package identicom.fleetservice.storage;

import identicom.runtime.db.Rollback;
import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;

/** Runs work in a transaction of the schema {@code fleet}; after each commit whoever moves the outbox is woken. Any thread. */
public final class Transactions {
    private final DataSource database;
    private final Runnable afterCommit;

    /** What is done within one transaction. */
    @FunctionalInterface
    public interface Work<T> {
        T in(Connection tx) throws SQLException;
    }

    /** @param afterCommit cheap; called by the thread that committed */
    public Transactions(DataSource database, Runnable afterCommit) {
        this.database = database;
        this.afterCommit = afterCommit;
    }

    /** Does all of {@code work} or nothing of it. */
    public <T> T write(Work<T> work) throws SQLException {
        T result;
        try (Connection tx = database.getConnection()) {
            tx.setAutoCommit(false);
            try {
                result = work.in(tx);
                tx.commit();
            } catch (SQLException | RuntimeException e) {
                Rollback.of(tx, e);
                throw e;
            }
        }
        afterCommit.run();
        return result;
    }

    /** Reads; nothing is to be changed by {@code work}. */
    public <T> T read(Work<T> work) throws SQLException {
        try (Connection connection = database.getConnection()) {
            connection.setAutoCommit(true);
            return work.in(connection);
        }
    }
}
