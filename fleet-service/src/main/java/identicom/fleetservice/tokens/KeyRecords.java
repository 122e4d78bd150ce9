package identicom.fleetservice.tokens;

import com.google.protobuf.ByteString;
import identicom.fleetservice.storage.Outbox;
import identicom.runtime.token.TokenClaims;
import identicom.schema.Topic;
import identicom.schema.v1.KeyRecord;
import identicom.schema.v1.Revocation;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Records of {@code identicom.keys}: how they are keyed, and the way into the outbox. */
final class KeyRecords {
    private KeyRecords() {}

    static String ofToken(String tokenId) {
        return TokenClaims.REVOKED_TOKEN_KEY + tokenId;
    }

    static String ofUser(String user) {
        return TokenClaims.REVOKED_USER_KEY + user;
    }

    static KeyRecord of(SigningKey key) {
        return KeyRecord.newBuilder()
                .setSigningKey(identicom.schema.v1.SigningKey.newBuilder()
                        .setKid(key.kid())
                        .setPublicKey(ByteString.copyFrom(key.publicKey().getEncoded()))
                        .setCreatedAtUs(micros(key.createdAt()))
                        .setNotAfterUs(micros(key.notAfter())))
                .build();
    }

    static KeyRecord revoked(Revocation.Builder whose, Instant issuedUntil, Instant expiresAt) {
        return KeyRecord.newBuilder()
                .setRevocation(whose.setIssuedUntilUs(micros(issuedUntil)).setExpiresAtUs(micros(expiresAt)))
                .build();
    }

    /** @param record null: a tombstone */
    static void tell(Connection tx, String key, byte @Nullable [] record) throws SQLException {
        Outbox.add(tx, Topic.KEYS, List.of(new Outbox.Entry(key, record)));
    }

    private static long micros(Instant at) {
        return ChronoUnit.MICROS.between(Instant.EPOCH, at);
    }
}
