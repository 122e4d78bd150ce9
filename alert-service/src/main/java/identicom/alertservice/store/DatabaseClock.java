package identicom.alertservice.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Supplier;

/** The one clock of all instances: the database's, and an offset by which tests move it. */
public final class DatabaseClock {

    private final Supplier<Duration> offset;

    public DatabaseClock(Supplier<Duration> offset) {
        this.offset = offset;
    }

    public Instant now(Connection tx) throws SQLException {
        try (PreparedStatement query = tx.prepareStatement("select clock_timestamp() as now");
                ResultSet row = query.executeQuery()) {
            row.next();
            return Rows.instant(row, "now").plus(offset.get());
        }
    }
}
