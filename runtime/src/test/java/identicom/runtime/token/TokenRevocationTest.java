package identicom.runtime.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.ByteString;
import identicom.runtime.kafka.Clusters;
import identicom.runtime.kafka.TopicAdmin;
import identicom.runtime.process.Health;
import identicom.runtime.process.Metrics;
import identicom.schema.Profile;
import identicom.schema.Topic;
import identicom.schema.v1.KeyRecord;
import identicom.schema.v1.Revocation;
import identicom.schema.v1.SigningKey;
import identicom.testing.TestKafka;
import identicom.testing.TestTopics;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.jwt.JwtClaims;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Keys and revocations as they come by Kafka. */
class TokenRevocationTest {
    private static final Duration TOLD = Duration.ofSeconds(5);

    @TempDir
    Path folder;

    @Test
    void aRevocationIsEffectiveWithinFiveSecondsAndKeptOnDisk() throws Exception {
        Map<String, Object> broker =
                Map.of("bootstrap.servers", TestKafka.shared().bootstrapServers());
        Clusters clusters = new Clusters(broker, broker);
        TopicAdmin.createMissing(clusters, Profile.EMBEDDED, progress -> {});
        KeyPair keys = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        String token = token(keys);
        Path file = folder.resolve("keys");
        try (Metrics metrics = new Metrics();
                TokenCheck check = new TokenCheck(clusters, file, new Health(), metrics);
                TestTopics topics = new TestTopics(TestKafka.shared().bootstrapServers())) {
            check.start();
            publish(
                    topics,
                    "k1",
                    KeyRecord.newBuilder()
                            .setSigningKey(SigningKey.newBuilder()
                                    .setKid("k1")
                                    .setPublicKey(
                                            ByteString.copyFrom(keys.getPublic().getEncoded())))
                            .build());
            await().until(() -> check.check(token).isPresent());

            publish(
                    topics,
                    "revoked:t1",
                    KeyRecord.newBuilder()
                            .setRevocation(Revocation.newBuilder()
                                    .setTokenId("t1")
                                    .setExpiresAtUs(
                                            Instant.now().plusSeconds(3600).toEpochMilli() * 1000))
                            .build());

            await().atMost(TOLD).until(() -> check.check(token).isEmpty());
            await().untilAsserted(() -> assertThat(new KeyFile(file).read()).containsKeys("k1", "revoked:t1"));
        }
    }

    private static void publish(TestTopics topics, String key, KeyRecord record) {
        topics.publish(Topic.KEYS.topicName(), key, record.toByteArray());
    }

    private static String token(KeyPair keys) throws Exception {
        JwtClaims claims = new JwtClaims();
        claims.setSubject("ann");
        claims.setJwtId("t1");
        claims.setStringClaim(TokenClaims.ROLE, "operator");
        claims.setIssuedAtToNow();
        claims.setExpirationTimeMinutesInTheFuture(60);
        JsonWebSignature signature = new JsonWebSignature();
        signature.setAlgorithmHeaderValue(TokenClaims.ALGORITHM);
        signature.setKeyIdHeaderValue("k1");
        signature.setPayload(claims.toJson());
        signature.setKey(keys.getPrivate());
        return signature.getCompactSerialization();
    }
}
