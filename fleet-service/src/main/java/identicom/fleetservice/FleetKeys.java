package identicom.fleetservice;

import identicom.fleetservice.overview.BacklogLimits;
import identicom.runtime.config.Configuration;
import identicom.runtime.config.Key;
import identicom.runtime.db.Databases;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Configuration of fleet-service. */
final class FleetKeys {
    static final String DATABASE = "fleet";

    static final Key<String> ADMIN_PASSWORD =
            Key.secret("admin.password", "password of user admin at the first start, when there is no user yet");
    static final Key<Integer> USER_FAILURES =
            Key.integer("login.user-failures", 10, 1, 1_000, "failed logins in a row that are borne for one user");
    static final Key<Integer> ADDRESS_FAILURES = Key.integer(
            "login.address-failures", 50, 1, 100_000, "failed logins in a row that are borne from one source address");
    static final Key<Duration> FAILURE_SPAN =
            Key.duration("login.failure-span", Duration.ofMinutes(15), "time in which all of these attempts come back");
    static final Key<Integer> BCRYPT_COST =
            Key.integer("login.bcrypt-cost", 12, 4, 16, "cost of a password's hash; each step doubles it");
    static final Key<Integer> HASH_THREADS = Key.integer("login.hash-threads", 2, 1, 64, "threads that hash passwords");
    static final Key<Duration> KEY_ROTATION = Key.duration(
            "login.key-rotation", Duration.ofDays(30), "age at which a signing key is followed by a new one");
    static final Key<Long> IMPORT_MAX_BYTES = Key.longNumber(
            "units.import-max-bytes", 64L << 20, 1_024, 1L << 30, "largest whitelist file that is imported, in bytes");
    static final Key<Integer> IMPORT_MAX_LINES = Key.integer(
            "units.import-max-lines", 250_000, 2, 2_000_000, "most lines of a whitelist file, the header included");

    static final Key<Integer> BACKLOG_CRITICAL = Key.integer(
            "backlog.critical-limit",
            100,
            1,
            100_000_000,
            "records of critical events or of the quarantine from which on a consumer group is called behind");
    static final Key<Integer> BACKLOG_OTHER = Key.integer(
            "backlog.limit",
            50_000,
            1,
            100_000_000,
            "records of any other topic from which on a consumer group is called behind");

    private FleetKeys() {}

    static BacklogLimits backlogLimits(Configuration configuration) {
        return new BacklogLimits(configuration.get(BACKLOG_CRITICAL), configuration.get(BACKLOG_OTHER));
    }

    static List<Key<?>> all() {
        List<Key<?>> keys = new ArrayList<>(Databases.keys(DATABASE));
        keys.addAll(List.of(
                ADMIN_PASSWORD,
                USER_FAILURES,
                ADDRESS_FAILURES,
                FAILURE_SPAN,
                BCRYPT_COST,
                HASH_THREADS,
                KEY_ROTATION,
                IMPORT_MAX_BYTES,
                IMPORT_MAX_LINES,
                BACKLOG_CRITICAL,
                BACKLOG_OTHER));
        return List.copyOf(keys);
    }
}
