package identicom.fleetservice.tokens;

import identicom.fleetservice.storage.Outbox;
import identicom.runtime.token.TokenClaims;
import identicom.schema.Topic;
import identicom.schema.v1.KeyRecord;
import identicom.schema.v1.Revocation;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Tokens that are valid no longer, told to every service until they would have expired anyway; then a tombstone ends it. */
public final class Revocations {
    private static final String UPSERT = """
            insert into fleet.revocations (record_key, record, expires_at) values (?, ?, ?)
            on conflict (record_key) do update set record = excluded.record, expires_at = excluded.expires_at""";

    private Revocations() {}

    /** Ends one token of a user. */
    public static void token(Connection tx, String tokenId, String user, Instant now) throws SQLException {
        Revocation.Builder revocation =
                Revocation.newBuilder().setTokenId(tokenId).setTokenUser(user);
        put(tx, KeyRecords.ofToken(tokenId), revocation, now);
    }

    /** Ends every token of a user issued up to {@code now}. */
    public static void user(Connection tx, String user, Instant now) throws SQLException {
        put(tx, KeyRecords.ofUser(user), Revocation.newBuilder().setUser(user), now);
    }

    /**
     * Publishes every revocation again: a cluster may be another one than before. The rows stay as they are until the transaction's
     * end: what another instance makes newer of one stands behind it.
     */
    public static void publishAll(Connection tx) throws SQLException {
        List<Outbox.Entry> records = new ArrayList<>();
        try (PreparedStatement select =
                        tx.prepareStatement("select record_key, record from fleet.revocations for share");
                ResultSet rows = select.executeQuery()) {
            while (rows.next()) {
                records.add(new Outbox.Entry(rows.getString(1), rows.getBytes(2)));
            }
        }
        Outbox.add(tx, Topic.KEYS, records);
    }

    /** Takes back what concerns only tokens that have expired. */
    public static void expire(Connection tx, Instant now) throws SQLException {
        try (PreparedStatement delete =
                tx.prepareStatement("delete from fleet.revocations where expires_at < ? returning record_key")) {
            delete.setTimestamp(1, Timestamp.from(now));
            try (ResultSet rows = delete.executeQuery()) {
                while (rows.next()) {
                    KeyRecords.tell(tx, rows.getString(1), null);
                }
            }
        }
    }

    private static void put(Connection tx, String key, Revocation.Builder whose, Instant now) throws SQLException {
        // a minute more than a token lives, for the clocks of others
        Instant expiresAt = now.plus(TokenClaims.LIFETIME).plusSeconds(60);
        KeyRecord record = KeyRecords.revoked(whose, now, expiresAt);
        try (PreparedStatement upsert = tx.prepareStatement(UPSERT)) {
            upsert.setString(1, key);
            upsert.setBytes(2, record.toByteArray());
            upsert.setTimestamp(3, Timestamp.from(expiresAt));
            upsert.executeUpdate();
        }
        KeyRecords.tell(tx, key, record.toByteArray());
    }
}
