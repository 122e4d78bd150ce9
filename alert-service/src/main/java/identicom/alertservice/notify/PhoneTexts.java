package identicom.alertservice.notify;

import identicom.alertservice.store.Rows;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.UUID;

/**
 * What a phone is told about an alert beside the alert's levels: answers to its texts, and what concerns its holder.
 * Whoever calls it holds the lock of the alert's row.
 */
public final class PhoneTexts {

    private static final String SMS = "sms";

    private PhoneTexts() {}

    /** Sends it whatever was said before. */
    public static void say(Connection tx, UUID alert, String number, String text, Instant now) throws SQLException {
        NotificationTable.insertMessage(tx, alert, SMS, number, text, now);
    }

    /** Sends it, unless it is the last that this phone was told here, and was told then or later. */
    public static void sayOnce(Connection tx, UUID alert, String number, String text, Instant since, Instant now)
            throws SQLException {
        if (!saidLast(tx, alert, number, text, since)) {
            say(tx, alert, number, text, now);
        }
    }

    private static boolean saidLast(Connection tx, UUID alert, String number, String text, Instant since)
            throws SQLException {
        String sql = """
                select text, created_at from alerts.notification
                 where alert_id = ? and channel = ? and address = ? and level = 0 order by ordinal desc limit 1""";
        try (PreparedStatement query = tx.prepareStatement(sql)) {
            query.setObject(1, alert);
            query.setString(2, SMS);
            query.setString(3, number);
            try (ResultSet row = query.executeQuery()) {
                return row.next()
                        && text.equals(row.getString("text"))
                        && !Rows.instant(row, "created_at").isBefore(since);
            }
        }
    }

    /** The number in its reference. */
    public static long reference(Connection tx, UUID alert) throws SQLException {
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
