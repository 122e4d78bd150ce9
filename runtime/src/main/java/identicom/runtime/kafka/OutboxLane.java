package identicom.runtime.kafka;

import identicom.runtime.db.DatabaseOutage;
import identicom.runtime.db.Rollback;
import identicom.runtime.process.Health;
import identicom.runtime.process.Metrics;
import identicom.schema.Cluster;
import io.micrometer.core.instrument.Counter;
import java.nio.ByteBuffer;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.sql.DataSource;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Publishes one schema's outbox rows to one cluster. One thread of its own. */
final class OutboxLane implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(OutboxLane.class);
    private static final Duration IDLE = Duration.ofMillis(500);
    private static final Duration STOP_LIMIT = Duration.ofSeconds(8);
    private static final Duration DELIVERY = Duration.ofSeconds(5);
    // a producer that was given no id yet does not keep to its limit; after this it is made anew
    private static final Duration STUCK = DELIVERY.plusSeconds(3);
    private static final int ROWS = 5_000;

    private record Row(long id, String topic, byte[] key, byte @Nullable [] value) {
        Object order() {
            return List.of(topic, ByteBuffer.wrap(key));
        }
    }

    private record Sent(Row row, Future<RecordMetadata> acknowledged) {}

    private final String schema;
    private final Cluster cluster;
    private final String name;
    private final DataSource dataSource;
    private final Clusters clusters;
    private final Health.Component state;
    private final Counter published;
    private final Counter refused;
    private final Semaphore woken = new Semaphore(0);
    private final Backoff backoff = new Backoff(Duration.ofMillis(250), Duration.ofSeconds(2));
    private final Thread thread;
    private volatile boolean running = true;
    private Producer<byte[], byte[]> producer; // of the thread

    OutboxLane(
            String schema, Cluster cluster, DataSource dataSource, Clusters clusters, Health health, Metrics metrics) {
        this.schema = schema;
        this.cluster = cluster;
        this.name = "outbox-" + schema + "-" + cluster.word();
        this.dataSource = dataSource;
        this.clusters = clusters;
        this.state = health.register(name, false);
        this.published = Counter.builder("identicom.outbox.published")
                .description("Outbox records acknowledged")
                .tag("schema", schema)
                .tag("cluster", cluster.word())
                .register(metrics.registry());
        this.refused = Counter.builder("identicom.outbox.refused")
                .description("Outbox records that a cluster takes at no time, given up")
                .tag("schema", schema)
                .tag("cluster", cluster.word())
                .register(metrics.registry());
        this.thread = Thread.ofPlatform().name(name).daemon(true).unstarted(this::run);
    }

    void start() {
        thread.start();
    }

    void wake() {
        woken.release();
    }

    @Override
    public void close() {
        running = false;
        woken.release();
        try {
            if (thread.isAlive() && !thread.join(STOP_LIMIT)) {
                thread.interrupt();
            }
        } catch (InterruptedException e) {
            thread.interrupt();
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        producer = newProducer();
        try {
            while (running) {
                if (!turn()) {
                    sleep(IDLE);
                }
            }
        } catch (InterruptedException e) {
            LOG.debug("{} was interrupted to end", name);
        } finally {
            producer.close(Duration.ofSeconds(2));
        }
    }

    private Producer<byte[], byte[]> newProducer() {
        Map<String, Object> limits = Map.of(
                "max.block.ms",
                3_000,
                "request.timeout.ms",
                3_000,
                "delivery.timeout.ms",
                (int) DELIVERY.toMillis(),
                "batch.size",
                256 * 1_024);
        return clusters.newProducer(cluster, name, limits);
    }

    private void sleep(Duration time) throws InterruptedException {
        if (woken.tryAcquire(time.toMillis(), TimeUnit.MILLISECONDS)) {
            woken.drainPermits();
        }
    }

    /** Whether there may be more to do at once. */
    private boolean turn() throws InterruptedException {
        try {
            boolean more = publish();
            state.up();
            backoff.reset();
            return more;
        } catch (SQLException | KafkaException e) {
            if (e instanceof SQLException && !DatabaseOutage.causes(e)) {
                LOG.error("{}: the outbox cannot be read; it will be tried again", name, e);
            }
            state.down(e.toString());
            // A wake-up does not shorten this: trouble is not tried again in a hurry.
            TimeUnit.MILLISECONDS.sleep(backoff.next().toMillis());
            return true;
        }
    }

    private boolean publish() throws SQLException, InterruptedException {
        try (Connection transaction = dataSource.getConnection()) {
            transaction.setAutoCommit(false);
            try {
                if (!lock(transaction)) {
                    transaction.rollback();
                    return false;
                }
                List<Row> rows = rows(transaction);
                List<Row> acknowledged = new ArrayList<>();
                List<Row> tooLarge = new ArrayList<>();
                KafkaException failure = send(rows, acknowledged, tooLarge);
                settle(transaction, acknowledged);
                settle(transaction, tooLarge);
                transaction.commit();
                published.increment(acknowledged.size());
                tooLarge.forEach(this::givenUp);
                if (failure != null) {
                    throw failure;
                }
                return !rows.isEmpty();
            } catch (SQLException | RuntimeException | InterruptedException e) {
                Rollback.of(transaction, e);
                throw e;
            }
        }
    }

    private boolean lock(Connection transaction) throws SQLException {
        try (PreparedStatement lock =
                transaction.prepareStatement("select pg_try_advisory_xact_lock(hashtextextended(?, 0))")) {
            lock.setString(1, "identicom:" + name);
            try (ResultSet result = lock.executeQuery()) {
                return result.next() && result.getBoolean(1);
            }
        }
    }

    private List<Row> rows(Connection transaction) throws SQLException {
        String sql = "select id, topic, key, value from " + schema
                + ".outbox where clusters in (?, 'both') order by id limit " + ROWS;
        try (PreparedStatement select = transaction.prepareStatement(sql)) {
            select.setString(1, cluster.word());
            try (ResultSet result = select.executeQuery()) {
                List<Row> rows = new ArrayList<>();
                while (result.next()) {
                    rows.add(new Row(result.getLong(1), result.getString(2), result.getBytes(3), result.getBytes(4)));
                }
                return rows;
            }
        }
    }

    /**
     * Sends the first row of each topic and key; later ones of the same wait for the next round, so that a failure never puts two of
     * them into the wrong order.
     */
    private @Nullable KafkaException send(List<Row> rows, List<Row> acknowledged, List<Row> tooLarge)
            throws InterruptedException {
        Set<Object> begun = new HashSet<>();
        List<Sent> sent = new ArrayList<>();
        KafkaException failure = null;
        for (Row row : rows) {
            if (begun.add(row.order())) {
                try {
                    sent.add(new Sent(row, producer.send(new ProducerRecord<>(row.topic, row.key, row.value))));
                } catch (KafkaException e) {
                    failure = e;
                    break;
                }
            }
        }
        long endNanos = System.nanoTime() + STUCK.toNanos();
        for (Sent one : sent) {
            try {
                one.acknowledged.get(Math.max(1, endNanos - System.nanoTime()), TimeUnit.NANOSECONDS);
                acknowledged.add(one.row);
            } catch (TimeoutException e) {
                // closing it ends all that it holds: what comes after this row has its answer then
                producer.close(Duration.ZERO);
                producer = newProducer();
                failure = new KafkaException("no answer to record " + one.row.id + " for " + one.row.topic, e);
            } catch (ExecutionException e) {
                if (e.getCause() instanceof RecordTooLargeException) {
                    tooLarge.add(one.row);
                } else {
                    failure = new KafkaException(
                            "record " + one.row.id + " for " + one.row.topic + " was not taken: " + e.getCause(), e);
                }
            }
        }
        return failure;
    }

    /** Larger than the cluster takes, today and at each try: what stands behind it does not wait for that. */
    private void givenUp(Row row) {
        refused.increment();
        LOG.error(
                "{}: record {} of {}.outbox for {} is larger than the {} cluster takes; it was given up (expected: at most max.message.bytes of the topic)",
                name,
                row.id,
                schema,
                row.topic,
                cluster.word());
    }

    /** Turns {@code both} into the other cluster first: a row that the other lane has just done is then seen as this one's last. */
    private void settle(Connection transaction, List<Row> done) throws SQLException {
        if (done.isEmpty()) {
            return;
        }
        Array ids =
                transaction.createArrayOf("bigint", done.stream().map(Row::id).toArray());
        String other = (cluster == Cluster.MAIN ? Cluster.PRIORITY : Cluster.MAIN).word();
        execute(
                transaction,
                "update " + schema + ".outbox set clusters = ? where id = any(?) and clusters = 'both'",
                other,
                ids);
        execute(
                transaction,
                "delete from " + schema + ".outbox where clusters = ? and id = any(?)",
                cluster.word(),
                ids);
    }

    private static void execute(Connection transaction, String sql, String cluster, Array ids) throws SQLException {
        try (PreparedStatement statement = transaction.prepareStatement(sql)) {
            statement.setString(1, cluster);
            statement.setArray(2, ids);
            statement.executeUpdate();
        }
    }
}
