package identicom.fleetservice.tokens;

import identicom.fleetservice.storage.Outbox;
import identicom.runtime.token.TokenClaims;
import identicom.schema.Topic;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The key pairs in {@code fleet.signing_keys} and their public halves on {@code identicom.keys}. A new pair is made when the
 * newest is older than the rotation span; it signs only when it has been published for a while, so that every service knows it
 * by then. A pair is forgotten when the last token that it may have signed has expired.
 */
public final class SigningKeys {
    /** How long a new key waits before it signs, where there is an older one. */
    static final Duration PUBLISHED_FOR = Duration.ofMinutes(1);

    /** Keeps two instances from making a key at once. */
    private static final long LOCK = 0x1D_F1EE7L;

    private final Duration rotation;

    public SigningKeys(Duration rotation) {
        this.rotation = rotation;
    }

    /** Makes a key where one is due and forgets those whose tokens have all expired. */
    public void rotate(Connection tx, Instant now) throws SQLException {
        lock(tx);
        forgetExpired(tx, now);
        List<SigningKey> keys = newestFirst(tx);
        if (keys.isEmpty() || keys.getFirst().createdAt().plus(rotation).isBefore(now)) {
            Instant notAfter = now.plus(rotation.multipliedBy(2)).plus(TokenClaims.LIFETIME);
            SigningKey key = SigningKey.create(now, notAfter);
            insert(tx, key);
            publish(tx, List.of(key));
        }
    }

    /** Publishes every key again: a cluster may be another one than before. */
    public void publishAll(Connection tx) throws SQLException {
        publish(tx, newestFirst(tx));
    }

    /** Every public key has been taken by main. */
    public boolean published(Connection connection) throws SQLException {
        try (PreparedStatement waiting = connection.prepareStatement(
                "select not exists (select from fleet.outbox where topic = ? and clusters <> 'priority')")) {
            waiting.setString(1, Topic.KEYS.topicName());
            try (ResultSet row = waiting.executeQuery()) {
                row.next();
                return row.getBoolean(1);
            }
        }
    }

    /** The key to sign a token with now; empty before the first {@link #rotate}. */
    Optional<SigningKey> current(Connection connection, Instant now) throws SQLException {
        List<SigningKey> able = newestFirst(connection).stream()
                .filter(key -> key.notAfter().isAfter(now.plus(TokenClaims.LIFETIME)))
                .toList();
        return able.stream()
                .filter(key -> !key.createdAt().isAfter(now.minus(PUBLISHED_FOR)))
                .findFirst()
                .or(() -> able.isEmpty() ? Optional.empty() : Optional.of(able.getLast()));
    }

    private static void lock(Connection tx) throws SQLException {
        try (Statement statement = tx.createStatement()) {
            statement.execute("select pg_advisory_xact_lock(" + LOCK + ")");
        }
    }

    private static List<SigningKey> newestFirst(Connection connection) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(
                        "select kid, public_key, private_key, created_at, not_after from fleet.signing_keys"
                                + " order by created_at desc, kid");
                ResultSet rows = select.executeQuery()) {
            List<SigningKey> keys = new ArrayList<>();
            while (rows.next()) {
                keys.add(SigningKey.stored(
                        rows.getString(1),
                        rows.getBytes(2),
                        rows.getBytes(3),
                        rows.getTimestamp(4).toInstant(),
                        rows.getTimestamp(5).toInstant()));
            }
            return keys;
        }
    }

    private static void insert(Connection tx, SigningKey key) throws SQLException {
        try (PreparedStatement insert = tx.prepareStatement(
                "insert into fleet.signing_keys (kid, public_key, private_key, created_at, not_after)"
                        + " values (?, ?, ?, ?, ?)")) {
            insert.setString(1, key.kid());
            insert.setBytes(2, key.publicKey().getEncoded());
            insert.setBytes(3, key.privateKey().getEncoded());
            insert.setTimestamp(4, Timestamp.from(key.createdAt()));
            insert.setTimestamp(5, Timestamp.from(key.notAfter()));
            insert.executeUpdate();
        }
    }

    private static void publish(Connection tx, List<SigningKey> keys) throws SQLException {
        List<Outbox.Entry> records = keys.stream()
                .map(key -> new Outbox.Entry(key.kid(), KeyRecords.of(key).toByteArray()))
                .toList();
        Outbox.add(tx, Topic.KEYS, records);
    }

    private static void forgetExpired(Connection tx, Instant now) throws SQLException {
        try (PreparedStatement delete =
                tx.prepareStatement("delete from fleet.signing_keys where not_after < ? returning kid")) {
            delete.setTimestamp(1, Timestamp.from(now));
            try (ResultSet rows = delete.executeQuery()) {
                while (rows.next()) {
                    KeyRecords.tell(tx, rows.getString(1), null);
                }
            }
        }
    }
}
