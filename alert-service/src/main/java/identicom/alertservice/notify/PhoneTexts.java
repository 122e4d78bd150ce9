package identicom.alertservice.notify;

import identicom.alertservice.store.Rows;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What a phone is told about an alert beside the alert's levels: answers to its texts, and what concerns its holder.
 * Whoever calls it holds the lock of the alert's row.
 */
public final class PhoneTexts {

    private static final String SMS = "sms";

    /** One of them. @param state as in {@code alerts.notification} */
    public record Said(String text, String state, Instant at) {}

    private PhoneTexts() {}

    /** Sends it whatever was said before. */
    public static void say(Connection tx, UUID alert, String number, String text, Instant now) throws SQLException {
        NotificationTable.insertMessage(tx, alert, SMS, number, text, now);
    }

    /** Sends it, unless it is the last that this phone was told here, and was told then or later. */
    public static void sayOnce(Connection tx, UUID alert, String number, String text, Instant since, Instant now)
            throws SQLException {
        Optional<Said> before = last(tx, alert, number);
        boolean said = before.isPresent()
                && before.get().text().equals(text)
                && !before.get().at().isBefore(since);
        if (!said) {
            say(tx, alert, number, text, now);
        }
    }

    /** The last that any phone was told so. */
    public static Optional<Said> last(Connection tx, UUID alert) throws SQLException {
        return last(tx, alert, null);
    }

    private static Optional<Said> last(Connection tx, UUID alert, @Nullable String number) throws SQLException {
        String sql = """
                select text, state, created_at from alerts.notification
                 where alert_id = ? and channel = ? and address = coalesce(?, address) and level = 0
                 order by ordinal desc limit 1""";
        try (PreparedStatement query = tx.prepareStatement(sql)) {
            query.setObject(1, alert);
            query.setString(2, SMS);
            query.setString(3, number);
            try (ResultSet row = query.executeQuery()) {
                return row.next()
                        ? Optional.of(new Said(
                                row.getString("text"), row.getString("state"), Rows.instant(row, "created_at")))
                        : Optional.empty();
            }
        }
    }
}
