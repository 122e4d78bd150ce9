package identicom.fleetservice.users;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Bounds failed logins per user and per source address. Each has so many attempts; every failure takes one, and they come back
 * evenly over a span. A user who has logged in from an address before has attempts of their own there, so that someone who
 * guesses at a name from elsewhere cannot lock its owner out. Kept in memory and bounded: beyond the bound the least used is
 * forgotten, and each address alone is bounded anyway. Guarded by {@code this}.
 */
public final class Throttle {
    private static final int MAX_KNOWN = 50_000;

    private final Clock clock;
    private final Limits limits;
    private final Cache<Counted, Bucket> users;
    private final Cache<String, Bucket> addresses;
    private final Cache<Counted, Boolean> homes =
            Caffeine.newBuilder().maximumSize(MAX_KNOWN).build();

    /**
     * How many failures are borne.
     *
     * @param perUser in a row, for one user
     * @param perAddress in a row, from one address
     * @param span in which all of them come back
     */
    public record Limits(int perUser, int perAddress, Duration span) {}

    private record Bucket(double left, Instant at) {}

    /** @param address null: a user at all addresses where they have not logged in before */
    private record Counted(String user, @Nullable String address) {}

    public Throttle(Clock clock, Limits limits) {
        this.clock = clock;
        this.limits = limits;
        this.users = Caffeine.newBuilder()
                .maximumSize(MAX_KNOWN)
                .expireAfterWrite(limits.span())
                .build();
        this.addresses = Caffeine.newBuilder()
                .maximumSize(MAX_KNOWN)
                .expireAfterWrite(limits.span())
                .build();
    }

    /** Takes an attempt. @return how long to wait where there is none left */
    public synchronized Optional<Duration> attempt(String user, String address) {
        Instant now = clock.instant();
        Counted userKey = userKey(user, address);
        Bucket ofUser = filled(users.getIfPresent(userKey), limits.perUser(), now);
        Bucket ofAddress = filled(addresses.getIfPresent(address), limits.perAddress(), now);
        Duration wait = longer(wait(ofUser, limits.perUser()), wait(ofAddress, limits.perAddress()));
        if (!wait.isZero()) {
            return Optional.of(wait);
        }
        users.put(userKey, new Bucket(ofUser.left() - 1, now));
        addresses.put(address, new Bucket(ofAddress.left() - 1, now));
        return Optional.empty();
    }

    /** The attempt was none of a guesser: the user proved themselves, or nobody could say. */
    public synchronized void giveBack(String user, String address) {
        Instant now = clock.instant();
        Counted userKey = userKey(user, address);
        Bucket ofUser = filled(users.getIfPresent(userKey), limits.perUser(), now);
        Bucket ofAddress = filled(addresses.getIfPresent(address), limits.perAddress(), now);
        users.put(userKey, new Bucket(Math.min(limits.perUser(), ofUser.left() + 1), now));
        addresses.put(address, new Bucket(Math.min(limits.perAddress(), ofAddress.left() + 1), now));
    }

    /** The user proved themselves from there: later guesses from elsewhere are counted apart. */
    public synchronized void succeeded(String user, String address) {
        giveBack(user, address);
        homes.put(new Counted(user, address), true);
    }

    private Counted userKey(String user, String address) {
        Counted there = new Counted(user, address);
        return homes.getIfPresent(there) == null ? new Counted(user, null) : there;
    }

    private Bucket filled(@Nullable Bucket bucket, int size, Instant now) {
        if (bucket == null) {
            return new Bucket(size, now);
        }
        double back = (double) Duration.between(bucket.at(), now).toMillis()
                * size
                / limits.span().toMillis();
        return new Bucket(Math.min(size, bucket.left() + Math.max(0, back)), now);
    }

    private Duration wait(Bucket bucket, int size) {
        double missing = 1 - bucket.left();
        return missing <= 0
                ? Duration.ZERO
                : Duration.ofMillis((long) Math.ceil(missing * limits.span().toMillis() / size));
    }

    private static Duration longer(Duration one, Duration other) {
        return one.compareTo(other) >= 0 ? one : other;
    }
}
