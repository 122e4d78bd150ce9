package identicom.runtime.token;

import identicom.runtime.http.Identity;
import identicom.runtime.http.Role;
import identicom.runtime.http.Tokens;
import identicom.runtime.kafka.Clusters;
import identicom.runtime.kafka.TopicFollower;
import identicom.runtime.process.Health;
import identicom.runtime.process.Metrics;
import identicom.schema.Cluster;
import identicom.schema.Topic;
import io.micrometer.core.instrument.Counter;
import java.io.IOException;
import java.nio.file.Path;
import java.security.Key;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jose4j.jwa.AlgorithmConstraints;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.MalformedClaimException;
import org.jose4j.jwt.consumer.ErrorCodeValidator;
import org.jose4j.jwt.consumer.InvalidJwtException;
import org.jose4j.jwt.consumer.JwtConsumer;
import org.jose4j.jwt.consumer.JwtConsumerBuilder;
import org.jose4j.jwx.JsonWebStructure;
import org.jose4j.keys.resolvers.VerificationKeyResolver;
import org.jose4j.lang.UnresolvableKeyException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Checks tokens offline, with public keys and revocations followed from {@code identicom.keys} of both clusters; the last state is kept
 * in a file, so that nobody is logged out while fleet-service, its database and both clusters are away. Any thread.
 */
public final class TokenCheck implements Tokens, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(TokenCheck.class);
    private static final int MAX_TOKEN_CHARACTERS = 4_096;
    private static final int CLOCK_SKEW_SECONDS = 5;
    private static final long PERIOD_MS = 250;

    private final KeyState keys = new KeyState();
    private final KeyFile file;
    private final Map<Cluster, TopicFollower> followers = new EnumMap<>(Cluster.class);
    private final Health.Component state;
    private final Counter refused;
    private final JwtConsumer consumer;
    private final ScheduledExecutorService keeper;
    private long writtenVersion;

    /** @param stateFile where the last known keys are kept; its folder is made when needed */
    public TokenCheck(Clusters clusters, Path stateFile, Health health, Metrics metrics) {
        this.file = new KeyFile(stateFile);
        this.state = health.register("tokens", true);
        this.refused = Counter.builder("identicom.tokens.refused")
                .description("Tokens shown that proved nothing")
                .register(metrics.registry());
        for (Cluster cluster : Topic.KEYS.clusters()) {
            followers.put(
                    cluster,
                    new TopicFollower(
                            "keys-" + cluster.word(),
                            cluster,
                            Topic.KEYS.topicName(),
                            TopicFollower.From.BEGINNING,
                            clusters,
                            record -> keys.apply(cluster, record.key(), record.value()),
                            health,
                            metrics));
        }
        this.consumer = new JwtConsumerBuilder()
                .setJwsAlgorithmConstraints(AlgorithmConstraints.ConstraintType.PERMIT, TokenClaims.ALGORITHM)
                .setVerificationKeyResolver(new KnownKey())
                .setRequireSubject()
                .setRequireJwtId()
                .setRequireIssuedAt()
                .setRequireExpirationTime()
                .setAllowedClockSkewInSeconds(CLOCK_SKEW_SECONDS)
                .setSkipDefaultAudienceValidation()
                .build();
        this.keeper = Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().name("token-keeper").daemon(true).factory());
    }

    /** Takes what the file has and begins to follow. */
    public void start() {
        keys.restore(file.read());
        report();
        followers.values().forEach(TopicFollower::start);
        keeper.scheduleWithFixedDelay(this::keep, PERIOD_MS, PERIOD_MS, TimeUnit.MILLISECONDS);
    }

    @Override
    public Optional<Identity> check(String token) {
        if (token.isEmpty() || token.length() > MAX_TOKEN_CHARACTERS) {
            refused.increment();
            return Optional.empty();
        }
        try {
            JwtClaims claims = consumer.processToClaims(token);
            Optional<Identity> identity = identity(claims);
            if (identity.isEmpty()) {
                refused.increment();
            }
            return identity;
        } catch (InvalidJwtException | MalformedClaimException | RuntimeException e) {
            LOG.debug("A token was refused: {}", why(e));
            refused.increment();
            return Optional.empty();
        }
    }

    /** The library's words repeat the token: of them only the numbers of what was wrong, as {@code ErrorCodes} has them. */
    private static String why(Exception refusal) {
        List<Integer> codes = refusal instanceof InvalidJwtException invalid
                ? invalid.getErrorDetails().stream()
                        .map(ErrorCodeValidator.Error::getErrorCode)
                        .toList()
                : List.of();
        return refusal.getClass().getSimpleName() + " " + codes;
    }

    private Optional<Identity> identity(JwtClaims claims) throws MalformedClaimException {
        Optional<Role> role = Role.of(claims.getStringClaimValue(TokenClaims.ROLE));
        Instant issuedAt = Instant.ofEpochMilli(claims.getIssuedAt().getValueInMillis());
        if (role.isEmpty() || keys.isRevoked(claims.getJwtId(), claims.getSubject(), issuedAt)) {
            return Optional.empty();
        }
        return Optional.of(new Identity(claims.getSubject(), role.get(), claims.getJwtId()));
    }

    private void keep() {
        try {
            followers.forEach((cluster, follower) -> {
                if (follower.caughtUp()) {
                    keys.readToEnd(cluster);
                }
            });
            report();
            write();
        } catch (RuntimeException e) {
            LOG.error("Keeping the keys failed; it goes on", e);
        }
    }

    private void report() {
        if (keys.hasSigningKey()) {
            state.up();
        } else {
            state.down("no signing key is known yet");
        }
    }

    private synchronized void write() {
        long version = keys.version();
        if (version == writtenVersion) {
            return;
        }
        try {
            file.write(keys.all(Instant.now()).values());
            writtenVersion = version;
        } catch (IOException e) {
            LOG.warn("The last known keys could not be written: {}", e.toString());
        }
    }

    @Override
    public void close() {
        keeper.shutdownNow();
        followers.values().forEach(TopicFollower::close);
        write();
    }

    /** The key that the token's header names, if it is known. Nothing else in the header counts. */
    private final class KnownKey implements VerificationKeyResolver {
        @Override
        public Key resolveKey(JsonWebSignature signature, List<JsonWebStructure> nestingContext)
                throws UnresolvableKeyException {
            String kid = signature.getKeyIdHeaderValue();
            return Optional.ofNullable(kid)
                    .flatMap(name -> keys.signingKey(name, Instant.now()))
                    .orElseThrow(() -> new UnresolvableKeyException("no such key"));
        }
    }
}
