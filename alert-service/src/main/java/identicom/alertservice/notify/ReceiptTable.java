package identicom.alertservice.notify;

import identicom.alertservice.store.Rows;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Rows of {@code alerts.receipt}, and who was told by SMS. */
final class ReceiptTable {

    /** A receipt whose message is known as sent. */
    record Due(String provider, String messageId, boolean delivered, String detail, UUID notification) {}

    private ReceiptTable() {}

    static boolean put(Connection tx, String provider, String messageId, boolean delivered, String detail, Instant now)
            throws SQLException {
        String sql = """
                insert into alerts.receipt (provider, message_id, delivered, detail, at) values (?, ?, ?, ?, ?)
                on conflict (provider, message_id) do nothing""";
        try (PreparedStatement insert = tx.prepareStatement(sql)) {
            insert.setString(1, provider);
            insert.setString(2, messageId);
            insert.setBoolean(3, delivered);
            insert.setString(4, detail);
            Rows.set(insert, 5, now);
            return insert.executeUpdate() == 1;
        }
    }

    static List<Due> due(Connection tx, int atMost) throws SQLException {
        String sql = """
                select r.provider, r.message_id, r.delivered, r.detail, n.id
                  from alerts.receipt r
                  join alerts.notification n on n.provider = r.provider and n.message_id = r.message_id
                 order by r.at limit ?""";
        try (PreparedStatement query = tx.prepareStatement(sql)) {
            query.setInt(1, atMost);
            List<Due> due = new ArrayList<>();
            try (ResultSet row = query.executeQuery()) {
                while (row.next()) {
                    due.add(new Due(
                            row.getString("provider"),
                            row.getString("message_id"),
                            row.getBoolean("delivered"),
                            row.getString("detail"),
                            Rows.uuid(row, "id")));
                }
            }
            return due;
        }
    }

    static boolean remove(Connection tx, Due due) throws SQLException {
        try (PreparedStatement delete =
                tx.prepareStatement("delete from alerts.receipt where provider = ? and message_id = ?")) {
            delete.setString(1, due.provider());
            delete.setString(2, due.messageId());
            return delete.executeUpdate() == 1;
        }
    }

    /** Receipts of messages that were none of ours. */
    static int purge(Connection tx) throws SQLException {
        try (PreparedStatement delete =
                tx.prepareStatement("delete from alerts.receipt where at < clock_timestamp() - interval '1 day'")) {
            return delete.executeUpdate();
        }
    }

    /** The alert of that reference, if that number was told about it, or may have been. */
    static Optional<UUID> toldBySms(Connection tx, long reference, String number) throws SQLException {
        String sql = """
                select alert.id from alerts.alert
                 where alert.number = ?
                   and exists (select 1 from alerts.notification n
                                where n.alert_id = alert.id and n.channel = 'sms' and n.address = ? and n.attempts > 0)""";
        try (PreparedStatement query = tx.prepareStatement(sql)) {
            query.setLong(1, reference);
            query.setString(2, number);
            try (ResultSet row = query.executeQuery()) {
                return row.next() ? Optional.of(Rows.uuid(row, "id")) : Optional.empty();
            }
        }
    }
}
