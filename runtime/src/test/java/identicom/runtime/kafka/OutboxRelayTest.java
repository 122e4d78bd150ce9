package identicom.runtime.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.zaxxer.hikari.HikariDataSource;
import identicom.runtime.config.Configuration;
import identicom.runtime.db.Databases;
import identicom.runtime.process.Health;
import identicom.runtime.process.Metrics;
import identicom.schema.Cluster;
import identicom.testing.TestPostgres;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class OutboxRelayTest {
    private static final Set<Cluster> MAIN = Set.of(Cluster.MAIN);
    private static final Set<Cluster> BOTH = Set.of(Cluster.MAIN, Cluster.PRIORITY);

    private final Health health = new Health();
    private final Metrics metrics = new Metrics();
    private final List<AutoCloseable> opened = new ArrayList<>();
    private final List<String> arrived = new CopyOnWriteArrayList<>();
    private HikariDataSource database;
    /** The test's own connections, which may take longer than those of a service. */
    private HikariDataSource outside;

    private String topic = "";

    @BeforeEach
    void makeOutbox() throws Exception {
        TestPostgres postgres = TestPostgres.shared();
        database = Databases.open(
                "outbox-test",
                Configuration.of(
                        Map.of(
                                "database.outbox-test.url", postgres.jdbcUrl(),
                                "database.outbox-test.user", postgres.user(),
                                "database.outbox-test.password", postgres.password()),
                        Databases.keys("outbox-test")),
                6,
                metrics);
        outside = new HikariDataSource();
        outside.setJdbcUrl(postgres.jdbcUrl());
        outside.setUsername(postgres.user());
        outside.setPassword(postgres.password());
        outside.setMaximumPoolSize(2);
        execute("drop schema if exists relay cascade");
        execute("create schema relay");
        execute("create table relay.outbox (id bigint generated always as identity primary key, topic text not null,"
                + " clusters text not null check (clusters in ('main', 'priority', 'both')), key bytea not null,"
                + " value bytea, created_at timestamptz not null default now())");
        topic = KafkaTopics.fresh(1);
        TopicFollower follower = new TopicFollower(
                "outbox-test",
                Cluster.MAIN,
                topic,
                TopicFollower.From.BEGINNING,
                KafkaTopics.clusters(),
                record -> arrived.add(KafkaTopics.text(record.key()) + "=" + KafkaTopics.text(record.value())),
                health,
                metrics);
        opened.add(follower);
        follower.start();
    }

    @AfterEach
    void close() throws Exception {
        for (AutoCloseable one : opened.reversed()) {
            one.close();
        }
        database.close();
        outside.close();
        metrics.close();
    }

    private void execute(String sql) throws SQLException {
        try (Connection connection = outside.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private void enqueue(Set<Cluster> clusters, String key, @Nullable String value) throws SQLException {
        try (Connection transaction = outside.getConnection()) {
            OutboxRelay.enqueue(transaction, "relay", row(clusters, key, value));
        }
    }

    private OutboxRelay.OutboxRow row(Set<Cluster> clusters, String key, @Nullable String value) {
        return new OutboxRelay.OutboxRow(
                topic, clusters, KafkaTopics.bytes(key), value == null ? null : KafkaTopics.bytes(value));
    }

    private OutboxRelay start(Map<String, Object> main, Map<String, Object> priority) {
        OutboxRelay relay = new OutboxRelay("relay", database, new Clusters(main, priority), health, metrics);
        opened.add(relay);
        relay.start();
        return relay;
    }

    private List<String> rows() throws SQLException {
        try (Connection connection = outside.getConnection();
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(
                        "select convert_from(key, 'UTF8') || ' ' || clusters from relay.outbox order by id")) {
            List<String> rows = new ArrayList<>();
            while (result.next()) {
                rows.add(result.getString(1));
            }
            return rows;
        }
    }

    private void awaitRows(String... rows) {
        await().untilAsserted(() -> assertThat(rows()).containsExactly(rows));
    }

    @Test
    void rowsArePublishedInOrderTombstonesIncludedAndThenDeleted() throws Exception {
        OutboxRelay relay = start(KafkaTopics.broker(), KafkaTopics.broker());
        enqueue(MAIN, "a", "1");
        enqueue(MAIN, "a", "2");
        enqueue(MAIN, "a", null);
        relay.wake();

        await().until(() -> arrived.size() == 3);
        assertThat(arrived).containsExactly("a=1", "a=2", "a=tombstone");
        awaitRows();
    }

    @Test
    void aTransactionThatIsRolledBackTellsNobody() throws Exception {
        OutboxRelay relay = start(KafkaTopics.broker(), KafkaTopics.broker());
        try (Connection transaction = outside.getConnection()) {
            transaction.setAutoCommit(false);
            OutboxRelay.enqueue(transaction, "relay", row(MAIN, "undone", "1"));
            relay.wake();
            transaction.rollback();
        }
        enqueue(MAIN, "done", "1");

        await().until(() -> !arrived.isEmpty());
        assertThat(arrived).containsExactly("done=1");
    }

    @Test
    void aRowStaysUntilItIsAcknowledged() throws Exception {
        enqueue(MAIN, "a", "1");
        OutboxRelay relay = start(KafkaTopics.NOBODY, KafkaTopics.NOBODY);
        await().until(() -> !health.states().get("outbox-relay-main").why().isEmpty()
                && !health.states().get("outbox-relay-main").why().equals("starting"));
        awaitRows("a main");
        relay.close();

        start(KafkaTopics.broker(), KafkaTopics.broker());

        await().until(() -> arrived.contains("a=1"));
        awaitRows();
    }

    @Test
    void whilePriorityIsAwayItsPartIsKeptAndNothingForMainWaits() throws Exception {
        enqueue(BOTH, "both", "1");
        enqueue(MAIN, "main", "2");
        OutboxRelay relay = start(KafkaTopics.broker(), KafkaTopics.NOBODY);

        await().until(() -> arrived.size() == 2);
        awaitRows("both priority");
        enqueue(MAIN, "later", "3");
        relay.wake();
        await().until(() -> arrived.contains("later=3"));
        awaitRows("both priority");
        relay.close();

        start(KafkaTopics.broker(), KafkaTopics.broker());

        awaitRows();
        // The same broker stands for both clusters here: the second "both" is priority's.
        await().untilAsserted(() -> assertThat(arrived).containsExactly("both=1", "main=2", "later=3", "both=1"));
    }

    @Test
    void twoInstancesPublishEachRowOnceAndEachKeysRowsInOrder() throws Exception {
        OutboxRelay one = start(KafkaTopics.broker(), KafkaTopics.broker());
        OutboxRelay other = start(KafkaTopics.broker(), KafkaTopics.broker());
        for (int i = 0; i < 100; i++) {
            enqueue(MAIN, "k" + i % 3, Integer.toString(i));
            one.wake();
            other.wake();
        }

        awaitRows();
        await().until(() -> arrived.stream().distinct().count() == 100);
        // A record whose acknowledgement was late comes twice; one that two instances have in hand is counted twice.
        await().untilAsserted(() -> assertThat(metrics.scrape())
                .contains("identicom_outbox_published_total{cluster=\"main\",schema=\"relay\"} 100.0"));
        for (int key = 0; key < 3; key++) {
            String prefix = "k" + key + "=";
            int first = key;
            assertThat(arrived.stream().distinct().filter(record -> record.startsWith(prefix)))
                    .containsExactlyElementsOf(IntStream.range(0, 100)
                            .filter(i -> i % 3 == first)
                            .mapToObj(i -> prefix + i)
                            .toList());
        }
    }

    @Test
    void aRowThatTheClusterRefusesForItsSizeIsGivenUpAndHoldsUpNothing() throws Exception {
        enqueue(MAIN, "a", "before");
        enqueue(BOTH, "a", "x".repeat(2_000_000));
        enqueue(MAIN, "a", "after");

        start(KafkaTopics.broker(), KafkaTopics.broker());

        await().until(() -> arrived.contains("a=after"));
        awaitRows();
        assertThat(arrived).containsExactly("a=before", "a=after");
        await().untilAsserted(() -> assertThat(metrics.scrape())
                .contains("identicom_outbox_refused_total{cluster=\"main\",schema=\"relay\"} 1.0")
                .contains("identicom_outbox_refused_total{cluster=\"priority\",schema=\"relay\"} 1.0")
                .contains("identicom_outbox_published_total{cluster=\"main\",schema=\"relay\"} 2.0"));
        assertThat(health.states().get("outbox-relay-main").why()).isEmpty();
    }

    @Test
    void aRowThatTheProducerItselfRefusesForItsSizeIsGivenUpToo() throws Exception {
        enqueue(MAIN, "a", "x".repeat(4_000_000));
        enqueue(MAIN, "a", "after");

        start(KafkaTopics.broker(), KafkaTopics.broker());

        await().until(() -> arrived.contains("a=after"));
        awaitRows();
        assertThat(arrived).containsExactly("a=after");
    }

    @Test
    void moreRowsThanOneRoundTakesAreAllPublished() throws Exception {
        try (Connection transaction = outside.getConnection()) {
            transaction.setAutoCommit(false);
            for (int i = 0; i < 2_000; i++) {
                OutboxRelay.enqueue(transaction, "relay", row(BOTH, "unit-" + i, "x"));
            }
            transaction.commit();
        }
        start(KafkaTopics.broker(), KafkaTopics.broker());

        awaitRows();
        await().until(() -> arrived.size() == 4_000);
    }
}
