package identicom.runtime.token;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import identicom.schema.Cluster;
import identicom.schema.v1.KeyRecord;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The signing keys and revocations known: those of both clusters, and those of the file until both clusters have been read to their end.
 * What either names counts, so that a cluster that is behind takes nothing away. Its size is bounded by what fleet-service writes, and
 * expired revocations are dropped. Any thread.
 */
final class KeyState {
    private final Map<Cluster, Map<String, KeyRecord>> records = new EnumMap<>(Cluster.class);
    private final Map<String, KeyRecord> fromFile = new HashMap<>();
    private final Map<ByteString, PublicKey> decoded = new HashMap<>();
    private final Set<Cluster> readToEnd = EnumSet.noneOf(Cluster.class);
    private long version;

    KeyState() {
        for (Cluster cluster : Cluster.values()) {
            records.put(cluster, new HashMap<>());
        }
    }

    /** A record of {@code identicom.keys}; a null value is a tombstone. @throws IllegalArgumentException it is none */
    synchronized void apply(Cluster cluster, byte @Nullable [] key, byte @Nullable [] value) {
        if (key == null) {
            throw new IllegalArgumentException("a record of identicom.keys without a key");
        }
        String name = new String(key, StandardCharsets.UTF_8);
        Map<String, KeyRecord> mine = records(cluster);
        if (value == null) {
            mine.remove(name);
            fromFile.remove(name);
        } else {
            mine.put(name, parse(value));
        }
        version++;
    }

    private static KeyRecord parse(byte[] value) {
        try {
            return KeyRecord.parseFrom(value);
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalArgumentException("not a KeyRecord", e);
        }
    }

    private Map<String, KeyRecord> records(Cluster cluster) {
        return records.computeIfAbsent(cluster, absent -> new HashMap<>());
    }

    /** What the file had. */
    synchronized void restore(Map<String, KeyRecord> stored) {
        fromFile.putAll(stored);
    }

    /** That cluster's topic has been read to its end; with the second one the file's records are no longer needed. */
    synchronized void readToEnd(Cluster cluster) {
        if (readToEnd.add(cluster) && readToEnd.size() == Cluster.values().length) {
            fromFile.clear();
            version++;
        }
    }

    /** Grows with each change. */
    synchronized long version() {
        return version;
    }

    /** Everything known, for the file, without revocations that have expired. */
    synchronized Map<String, KeyRecord> all(Instant now) {
        long nowUs = micros(now);
        Map<String, KeyRecord> all = new HashMap<>(fromFile);
        records.values().forEach(all::putAll);
        all.values().removeIf(record -> isExpired(record, nowUs));
        records.values().forEach(mine -> mine.values().removeIf(record -> isExpired(record, nowUs)));
        return all;
    }

    private static boolean isExpired(KeyRecord record, long nowUs) {
        return record.hasRevocation() && record.getRevocation().getExpiresAtUs() < nowUs;
    }

    synchronized boolean hasSigningKey() {
        return fromFile.values().stream().anyMatch(KeyRecord::hasSigningKey)
                || records.values().stream()
                        .anyMatch(mine -> mine.values().stream().anyMatch(KeyRecord::hasSigningKey));
    }

    /** The public key of that name, when it is one and may still be used. */
    synchronized Optional<PublicKey> signingKey(String kid, Instant now) {
        return find(kid)
                .filter(KeyRecord::hasSigningKey)
                .map(KeyRecord::getSigningKey)
                .filter(key -> key.getNotAfterUs() == 0 || key.getNotAfterUs() > micros(now))
                .map(key -> decoded.computeIfAbsent(key.getPublicKey(), der -> decode(der.toByteArray())));
    }

    /** Whether that token was taken back, by itself or with all of its user's. */
    synchronized boolean isRevoked(String tokenId, String user, Instant issuedAt) {
        if (find(TokenClaims.REVOKED_TOKEN_KEY + tokenId)
                .filter(KeyRecord::hasRevocation)
                .isPresent()) {
            return true;
        }
        return everywhere(TokenClaims.REVOKED_USER_KEY + user)
                .anyMatch(record -> record.hasRevocation()
                        && micros(issuedAt) <= record.getRevocation().getIssuedUntilUs());
    }

    private Optional<KeyRecord> find(String name) {
        return everywhere(name).findFirst();
    }

    private Stream<KeyRecord> everywhere(String name) {
        return Stream.of(
                        records(Cluster.MAIN).get(name),
                        records(Cluster.PRIORITY).get(name),
                        fromFile.get(name))
                .flatMap(Stream::ofNullable);
    }

    private static PublicKey decode(byte[] der) {
        try {
            return KeyFactory.getInstance("Ed25519").generatePublic(new X509EncodedKeySpec(der));
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException("not an Ed25519 public key", e);
        }
    }

    private static long micros(Instant time) {
        return ChronoUnit.MICROS.between(Instant.EPOCH, time);
    }
}
