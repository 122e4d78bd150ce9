package identicom.alertservice.canary;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.UUID;

/** Whom the canary tells of itself, in the transaction in which it finds something out. */
public interface CanaryCalls {

    /** What became of a text message. */
    enum TextState {
        /** Nobody knows yet. */
        UNDER_WAY,
        /** A provider took it, or the phone has it. */
        OUT,
        FAILED
    }

    /** Hands a text message about the canary's alert to the outbox of notifications. */
    void text(Connection tx, UUID alert, String number, String text) throws SQLException;

    /** What became of the text message about this alert. */
    TextState texted(Connection tx, UUID alert) throws SQLException;

    /** Raises a critical technical alert with subject {@code canary}. The last thing in the transaction. */
    void missing(Connection tx, String detail) throws SQLException;
}
