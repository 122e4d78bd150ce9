package identicom.alertservice.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.UUID;

/** What people call an alert by: {@code A4711}, in texts {@code TAKE 4711}. */
public final class Reference {

    private Reference() {}

    public static String text(long number) {
        return "A" + number;
    }

    /** @throws IllegalArgumentException there is no such alert */
    public static long number(Connection tx, UUID alert) throws SQLException {
        try (PreparedStatement query = tx.prepareStatement("select number from alerts.alert where id = ?")) {
            query.setObject(1, alert);
            try (ResultSet row = query.executeQuery()) {
                if (!row.next()) {
                    throw new IllegalArgumentException("no alert " + alert);
                }
                return row.getLong("number");
            }
        }
    }
}
