package identicom.alertservice.presence;

import com.google.protobuf.InvalidProtocolBufferException;
import identicom.alertservice.store.Reopening;
import identicom.alertservice.timer.Repeating;
import identicom.schema.v1.KeyRecord;
import identicom.schema.v1.Revocation;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reopens the alerts of those who logged out, or whose logins were all ended, as identicom.keys tells it. What the
 * database cannot take yet is kept, of each user the newest; beyond {@value #MOST_KEPT} users a further one is only
 * logged, and loses their alerts with their screen.
 */
public final class Logouts implements AutoCloseable {

    static final int MOST_KEPT = 10_000;

    private static final Logger LOG = LoggerFactory.getLogger(Logouts.class);
    private static final Duration AGAIN_AFTER = Duration.ofSeconds(1);

    private final Reopening reopening;
    private final Runnable reopened;
    private final Repeating work;
    private final Map<String, Instant> waiting = new ConcurrentHashMap<>();

    /** @param reopened told when alerts were */
    public Logouts(Reopening reopening, Runnable reopened) {
        this.reopening = reopening;
        this.reopened = reopened;
        this.work = new Repeating("alerts-logouts", AGAIN_AFTER, this::reopen);
    }

    public void start() {
        work.start();
    }

    /** A record of identicom.keys. Never blocks. */
    public void apply(ConsumerRecord<byte[], byte[]> record) {
        if (record.value() == null) {
            return;
        }
        try {
            KeyRecord key = KeyRecord.parseFrom(record.value());
            if (key.hasRevocation()) {
                apply(key.getRevocation());
            }
        } catch (InvalidProtocolBufferException e) {
            LOG.warn("{}-{} {}: not a key's record, passed over", record.topic(), record.partition(), record.offset());
        }
    }

    /** A record of before the user stood in it says of nobody that they left. */
    private void apply(Revocation revocation) {
        String user = revocation.hasUser() ? revocation.getUser() : revocation.getTokenUser();
        if (user.isEmpty() || user.indexOf('\0') >= 0) {
            return;
        }
        if (waiting.size() >= MOST_KEPT && !waiting.containsKey(user)) {
            LOG.warn("{} users' logouts wait for the database; a further one is left out", MOST_KEPT);
            return;
        }
        Instant at = Instant.EPOCH.plus(revocation.getIssuedUntilUs(), ChronoUnit.MICROS);
        waiting.merge(user, at, (one, other) -> one.isAfter(other) ? one : other);
        work.wake();
    }

    private void reopen() throws SQLException {
        Map<String, Instant> users = Map.copyOf(waiting);
        if (users.isEmpty()) {
            return;
        }
        int count = reopening.loggedOut(users);
        users.forEach(waiting::remove);
        if (count > 0) {
            reopened.run();
        }
    }

    @Override
    public void close() {
        work.close();
    }
}
