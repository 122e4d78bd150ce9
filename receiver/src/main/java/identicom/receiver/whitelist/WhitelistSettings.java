package identicom.receiver.whitelist;

import identicom.runtime.config.Configuration;
import identicom.runtime.config.Key;
import java.time.Duration;
import java.util.List;

/**
 * How a station knows which units are ours.
 *
 * @param maxUnits serials kept in memory; what falls out is looked up again
 * @param lookupLimit how long a look-up may take
 * @param lookupsPerSecond beyond it an unknown serial is treated as unregistered unasked
 * @param refusedFor how long a no is remembered
 * @param deleteAge how old the last known list may be for a unit to be told to delete
 * @param saveInterval how often the list is written to disk
 */
public record WhitelistSettings(
        int maxUnits,
        Duration lookupLimit,
        int lookupsPerSecond,
        Duration refusedFor,
        Duration deleteAge,
        Duration saveInterval) {
    private static final Key<Integer> MAX_UNITS = Key.integer(
            "receiver.whitelist.max-units", 2_000_000, 100, 50_000_000, "Serials kept in memory; others are looked up");
    private static final Key<Duration> LOOKUP_LIMIT = Key.duration(
            "receiver.whitelist.lookup-limit", Duration.ofMillis(500), "How long a look-up in the database may take");
    private static final Key<Integer> LOOKUPS = Key.integer(
            "receiver.whitelist.lookups-per-second",
            200,
            1,
            100_000,
            "Look-ups of unknown serials; beyond it a serial is treated as unregistered");
    private static final Key<Duration> REFUSED_FOR = Key.duration(
            "receiver.whitelist.refused-for", Duration.ofSeconds(1), "How long a serial's refusal is remembered");
    private static final Key<Duration> DELETE_AGE = Key.duration(
            "receiver.whitelist.delete-age",
            Duration.ofHours(24),
            "With a last known list older than this no unit is told to delete anything");
    private static final Key<Duration> SAVE_INTERVAL = Key.duration(
            "receiver.whitelist.save-interval", Duration.ofSeconds(10), "How often the list is written to disk");

    public static final List<Key<?>> KEYS =
            List.of(MAX_UNITS, LOOKUP_LIMIT, LOOKUPS, REFUSED_FOR, DELETE_AGE, SAVE_INTERVAL);

    public static WhitelistSettings from(Configuration c) {
        return new WhitelistSettings(
                c.get(MAX_UNITS),
                c.get(LOOKUP_LIMIT),
                c.get(LOOKUPS),
                c.get(REFUSED_FOR),
                c.get(DELETE_AGE),
                c.get(SAVE_INTERVAL));
    }
}
