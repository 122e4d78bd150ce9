package identicom.runtime.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.InvalidProtocolBufferException;
import identicom.runtime.config.Configuration;
import identicom.runtime.process.Health;
import identicom.runtime.process.Metrics;
import identicom.runtime.tracing.Tracing;
import identicom.schema.Cluster;
import identicom.schema.Profile;
import identicom.schema.Topic;
import identicom.schema.v1.Quarantined;
import identicom.testing.TestCollector;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ConsumeLoopTest {
    private final Health health = new Health();
    private final Metrics metrics = new Metrics();
    private final List<AutoCloseable> opened = new ArrayList<>();
    private final String group = "group-" + UUID.randomUUID();
    private final List<List<String>> batches = new CopyOnWriteArrayList<>();
    private String topic = "";

    @BeforeEach
    void makeTopic() throws Exception {
        topic = KafkaTopics.fresh(1);
    }

    @AfterEach
    void close() throws Exception {
        for (AutoCloseable one : opened.reversed()) {
            one.close();
        }
        metrics.close();
    }

    private ConsumeLoop start(ConsumeLoop.Handler handler, Quarantine quarantine) {
        return start(handler, quarantine, metrics);
    }

    private ConsumeLoop start(ConsumeLoop.Handler handler, Quarantine quarantine, Metrics metrics) {
        ConsumeLoop loop = new ConsumeLoop(
                new ConsumeLoop.Options("test", Cluster.MAIN, group, List.of(topic), 100),
                KafkaTopics.clusters(),
                batch -> {
                    batches.add(KafkaTopics.values(batch));
                    handler.handle(batch);
                },
                quarantine,
                health,
                metrics);
        opened.add(loop);
        loop.start();
        return loop;
    }

    private static final Quarantine NO_POISON = (cluster, record, service, reason) -> {
        throw new AssertionError("no poison was expected: " + reason);
    };

    private List<String> seen() {
        return batches.stream().flatMap(List::stream).toList();
    }

    private void awaitCommitted(long offset) {
        await().untilAsserted(
                        () -> assertThat(KafkaTopics.committed(group, topic)).isEqualTo(offset));
    }

    @Test
    void offsetsAreCommittedOnlyAfterTheHandlerReturned() throws Exception {
        CountDownLatch reached = new CountDownLatch(1);
        CountDownLatch mayReturn = new CountDownLatch(1);
        KafkaTopics.send(topic, "a", "b", "c");
        start(
                batch -> {
                    reached.countDown();
                    mayReturn.await();
                },
                NO_POISON);

        reached.await();
        assertThat(KafkaTopics.committed(group, topic)).isNull();
        mayReturn.countDown();

        awaitCommitted(3);
        assertThat(seen()).containsExactly("a", "b", "c");
    }

    @Test
    void aRetriableFailureKeepsTheBatchAndHandsItOverAgain() throws Exception {
        AtomicBoolean away = new AtomicBoolean(true);
        CountDownLatch failed = new CountDownLatch(3);
        KafkaTopics.send(topic, "a", "b", "c");
        start(
                batch -> {
                    failed.countDown();
                    if (away.get()) {
                        throw new RetriableStorageException("on purpose");
                    }
                },
                NO_POISON);

        failed.await();
        assertThat(KafkaTopics.committed(group, topic)).isNull();
        assertThat(health.states().get("consume test").up()).isFalse();
        // What comes meanwhile waits and is not mixed into the batch that is kept.
        KafkaTopics.send(topic, "d");
        away.set(false);

        awaitCommitted(4);
        assertThat(batches.stream().filter(batch -> batch.contains("a")))
                .hasSizeGreaterThan(3)
                .allSatisfy(batch -> assertThat(batch).isEqualTo(batches.getFirst()));
        assertThat(batches.getFirst()).doesNotContain("d");
        assertThat(batches.getLast()).endsWith("d");
        await().until(() -> health.states().get("consume test").up());
        assertThat(health.live()).isTrue();
    }

    @Test
    void aDatabaseOutageIsRetriable() throws Exception {
        AtomicInteger failures = new AtomicInteger(2);
        KafkaTopics.send(topic, "a");
        start(
                batch -> {
                    if (failures.getAndDecrement() > 0) {
                        throw new SQLException("terminating connection", "57P01");
                    }
                },
                NO_POISON);

        awaitCommitted(1);
        assertThat(seen()).containsExactly("a", "a", "a");
    }

    @Test
    void poisonGoesToQuarantineWithReasonAndBytesAndTheRestIsHandled() throws Exception {
        TopicAdmin.createMissing(KafkaTopics.clusters(), Profile.EMBEDDED, progress -> {});
        KafkaQuarantine quarantine = new KafkaQuarantine(KafkaTopics.clusters(), metrics);
        opened.add(quarantine);
        List<Quarantined> kept = new CopyOnWriteArrayList<>();
        TopicFollower follower = new TopicFollower(
                "quarantine",
                Cluster.MAIN,
                Topic.QUARANTINE.topicName(),
                TopicFollower.From.END,
                KafkaTopics.clusters(),
                record -> kept.add(parse(record)),
                health,
                metrics);
        opened.add(follower);
        follower.start();
        await().until(follower::caughtUp);
        KafkaTopics.send(topic, "a", "bad", "c");

        start(ConsumeLoopTest::refuseBad, quarantine);

        awaitCommitted(3);
        assertThat(batches.getLast()).endsWith("c").doesNotContain("bad");
        assertThat(seen()).contains("a");
        await().until(() -> kept.size() == 2);
        assertThat(kept).allSatisfy(one -> {
            assertThat(one.getReason()).isEqualTo("not one of ours");
            assertThat(one.getValue().toStringUtf8()).isEqualTo("bad");
            assertThat(one.getKey().toStringUtf8()).isEqualTo("k");
            assertThat(one.getTopic()).isEqualTo(topic);
            assertThat(one.getOffset()).isEqualTo(1);
            assertThat(one.getService()).isEqualTo("test");
            assertThat(one.getCluster()).isEqualTo("main");
        });
        assertThat(kept.stream().map(Quarantined::getId).distinct()).hasSize(1);
    }

    private static Quarantined parse(ConsumerRecord<byte[], byte[]> record) {
        try {
            return Quarantined.parseFrom(record.value());
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalArgumentException(e);
        }
    }

    private static void refuseBad(List<ConsumerRecord<byte[], byte[]>> batch) throws PoisonException {
        for (ConsumerRecord<byte[], byte[]> record : batch.stream()
                .filter(one -> Objects.equals(KafkaTopics.text(one.value()), "bad"))
                .toList()) {
            throw new PoisonException(record, "not one of ours");
        }
    }

    @Test
    void poisonThatCannotBeKeptHoldsTheBatch() throws Exception {
        AtomicInteger failures = new AtomicInteger(2);
        KafkaTopics.send(topic, "bad", "b");
        List<String> kept = new CopyOnWriteArrayList<>();
        start(ConsumeLoopTest::refuseBad, (cluster, record, service, reason) -> {
            if (failures.getAndDecrement() > 0) {
                throw new RetriableStorageException("quarantine is away");
            }
            kept.add(KafkaTopics.text(record.value()));
        });

        awaitCommitted(2);
        assertThat(kept).containsExactly("bad");
        assertThat(batches.getLast()).containsExactly("b");
    }

    @Test
    void aBugStopsTheLoopLoudlyAndCommitsNothing() throws Exception {
        KafkaTopics.send(topic, "a");
        start(
                batch -> {
                    throw new IllegalStateException("a bug");
                },
                NO_POISON);

        await().until(() -> !health.live());
        assertThat(health.states().get("consume test").why()).contains("stopped by a bug");
        assertThat(KafkaTopics.committed(group, topic)).isNull();
        assertThat(batches).hasSize(1);
    }

    @Test
    void theHandlingOfARecordThatCarriesATraceIsPartOfIt() throws Exception {
        AtomicInteger failures = new AtomicInteger(1);
        try (TestCollector collector = new TestCollector();
                Metrics traced = new Metrics(Tracing.from(
                        Configuration.of(Map.of("traces.endpoint", collector.endpoint()), Tracing.KEYS), "here"))) {
            var taken = traced.tracing().begin("take event", true, 1);
            KafkaTopics.send(topic, "untraced");
            KafkaTopics.sendWith(topic, Tracing.HEADER, taken.traceparent(), "traced");
            ConsumeLoop loop = start(
                    batch -> {
                        if (seen().contains("traced") && failures.getAndDecrement() > 0) {
                            throw new RetriableStorageException("on purpose");
                        }
                    },
                    NO_POISON,
                    traced);
            awaitCommitted(2);
            loop.close();
            taken.end();

            await().until(() -> collector.spans().size() == 3);
            TestCollector.Span first = collector.named("take event").getFirst();
            List<TestCollector.Span> handled = collector.named("handle test");
            assertThat(handled)
                    .hasSize(2)
                    .allMatch(span -> span.trace().equals(first.trace()))
                    .allMatch(span -> span.parent().equals(first.id()));
            assertThat(handled.stream().map(TestCollector.Span::failed)).containsExactly(true, false);
            assertThat(handled.getLast().attributes())
                    .containsEntry("messaging.destination.name", topic)
                    .containsEntry("messaging.kafka.offset", "1");
        }
    }

    @Test
    void anotherLoopGoesOnWhereOneEnded() throws Exception {
        KafkaTopics.send(topic, "a", "b");
        ConsumeLoop first = start(batch -> {}, NO_POISON);
        awaitCommitted(2);
        first.close();
        KafkaTopics.send(topic, "c");

        start(batch -> {}, NO_POISON);

        awaitCommitted(3);
        assertThat(seen()).containsExactly("a", "b", "c");
    }
}
