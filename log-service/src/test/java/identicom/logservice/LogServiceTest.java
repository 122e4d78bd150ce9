package identicom.logservice;

import static identicom.logservice.Records.event;
import static identicom.logservice.Records.log;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.InvalidProtocolBufferException;
import identicom.logservice.events.EventIntake;
import identicom.logservice.events.Intakes;
import identicom.runtime.config.Configuration;
import identicom.runtime.kafka.Clusters;
import identicom.runtime.kafka.ConsumeLoop;
import identicom.runtime.kafka.TopicAdmin;
import identicom.runtime.process.Health;
import identicom.runtime.process.Metrics;
import identicom.schema.Cluster;
import identicom.schema.DatabaseSchema;
import identicom.schema.Profile;
import identicom.schema.Topic;
import identicom.schema.v1.AuditEntry;
import identicom.schema.v1.Event;
import identicom.schema.v1.EventClass;
import identicom.schema.v1.Quarantined;
import identicom.schema.v1.Trust;
import identicom.testing.TestDatabase;
import identicom.testing.TestKafka;
import identicom.testing.TestTopics;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The whole service between a real broker and a real PostgreSQL. */
class LogServiceTest {
    private static final Duration LIMIT = Duration.ofSeconds(60);

    private TestKafka kafka;
    private Clusters clusters;
    private TestDatabase database;
    private TestTopics topics;

    @BeforeEach
    void start() throws Exception {
        kafka = TestKafka.start();
        Map<String, Object> address = Map.of("bootstrap.servers", kafka.bootstrapServers());
        clusters = new Clusters(address, address);
        TopicAdmin.createMissing(clusters, Profile.EMBEDDED, line -> {});
        database = TestDatabase.fresh(DatabaseSchema.EVENT_LOG);
        topics = new TestTopics(kafka.bootstrapServers());
    }

    @AfterEach
    void stop() {
        topics.close();
        database.close();
        kafka.close();
    }

    private LogService service(Health health) {
        Configuration configuration = Configuration.of(
                Map.of("database.event-log.url", database.url(), "database.event-log.password", TestDatabase.PASSWORD),
                LogService.KEYS);
        return new LogService(configuration, clusters, health, new Metrics(), Path.of("target"));
    }

    private void publish(Topic topic, List<Event> events) throws Exception {
        List<Future<RecordMetadata>> sent = new ArrayList<>();
        for (Event event : events) {
            sent.add(send(topic, event.getSerial(), event.toByteArray()));
        }
        TestTopics.acknowledged(sent);
    }

    private Future<RecordMetadata> send(Topic topic, String key, byte[] value) {
        return topics.send(topic.topicName(), key, value);
    }

    private void awaitRows(long rows) {
        await().atMost(LIMIT)
                .untilAsserted(() -> assertThat(database.number("select count(*) from event_log.event"))
                        .isEqualTo(rows));
    }

    @Test
    void theThreeTopicsBecomeOneLogInWhichEachEventStandsOnce() throws Exception {
        List<Event> routine = log("MAN-1", 500);
        List<Event> high =
                List.of(event("MAN-1", 1_001).setEventClass(EventClass.HIGH).build());
        Event manDown = event("MAN-1", 1_002)
                .setEventClass(EventClass.CRITICAL)
                .setTypeCode(0x3b)
                .setTrust(Trust.UNVERIFIED)
                .build();
        for (int delivery = 0; delivery < 3; delivery++) {
            publish(Topic.EVENTS_ROUTINE, routine);
            publish(Topic.EVENTS_HIGH, high);
            publish(Topic.EVENTS_CRITICAL, List.of(manDown));
        }
        try (LogService service = service(new Health())) {
            service.start();
            awaitRows(502);
            publish(
                    Topic.EVENTS_CRITICAL,
                    List.of(manDown.toBuilder().setTrust(Trust.WHITELISTED).build()));
            publish(Topic.EVENTS_ROUTINE, List.of(event("LAST", 1).build()));
            awaitRows(503);
            await().atMost(LIMIT)
                    .untilAsserted(() -> assertThat(
                                    database.column("select trust from event_log.event where class = 'critical'"))
                            .containsExactly("whitelisted"));
        }
        assertThat(database.number("select count(distinct identity) from event_log.event"))
                .isEqualTo(503);
    }

    @Test
    void aRestartBetweenTheTransactionAndTheOffsetsStoresNothingTwice() throws Exception {
        publish(Topic.EVENTS_ROUTINE, log("MAN-1", 300));
        EventIntake intake = Intakes.on(database.service());
        Health health = new Health();
        ConsumeLoop.Options options = new ConsumeLoop.Options(
                "dies", Cluster.MAIN, "identicom-log-events", List.of(Topic.EVENTS_ROUTINE.topicName()), 2_000);
        ConsumeLoop.Handler dying = batch -> {
            intake.handle(batch);
            throw new IllegalStateException("dies with the batch stored and its offsets not committed");
        };
        try (ConsumeLoop loop =
                new ConsumeLoop(options, clusters, dying, (c, record, service, reason) -> {}, health, new Metrics())) {
            loop.start();
            await().atMost(LIMIT).until(() -> !health.live());
        }
        assertThat(database.number("select count(*) from event_log.event")).isPositive();
        try (LogService service = service(new Health())) {
            service.start();
            publish(Topic.EVENTS_ROUTINE, List.of(event("LAST", 1).build()));
            awaitRows(301);
        }
        assertThat(database.number("select count(distinct identity) from event_log.event"))
                .isEqualTo(301);
    }

    @Test
    void poisonGoesToQuarantineAndTheRestGoesOn() throws Exception {
        byte[] garbage = {(byte) 0xff, 1, 2};
        send(Topic.EVENTS_HIGH, "MAN-1", garbage).get();
        publish(
                Topic.EVENTS_HIGH,
                List.of(
                        event("MAN-1", 1).setTrust(Trust.UNREGISTERED).build(),
                        event("MAN-1", 2).build()));
        Health health = new Health();
        try (LogService service = service(health);
                Consumer<byte[], byte[]> quarantine = quarantine()) {
            service.start();
            awaitRows(1);
            List<Quarantined> kept = new ArrayList<>();
            await().atMost(LIMIT).until(() -> {
                quarantine.poll(Duration.ofMillis(200)).forEach(record -> kept.add(parse(record.value())));
                return kept.stream().map(Quarantined::getReason).distinct().count() >= 2;
            });
            assertThat(kept)
                    .anyMatch(q -> q.getValue().toByteArray().length == 3
                            && q.getReason().contains("cannot be decoded")
                            && q.getService().equals("log-events"))
                    .anyMatch(q -> q.getReason().contains("trust: unregistered"));
            assertThat(health.live()).isTrue();
        }
        assertThat(database.column("select sequence from event_log.event")).containsExactly("2");
    }

    private Consumer<byte[], byte[]> quarantine() {
        Consumer<byte[], byte[]> consumer = topics.consumer("test-quarantine");
        consumer.subscribe(List.of(Topic.QUARANTINE.topicName()));
        return consumer;
    }

    private static Quarantined parse(byte[] value) {
        try {
            return Quarantined.parseFrom(value);
        } catch (InvalidProtocolBufferException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void whatPeopleDidIsStoredOnce() throws Exception {
        AuditEntry entry = AuditEntry.newBuilder()
                .setId("entry-1")
                .setAtUs(1_795_000_000_123_456L)
                .setService("alert-service")
                .setWho("o'brien")
                .setRole("operator")
                .setFrom("10.0.0.1")
                .setAction("alert.close")
                .setObject("A4711")
                .putDetail("note", "a \"quoted\" note \\ with = and \u00e9")
                .build();
        send(Topic.AUDIT, "o'brien", entry.toByteArray()).get();
        send(Topic.AUDIT, "o'brien", entry.toByteArray()).get();
        send(Topic.AUDIT, "o'brien", entry.toBuilder().setId("entry-2").build().toByteArray())
                .get();
        try (LogService service = service(new Health())) {
            service.start();
            await().atMost(LIMIT)
                    .untilAsserted(() -> assertThat(database.column("select id from event_log.audit order by id"))
                            .containsExactly("entry-1", "entry-2"));
        }
        assertThat(
                        database.column(
                                "select concat_ws('|', (extract(epoch from at) * 1000000)::bigint, service, who, role,"
                                        + " from_address, action, object, detail ->> 'note') from event_log.audit where id = 'entry-1'"))
                .containsExactly("1795000000123456|alert-service|o'brien|operator|10.0.0.1|alert.close|A4711|"
                        + "a \"quoted\" note \\ with = and \u00e9");
    }
}
