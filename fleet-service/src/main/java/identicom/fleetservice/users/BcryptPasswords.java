package identicom.fleetservice.users;

import at.favre.lib.crypto.bcrypt.BCrypt;
import at.favre.lib.crypto.bcrypt.LongPasswordStrategies;
import identicom.runtime.http.Problem;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Bcrypt; of passwords longer than its 72 bytes the SHA-512. Hashing is made to be slow, so only a few threads do it and only so
 * many wait for them: whoever comes beyond that is asked to come again.
 */
public final class BcryptPasswords implements Passwords, AutoCloseable {
    private static final BCrypt.Version VERSION = BCrypt.Version.VERSION_2A;
    private static final int MAX_WAITING = 64;

    private final BCrypt.Hasher hasher =
            BCrypt.with(VERSION, new SecureRandom(), LongPasswordStrategies.hashSha512(VERSION));
    private final BCrypt.Verifyer verifyer = BCrypt.verifyer(VERSION, LongPasswordStrategies.hashSha512(VERSION));
    private final int cost;
    private final ThreadPoolExecutor threads;

    /** @param cost two to the power of it is the number of rounds */
    public BcryptPasswords(int cost, int threads) {
        this.cost = cost;
        this.threads = new ThreadPoolExecutor(
                threads,
                threads,
                0,
                TimeUnit.SECONDS,
                new ArrayBlockingQueue<>(MAX_WAITING),
                Thread.ofPlatform().name("password-", 0).daemon(true).factory());
    }

    @Override
    public String hash(String password) {
        return run(() -> hasher.hashToString(cost, password.toCharArray()));
    }

    @Override
    public boolean matches(String password, String hash) {
        return run(() -> verifyer.verify(password.toCharArray(), hash.toCharArray()).verified);
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }

    private <T> T run(Callable<T> work) {
        Future<T> future;
        try {
            future = threads.submit(work);
        } catch (RejectedExecutionException e) {
            throw Problem.tooMany(Duration.ofSeconds(1));
        }
        try {
            return future.get();
        } catch (InterruptedException e) {
            future.cancel(true);
            Thread.currentThread().interrupt();
            throw Problem.unavailable("The service is stopping");
        } catch (ExecutionException e) {
            throw new IllegalStateException("A password could not be hashed", e.getCause());
        }
    }
}
