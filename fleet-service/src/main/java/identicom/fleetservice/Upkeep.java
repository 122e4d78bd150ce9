package identicom.fleetservice;

import identicom.fleetservice.commands.StoredCommands;
import identicom.fleetservice.storage.Transactions;
import identicom.fleetservice.tokens.Revocations;
import identicom.fleetservice.tokens.SigningKeys;
import identicom.fleetservice.users.UsersApi;
import identicom.runtime.config.ConfigurationException;
import identicom.runtime.process.Health;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What must be there before anyone can log in (the first user, a published signing key), tried until it is; after that what has
 * to be done now and then. One thread of its own.
 */
final class Upkeep implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Upkeep.class);
    private static final long RETRY_MS = 500;
    private static final long PUBLISHED_WITHIN_MS = 10_000;
    private static final long PERIOD_S = 60;

    private final Transactions transactions;
    private final UsersApi users;
    private final SigningKeys keys;
    private final String adminPassword;
    private final Health.Component health;
    private final Clock clock;
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("fleet-upkeep").daemon(true).factory());

    Upkeep(
            Transactions transactions,
            UsersApi users,
            SigningKeys keys,
            String adminPassword,
            Health.Component health,
            Clock clock) {
        this.transactions = transactions;
        this.users = users;
        this.keys = keys;
        this.adminPassword = adminPassword;
        this.health = health;
        this.clock = clock;
    }

    /**
     * Begins, unless the first user's password cannot be one. A database that does not answer now is asked again.
     *
     * @throws ConfigurationException there is no user yet, and nobody could log in
     */
    void start() throws ConfigurationException {
        try {
            users.checkFirstUser(adminPassword);
        } catch (SQLException e) {
            LOG.warn("Whether there is a user cannot be seen yet: {}", e.getMessage());
        }
        thread.execute(this::prepare);
        thread.scheduleWithFixedDelay(this::care, PERIOD_S, PERIOD_S, TimeUnit.SECONDS);
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }

    private void prepare() {
        try {
            if (!users.makeFirstUser(adminPassword)) {
                health.down(
                        "There is no user yet: admin.password (IDENTICOM_ADMIN_PASSWORD) has to say the first one's");
                thread.schedule(this::prepare, 10 * RETRY_MS, TimeUnit.MILLISECONDS);
                return;
            }
            Instant now = clock.instant();
            transactions.write(tx -> {
                keys.rotate(tx, now);
                keys.publishAll(tx);
                Revocations.publishAll(tx);
                return true;
            });
            awaitPublished(System.nanoTime());
        } catch (ConfigurationException e) {
            health.down("There is no user yet, and " + e.getMessage());
            thread.schedule(this::prepare, 10 * RETRY_MS, TimeUnit.MILLISECONDS);
        } catch (SQLException | RuntimeException e) {
            LOG.warn("Login is not ready yet: {}", e.getMessage());
            health.down("The database does not answer");
            thread.schedule(this::prepare, RETRY_MS, TimeUnit.MILLISECONDS);
        }
    }

    /** Ready when main has the keys; while it is away, after some time without it. */
    private void awaitPublished(long since) {
        try {
            boolean waited = System.nanoTime() - since > TimeUnit.MILLISECONDS.toNanos(PUBLISHED_WITHIN_MS);
            if (waited || transactions.read(keys::published)) {
                health.up();
                return;
            }
        } catch (SQLException | RuntimeException e) {
            LOG.warn("Could not see whether the signing keys are published: {}", e.getMessage());
        }
        thread.schedule(() -> awaitPublished(since), 50, TimeUnit.MILLISECONDS);
    }

    private void care() {
        try {
            Instant now = clock.instant();
            transactions.write(tx -> {
                keys.rotate(tx, now);
                Revocations.expire(tx, now);
                StoredCommands.expire(tx, now);
                return true;
            });
        } catch (SQLException | RuntimeException e) {
            LOG.warn(
                    "Signing keys, revocations and old commands could not be looked after; tried again in a minute: {}",
                    e.getMessage());
        }
    }
}
