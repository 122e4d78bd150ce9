package identicom.alertservice.escalation;

import java.sql.Connection;
import java.sql.SQLException;

/** Whether anybody looks at the page. */
@FunctionalInterface
public interface LiveScreens {
    boolean any(Connection tx) throws SQLException;
}
