package identicom.runtime.db;

import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.sql.SQLRecoverableException;
import java.sql.SQLTransientException;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Tells a database that is away or overloaded, where trying again helps, from a statement that is wrong. */
public final class DatabaseOutage {
    /**
     * Classes of SQLSTATE: 08 connection, 40 serialisation and deadlock, 53 resources, 55 not in the required state (starting, locked),
     * 57 operator intervention (shutdown, cancelled by a time limit), 58 system error (disk).
     */
    private static final Set<String> CLASSES = Set.of("08", "40", "53", "55", "57", "58");

    /** A standby that has not been promoted yet. */
    private static final String READ_ONLY_TRANSACTION = "25006";

    private DatabaseOutage() {}

    /** Whether {@code thrown} or one of its causes says so. */
    public static boolean causes(@Nullable Throwable thrown) {
        Throwable cause = thrown;
        for (int depth = 0; cause != null && depth < 20; depth++) {
            if (cause instanceof SQLException sql && isOutage(sql)) {
                return true;
            }
            cause = cause.getCause();
        }
        return false;
    }

    private static boolean isOutage(SQLException e) {
        if (e instanceof SQLTransientException
                || e instanceof SQLRecoverableException
                || e instanceof SQLNonTransientConnectionException
                || e.getCause() instanceof SocketException
                || e.getCause() instanceof SocketTimeoutException) {
            return true;
        }
        String state = e.getSQLState();
        return state != null
                && state.length() == 5
                && (CLASSES.contains(state.substring(0, 2)) || state.equals(READ_ONLY_TRANSACTION));
    }
}
