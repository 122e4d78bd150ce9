package identicom.runtime.db;

import java.sql.Connection;
import java.sql.SQLException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The end of a transaction, whether or not it was committed. */
public final class Rollback {
    private static final Logger LOG = LoggerFactory.getLogger(Rollback.class);

    private Rollback() {}

    /**
     * Takes back what was not committed. Where that fails the connection is lost, and all of that with it: then it is not told, for it
     * would take the place of what went wrong before, which says whether trying again helps ({@link DatabaseOutage}).
     */
    public static void of(Connection transaction) {
        try {
            transaction.rollback();
        } catch (SQLException lost) {
            LOG.debug("a connection was lost before its transaction could be taken back", lost);
        }
    }

    /** The same where it is known what went wrong before. @param cause is told of a failure to take back, as suppressed */
    public static void of(Connection transaction, Exception cause) {
        try {
            transaction.rollback();
        } catch (SQLException lost) {
            cause.addSuppressed(lost);
        }
    }
}
