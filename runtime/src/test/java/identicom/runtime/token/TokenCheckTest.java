package identicom.runtime.token;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import com.google.protobuf.ByteString;
import identicom.runtime.http.Identity;
import identicom.runtime.http.Role;
import identicom.runtime.kafka.Clusters;
import identicom.runtime.process.Health;
import identicom.runtime.process.Metrics;
import identicom.schema.Cluster;
import identicom.schema.v1.KeyRecord;
import identicom.schema.v1.Revocation;
import identicom.schema.v1.SigningKey;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.Key;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import javax.crypto.spec.SecretKeySpec;
import org.jose4j.jwa.AlgorithmConstraints;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.NumericDate;
import org.jose4j.jwt.consumer.ErrorCodes;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** Tokens while nothing answers: both clusters are away, all that is known stands in the file. */
class TokenCheckTest {
    private static final Map<String, Object> NOBODY = Map.of("bootstrap.servers", "127.0.0.1:1");
    private static final Clusters AWAY = new Clusters(NOBODY, NOBODY);

    @TempDir
    Path folder;

    private KeyPair keys;
    private Metrics metrics;
    private final Health health = new Health();

    @BeforeEach
    void makeKeys() throws Exception {
        keys = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        metrics = new Metrics();
    }

    @AfterEach
    void closeMetrics() {
        metrics.close();
    }

    private Path file() {
        return folder.resolve("state").resolve("keys");
    }

    private static long micros(Instant time) {
        return time.toEpochMilli() * 1000;
    }

    private KeyRecord signingKey(Instant notAfter) {
        return KeyRecord.newBuilder()
                .setSigningKey(SigningKey.newBuilder()
                        .setKid("k1")
                        .setPublicKey(ByteString.copyFrom(keys.getPublic().getEncoded()))
                        .setNotAfterUs(micros(notAfter)))
                .build();
    }

    private static JwtClaims claims(Duration untilExpiry) {
        JwtClaims claims = new JwtClaims();
        claims.setSubject("ann");
        claims.setJwtId("t1");
        claims.setStringClaim(TokenClaims.ROLE, "auditor");
        claims.setIssuedAt(NumericDate.fromSeconds(Instant.now().getEpochSecond()));
        claims.setExpirationTime(
                NumericDate.fromSeconds(Instant.now().plus(untilExpiry).getEpochSecond()));
        return claims;
    }

    private static String signed(JwtClaims claims, String algorithm, String kid, Key key) throws Exception {
        JsonWebSignature signature = new JsonWebSignature();
        signature.setAlgorithmConstraints(AlgorithmConstraints.NO_CONSTRAINTS);
        signature.setAlgorithmHeaderValue(algorithm);
        signature.setKeyIdHeaderValue(kid);
        signature.setPayload(claims.toJson());
        signature.setKey(key);
        signature.setDoKeyValidation(false);
        return signature.getCompactSerialization();
    }

    private String good() throws Exception {
        return signed(claims(Duration.ofHours(13)), "EdDSA", "k1", keys.getPrivate());
    }

    private TokenCheck started(KeyRecord... records) throws Exception {
        new KeyFile(file()).write(List.of(records));
        TokenCheck check = new TokenCheck(AWAY, file(), health, metrics);
        check.start();
        return check;
    }

    private TokenCheck knowing() throws Exception {
        return started(signingKey(Instant.now().plusSeconds(3600)));
    }

    @Test
    void aTokenIsCheckedWhileBothClustersAreAway() throws Exception {
        try (TokenCheck check = knowing()) {
            assertThat(check.check(good())).contains(new Identity("ann", Role.AUDITOR, "t1"));
            assertThat(health.ready()).isTrue();
        }
    }

    @Test
    void withoutAnyKeyNothingIsValidAndTheProcessIsNotReady() throws Exception {
        try (TokenCheck check = new TokenCheck(AWAY, file(), health, metrics)) {
            check.start();

            assertThat(check.check(good())).isEmpty();
            assertThat(health.ready()).isFalse();
        }
    }

    @Test
    void anExpiredTokenIsRefused() throws Exception {
        try (TokenCheck check = knowing()) {
            assertThat(check.check(signed(claims(Duration.ofMinutes(-1)), "EdDSA", "k1", keys.getPrivate())))
                    .isEmpty();
        }
    }

    @Test
    void aTokenOfAnotherKeyIsRefused() throws Exception {
        KeyPair other = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        try (TokenCheck check = knowing()) {
            assertThat(check.check(signed(claims(Duration.ofHours(1)), "EdDSA", "k1", other.getPrivate())))
                    .isEmpty();
            assertThat(check.check(signed(claims(Duration.ofHours(1)), "EdDSA", "k2", keys.getPrivate())))
                    .isEmpty();
        }
    }

    @Test
    void otherAlgorithmsAreRefused() throws Exception {
        Key publicAsSecret = new SecretKeySpec(keys.getPublic().getEncoded(), "HmacSHA256");
        try (TokenCheck check = knowing()) {
            assertThat(check.check(signed(claims(Duration.ofHours(1)), "none", "k1", null)))
                    .isEmpty();
            assertThat(check.check(signed(claims(Duration.ofHours(1)), "HS256", "k1", publicAsSecret)))
                    .isEmpty();
        }
    }

    @Test
    void aTokenThatWasAlteredIsRefused() throws Exception {
        String[] parts = good().split("\\.");
        String payload = new String(Base64.getUrlDecoder().decode(parts[1]), StandardCharsets.UTF_8)
                .replace("auditor", "administrator");
        String altered = parts[0] + "."
                + Base64.getUrlEncoder().withoutPadding().encodeToString(payload.getBytes(StandardCharsets.UTF_8))
                + "." + parts[2];
        try (TokenCheck check = knowing()) {
            assertThat(check.check(altered)).isEmpty();
            assertThat(check.check("")).isEmpty();
            assertThat(check.check("a.b.c")).isEmpty();
            assertThat(check.check("x".repeat(5_000))).isEmpty();
        }
    }

    @Test
    void theLogSaysWhatWasWrongWithATokenAndNothingOfIt() throws Exception {
        KeyPair other = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        String expired = signed(claims(Duration.ofMinutes(-1)), "EdDSA", "k1", keys.getPrivate());
        String foreign = signed(claims(Duration.ofHours(1)), "EdDSA", "k1", other.getPrivate());
        Logger logger = (Logger) LoggerFactory.getLogger(TokenCheck.class);
        Level before = logger.getLevel();
        ListAppender<ILoggingEvent> lines = new ListAppender<>();
        lines.start();
        logger.addAppender(lines);
        logger.setLevel(Level.DEBUG);
        try (TokenCheck check = knowing()) {
            for (String token : List.of(expired, foreign, "a.b.c")) {
                assertThat(check.check(token)).isEmpty();
            }
        } finally {
            logger.setLevel(before);
            logger.detachAppender(lines);
        }

        assertThat(lines.list)
                .extracting(ILoggingEvent::getFormattedMessage)
                .containsExactly(
                        "A token was refused: InvalidJwtException [" + ErrorCodes.EXPIRED + "]",
                        "A token was refused: InvalidJwtSignatureException [" + ErrorCodes.SIGNATURE_INVALID + "]",
                        "A token was refused: InvalidJwtException [" + ErrorCodes.MISCELLANEOUS + "]");
        assertThat(lines.list).extracting(ILoggingEvent::getThrowableProxy).containsOnlyNulls();
    }

    @Test
    void aTokenWithoutAClaimOrWithAnUnknownRoleIsRefused() throws Exception {
        try (TokenCheck check = knowing()) {
            for (String claim : List.of("sub", "jti", "iat", "exp", "role")) {
                JwtClaims claims = claims(Duration.ofHours(1));
                claims.unsetClaim(claim);
                assertThat(check.check(signed(claims, "EdDSA", "k1", keys.getPrivate())))
                        .describedAs("without %s", claim)
                        .isEmpty();
            }
            JwtClaims claims = claims(Duration.ofHours(1));
            claims.setStringClaim("role", "root");
            assertThat(check.check(signed(claims, "EdDSA", "k1", keys.getPrivate())))
                    .isEmpty();
        }
    }

    @Test
    void aRevokedTokenStaysRevokedOverARestart() throws Exception {
        KeyRecord revocation = KeyRecord.newBuilder()
                .setRevocation(Revocation.newBuilder()
                        .setTokenId("t1")
                        .setExpiresAtUs(micros(Instant.now().plusSeconds(3600))))
                .build();
        try (TokenCheck check = started(signingKey(Instant.now().plusSeconds(3600)), revocation)) {
            assertThat(check.check(good())).isEmpty();
        }
    }

    @Test
    void aUsersTokensIssuedBeforeTheRevocationAreRefusedAndLaterOnesNot() throws Exception {
        KeyRecord revocation = KeyRecord.newBuilder()
                .setRevocation(Revocation.newBuilder()
                        .setUser("ann")
                        .setIssuedUntilUs(micros(Instant.now().minusSeconds(60)))
                        .setExpiresAtUs(micros(Instant.now().plusSeconds(3600))))
                .build();
        JwtClaims old = claims(Duration.ofHours(1));
        old.setIssuedAt(NumericDate.fromSeconds(Instant.now().getEpochSecond() - 120));
        try (TokenCheck check = started(signingKey(Instant.now().plusSeconds(3600)), revocation)) {
            assertThat(check.check(signed(old, "EdDSA", "k1", keys.getPrivate())))
                    .isEmpty();
            assertThat(check.check(good())).isPresent();
        }
    }

    @Test
    void aKeyThatHasEndedSignsNothing() throws Exception {
        try (TokenCheck check = started(signingKey(Instant.now().minusSeconds(1)))) {
            assertThat(check.check(good())).isEmpty();
        }
    }

    @Test
    void aDamagedFileIsAsGoodAsNone() throws Exception {
        Files.createDirectories(file().getParent());
        Files.write(file(), new byte[] {100, 1, 2, 3});
        try (TokenCheck check = new TokenCheck(AWAY, file(), health, metrics)) {
            check.start();

            assertThat(check.check(good())).isEmpty();
        }
    }

    @Test
    void theFilesRecordsCountUntilBothClustersHaveBeenRead() throws Exception {
        KeyState state = new KeyState();
        state.restore(Map.of("k1", signingKey(Instant.now().plusSeconds(3600))));

        state.readToEnd(Cluster.MAIN);
        assertThat(state.hasSigningKey()).isTrue();
        state.readToEnd(Cluster.PRIORITY);
        assertThat(state.hasSigningKey()).isFalse();
    }

    @Test
    void aTombstoneTakesAKeyAwayAndExpiredRevocationsGo() throws Exception {
        KeyState state = new KeyState();
        byte[] kid = "k1".getBytes(StandardCharsets.UTF_8);
        KeyRecord expired = KeyRecord.newBuilder()
                .setRevocation(Revocation.newBuilder().setTokenId("t0").setExpiresAtUs(1))
                .build();
        state.apply(
                Cluster.MAIN, kid, signingKey(Instant.now().plusSeconds(3600)).toByteArray());
        state.apply(Cluster.MAIN, "revoked:t0".getBytes(StandardCharsets.UTF_8), expired.toByteArray());
        assertThat(state.all(Instant.now())).containsOnlyKeys("k1");

        state.apply(Cluster.MAIN, kid, null);

        assertThat(state.signingKey("k1", Instant.now())).isEmpty();
    }
}
