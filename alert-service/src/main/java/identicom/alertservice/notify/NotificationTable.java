package identicom.alertservice.notify;

import identicom.alertservice.notify.ClaimTable.Claimed;
import identicom.alertservice.store.Rows;
import java.net.URI;
import java.net.URISyntaxException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Rows of {@code alerts.notification}. Locked after the alert's row, where a transaction locks both. */
public final class NotificationTable {

    private static final String SCREEN = "screen";
    private static final String WEBHOOK = "webhook";
    private static final int NO_LEVEL = 0;

    /** Somebody to be told. @param address empty for a screen */
    public record Planned(
            String channel, String address, @Nullable String name) {

        public boolean onScreen() {
            return channel.equals(SCREEN);
        }
    }

    /** What a receipt or an outcome is about. */
    record Sent(
            UUID id,
            UUID alertId,
            int level,
            int round,
            String channel,
            String address,
            @Nullable String name) {

        /** As an alert's history names it, which many read: of a URL the host only, for the rest may be a password. */
        String told() {
            return channel + " " + (channel.equals(WEBHOOK) ? host() : address)
                    + (name == null ? "" : " (" + name + ")") + ", level " + level;
        }

        private String host() {
            try {
                String host = new URI(address).getHost();
                return host == null ? "" : host;
            } catch (URISyntaxException e) {
                return "";
            }
        }
    }

    private NotificationTable() {}

    /** Those by a screen are told by this alone. */
    public static void insert(Connection tx, UUID alert, int level, int round, Collection<Planned> planned, Instant now)
            throws SQLException {
        String sql = """
                insert into alerts.notification (id, alert_id, level, round, channel, address, name, state, due_at,
                                                 created_at, attempts, sent_at)
                values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""";
        try (PreparedStatement insert = tx.prepareStatement(sql)) {
            for (Planned one : planned) {
                insert.setObject(1, UUID.randomUUID());
                insert.setObject(2, alert);
                insert.setInt(3, level);
                insert.setInt(4, round);
                insert.setString(5, one.channel());
                insert.setString(6, one.address());
                insert.setString(7, one.name());
                insert.setString(8, one.onScreen() ? "sent" : "queued");
                Rows.set(insert, 9, now);
                Rows.set(insert, 10, now);
                insert.setInt(11, one.onScreen() ? 1 : 0);
                Rows.set(insert, 12, one.onScreen() ? now : null);
                insert.addBatch();
            }
            insert.executeBatch();
        }
    }

    /**
     * A text that belongs to no level: it is sent as it is, whatever becomes of the alert. Rounds of levels begin at 1,
     * these go down from 0. Who calls it more than once for one alert holds the lock of its row.
     */
    public static void insertMessage(
            Connection tx, UUID alert, String channel, String address, String text, Instant now) throws SQLException {
        String sql = """
                insert into alerts.notification (id, alert_id, level, round, channel, address, state, due_at, created_at,
                                                 text)
                select ?, ?, ?, least(coalesce(min(round), 1), 1) - 1, ?, ?, 'queued', ?, ?, ?
                  from alerts.notification where alert_id = ?""";
        try (PreparedStatement insert = tx.prepareStatement(sql)) {
            insert.setObject(1, UUID.randomUUID());
            insert.setObject(2, alert);
            insert.setInt(3, NO_LEVEL);
            insert.setString(4, channel);
            insert.setString(5, address);
            Rows.set(insert, 6, now);
            Rows.set(insert, 7, now);
            insert.setString(8, text);
            insert.setObject(9, alert);
            insert.executeUpdate();
        }
    }

    /** What waits for its turn is told to nobody any more. What is being handed over ends as it ends. */
    public static void stop(Connection tx, Collection<UUID> alerts) throws SQLException {
        if (alerts.isEmpty()) {
            return;
        }
        try (PreparedStatement update = tx.prepareStatement(
                "update alerts.notification set state = 'stopped' where alert_id = any(?) and state = 'queued' and level > 0")) {
            update.setArray(1, Rows.uuids(tx, alerts));
            update.executeUpdate();
        }
    }

    /** Whether it was not known as sent before: who handed it over a second time changes nothing. */
    static boolean sent(Connection tx, Claimed claimed, Handed.Accepted accepted, @Nullable String text, Instant now)
            throws SQLException {
        String sql = """
                update alerts.notification
                   set state = 'sent', provider = ?, message_id = ?, text = ?, sent_at = ?, error = null
                 where id = ? and state in ('queued', 'sending', 'stopped', 'failed') and sent_at is null""";
        try (PreparedStatement update = tx.prepareStatement(sql)) {
            update.setString(1, accepted.provider());
            update.setString(2, accepted.messageId());
            update.setString(3, text);
            Rows.set(update, 4, now);
            update.setObject(5, claimed.id());
            return update.executeUpdate() == 1;
        }
    }

    /** Whether it was still this claim's. */
    static boolean notSent(
            Connection tx, Claimed claimed, String state, @Nullable String text, @Nullable String error, Instant due)
            throws SQLException {
        String sql = """
                update alerts.notification
                   set state = ?, text = coalesce(?, text), error = coalesce(?, error), due_at = ?
                 where id = ? and state = 'sending' and attempts = ?""";
        try (PreparedStatement update = tx.prepareStatement(sql)) {
            update.setString(1, state);
            update.setString(2, text);
            update.setString(3, error);
            Rows.set(update, 4, due);
            update.setObject(5, claimed.id());
            update.setInt(6, claimed.attempt());
            return update.executeUpdate() == 1;
        }
    }

    /** Whether it was not known before. */
    static boolean delivered(Connection tx, UUID id, Instant now) throws SQLException {
        try (PreparedStatement update = tx.prepareStatement(
                "update alerts.notification set state = 'delivered', delivered_at = ? where id = ? and state = 'sent'")) {
            Rows.set(update, 1, now);
            update.setObject(2, id);
            return update.executeUpdate() == 1;
        }
    }

    /** Whether it was not known before. */
    static boolean undelivered(Connection tx, UUID id, String error) throws SQLException {
        try (PreparedStatement update = tx.prepareStatement(
                "update alerts.notification set state = 'failed', error = ? where id = ? and state = 'sent'")) {
            update.setString(1, error);
            update.setObject(2, id);
            return update.executeUpdate() == 1;
        }
    }

    static Optional<Sent> find(Connection tx, UUID id) throws SQLException {
        String sql = "select id, alert_id, level, round, channel, address, name from alerts.notification where id = ?";
        try (PreparedStatement query = tx.prepareStatement(sql)) {
            query.setObject(1, id);
            try (ResultSet row = query.executeQuery()) {
                return row.next()
                        ? Optional.of(new Sent(
                                Rows.uuid(row, "id"),
                                Rows.uuid(row, "alert_id"),
                                row.getInt("level"),
                                row.getInt("round"),
                                row.getString("channel"),
                                row.getString("address"),
                                row.getString("name")))
                        : Optional.empty();
            }
        }
    }

    /**
     * Whether everybody whom this round of the alert was to tell is out of reach: has failed for good, or has not been
     * reached at the second try and is tried again.
     */
    static boolean nobodyReached(Connection tx, UUID alert, int round) throws SQLException {
        String sql = """
                select bool_and(state = 'failed'
                       or (state in ('queued', 'sending') and error is not null and attempts > 1))
                  from alerts.notification where alert_id = ? and round = ?""";
        try (PreparedStatement query = tx.prepareStatement(sql)) {
            query.setObject(1, alert);
            query.setInt(2, round);
            try (ResultSet row = query.executeQuery()) {
                return row.next() && row.getBoolean(1);
            }
        }
    }

    static void lockAlert(Connection tx, UUID alert) throws SQLException {
        try (PreparedStatement lock = tx.prepareStatement("select 1 from alerts.alert where id = ? for update")) {
            lock.setObject(1, alert);
            lock.execute();
        }
    }
}
