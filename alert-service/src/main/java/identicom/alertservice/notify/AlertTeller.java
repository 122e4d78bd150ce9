package identicom.alertservice.notify;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Writes a line of an alert's history and tells the screens: the last thing that its transaction does. */
@FunctionalInterface
public interface AlertTeller {

    /** @param what {@code notified}, {@code delivered} or {@code failed} */
    void tell(Connection tx, UUID alert, String what, @Nullable String who, String detail) throws SQLException;
}
