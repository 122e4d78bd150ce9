package identicom.alertservice.notify;

import identicom.alertservice.store.Reference;
import identicom.alertservice.store.Rows;
import identicom.alertservice.store.Transactions;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The outbox by filter and page, newest first. */
final class NotificationList {

    /** Null: any. */
    record Filter(
            @Nullable UUID alert,
            @Nullable String channel,
            @Nullable String state) {}

    /** One as the interface shows it. */
    record NotificationView(
            UUID id,
            UUID alert,
            String reference,
            int level,
            String channel,
            String address,
            @Nullable String name,
            String state,
            int attempts,
            @Nullable String provider,
            @Nullable String text,
            Instant createdAt,
            @Nullable Instant sentAt,
            @Nullable Instant deliveredAt,
            @Nullable String error) {}

    /** @param next where the next page begins; null on the last one */
    record Found(List<NotificationView> items, @Nullable Long next) {}

    private final Transactions transactions;

    NotificationList(Transactions transactions) {
        this.transactions = transactions;
    }

    Found page(Filter filter, long below, int limit) throws SQLException {
        String sql = "select n.*, a.number from alerts.notification n join alerts.alert a on a.id = n.alert_id"
                + " where n.ordinal < ?"
                + (filter.alert() == null ? "" : " and n.alert_id = ?")
                + (filter.channel() == null ? "" : " and n.channel = ?")
                + (filter.state() == null ? "" : " and n.state = ?")
                + " order by n.ordinal desc limit ?";
        return transactions.run(tx -> {
            try (PreparedStatement query = tx.prepareStatement(sql)) {
                int at = 1;
                query.setLong(at++, below);
                if (filter.alert() != null) {
                    query.setObject(at++, filter.alert());
                }
                if (filter.channel() != null) {
                    query.setString(at++, filter.channel());
                }
                if (filter.state() != null) {
                    query.setString(at++, filter.state());
                }
                query.setInt(at, limit + 1);
                try (ResultSet row = query.executeQuery()) {
                    return read(row, below, limit);
                }
            }
        });
    }

    private static Found read(ResultSet row, long below, int limit) throws SQLException {
        List<NotificationView> items = new ArrayList<>();
        long last = below;
        while (row.next()) {
            if (items.size() == limit) {
                return new Found(items, last);
            }
            items.add(view(row));
            last = row.getLong("ordinal");
        }
        return new Found(items, null);
    }

    private static NotificationView view(ResultSet row) throws SQLException {
        return new NotificationView(
                Rows.uuid(row, "id"),
                Rows.uuid(row, "alert_id"),
                Reference.text(row.getLong("number")),
                row.getInt("level"),
                row.getString("channel"),
                row.getString("address"),
                row.getString("name"),
                row.getString("state"),
                row.getInt("attempts"),
                row.getString("provider"),
                row.getString("text"),
                Rows.instant(row, "created_at"),
                Rows.instantOrNull(row, "sent_at"),
                Rows.instantOrNull(row, "delivered_at"),
                row.getString("error"));
    }
}
