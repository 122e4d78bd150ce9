package identicom.alertservice.supervision.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** The database's clock in microseconds, and an offset by which tests move it. It measures silence, not deadlines. */
public final class Clock {

    private final Supplier<Duration> offset;

    public Clock(Supplier<Duration> offset) {
        this.offset = offset;
    }

    public long nowUs(Connection tx) throws SQLException {
        String sql = "select (extract(epoch from clock_timestamp()) * 1000000)::bigint";
        try (PreparedStatement query = tx.prepareStatement(sql);
                ResultSet row = query.executeQuery()) {
            row.next();
            return row.getLong(1) + TimeUnit.NANOSECONDS.toMicros(offset.get().toNanos());
        }
    }
}
