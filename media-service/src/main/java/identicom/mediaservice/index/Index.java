package identicom.mediaservice.index;

import identicom.runtime.db.Rollback;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;

/**
 * Opens the transactions in which index and store change together. One advisory lock stands between them: those that add hold it
 * shared, whoever removes holds it alone. So nothing is removed from the store between the moment its file is found or written and the
 * moment its row is committed, at whichever instance. The lock ends with the transaction, and with the connection of a process that
 * was killed. Any thread.
 */
public final class Index {
    private static final String SHARED = "select pg_advisory_xact_lock_shared(hashtextextended('media.store', 0))";
    private static final String ALONE = "select pg_advisory_xact_lock(hashtextextended('media.store', 0))";

    /** Those that add wait behind one who wants the lock alone: it is not wanted for long. */
    private static final String BRIEFLY = "set local lock_timeout = '5s'";

    private final DataSource database;

    public Index(DataSource database) {
        this.database = database;
    }

    /** A transaction that adds. */
    public Adding adding() throws SQLException {
        return new Adding(begin(SHARED));
    }

    /** A transaction that removes, and during which nobody adds. */
    public Removing removing() throws SQLException {
        return new Removing(begin(BRIEFLY, ALONE));
    }

    private Connection begin(String... statements) throws SQLException {
        Connection connection = database.getConnection();
        try (Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            for (String sql : statements) {
                statement.execute(sql);
            }
            return connection;
        } catch (SQLException | RuntimeException e) {
            end(connection);
            throw e;
        }
    }

    /** Rolls back what was not committed and gives the connection back. */
    static void end(Connection connection) throws SQLException {
        try (connection) {
            Rollback.of(connection);
        }
    }
}
