package identicom.receiver;

import static identicom.receiver.server.Said.MAN_DOWN;
import static identicom.receiver.server.Said.identification;
import static identicom.receiver.server.Said.push;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import identicom.embedded.KafkaBroker;
import identicom.receiver.server.RawUnit;
import identicom.receiver.server.Said;
import identicom.runtime.config.Configuration;
import identicom.runtime.config.Key;
import identicom.runtime.kafka.Clusters;
import identicom.runtime.kafka.TopicAdmin;
import identicom.runtime.process.Health;
import identicom.runtime.process.Metrics;
import identicom.schema.Cluster;
import identicom.schema.DatabaseSchema;
import identicom.schema.Migrations;
import identicom.schema.Profile;
import identicom.schema.Topic;
import identicom.schema.v1.Event;
import identicom.schema.v1.Quarantined;
import identicom.schema.v1.SessionRecord;
import identicom.schema.v1.StationHeartbeat;
import identicom.schema.v1.Trust;
import identicom.schema.v1.UnitState;
import identicom.testing.TestKafka;
import identicom.testing.TestPostgres;
import identicom.wire.message.DeleteEventLog;
import identicom.wire.message.EventLog;
import identicom.wire.message.Probe;
import identicom.wire.message.ProbeReply;
import identicom.wire.message.ReadEventLog;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The station against two real clusters and a real database. */
class ReceiverServiceTest {
    private static final Duration SOON = Duration.ofSeconds(90);

    @TempDir
    private static Path brokerFolder;

    @TempDir
    private Path state;

    private static KafkaBroker main;
    private static Clusters clusters;

    @AutoClose
    private static Topics topics;

    private static final AtomicInteger warmed = new AtomicInteger();

    private Metrics metrics = new Metrics();
    private ReceiverService receiver;

    @BeforeAll
    static void brokers() throws Exception {
        main = KafkaBroker.start(KafkaBroker.Options.in(brokerFolder));
        clusters = clusters(main.bootstrapServers(), TestKafka.shared().bootstrapServers());
        TopicAdmin.createMissing(clusters, Profile.EMBEDDED, line -> {});
        topics = new Topics(clusters);
        TestPostgres database = TestPostgres.shared();
        Migrations.migrate(
                Migrations.Plan.oneDatabase(
                        new Migrations.Admin(database.jdbcUrl(), database.user(), database.password()),
                        Map.of(
                                DatabaseSchema.FLEET, "f",
                                DatabaseSchema.ALERTS, "a",
                                DatabaseSchema.EVENT_LOG, "e",
                                DatabaseSchema.MEDIA, "m"),
                        "w"),
                line -> {});
    }

    @AfterAll
    static void stopBrokers() {
        main.close();
    }

    private static Clusters clusters(String main, String priority) {
        return new Clusters(Map.of("bootstrap.servers", main), Map.of("bootstrap.servers", priority));
    }

    @BeforeEach
    void start() throws SQLException {
        receiver = start(TestPostgres.shared().jdbcUrl());
        warm();
    }

    /**
     * A producer's first record, and the database's first answer, may be given up while the producer and the connection are made; so
     * nobody's first one is what a test looks at.
     */
    private void warm() throws SQLException {
        String serial = "WARM-" + warmed.incrementAndGet();
        commission(serial, "commissioned", 1);
        Said log = Said.entries(3);
        await().atMost(SOON).until(() -> {
            try (RawUnit unit = new RawUnit(receiver.unitsPort())) {
                unit.send(identification(serial), push(9_000, MAN_DOWN));
                return log.converse(unit).log.isEmpty();
            }
        });
    }

    /** With limits for a machine that may be busy. */
    private ReceiverService start(String databaseUrl) {
        Map<String, String> values = Map.ofEntries(
                Map.entry("units.host", "127.0.0.1"),
                Map.entry("units.port", "0"),
                Map.entry("receiver.probe-interval", "100ms"),
                Map.entry("receiver.silence", "30s"),
                Map.entry("receiver.identification-limit", "60s"),
                Map.entry("receiver.refusal", "20s"),
                Map.entry("receiver.settle", "20s"),
                Map.entry("receiver.linger", "500ms"),
                Map.entry("receiver.publish.critical-timeout", "10s"),
                Map.entry("receiver.publish.bulk-timeout", "10s"),
                Map.entry("receiver.publish.flush", "30s"),
                Map.entry("receiver.whitelist.save-interval", "200ms"),
                Map.entry("receiver.whitelist.lookup-limit", "20s"),
                Map.entry("database.whitelist.url", databaseUrl),
                Map.entry("database.whitelist.password", "w"));
        List<Key<?>> keys = ReceiverService.KEYS;
        metrics = new Metrics();
        ReceiverService started =
                new ReceiverService(Configuration.of(values, keys), clusters, new Health(), metrics, state);
        started.start();
        return started;
    }

    @AfterEach
    void stop() {
        receiver.close();
    }

    private static void commission(String serial, String stateText, long version) throws SQLException {
        TestPostgres database = TestPostgres.shared();
        try (Connection connection =
                        DriverManager.getConnection(database.jdbcUrl(), database.user(), database.password());
                var put = connection.prepareStatement("""
                        insert into fleet.units values (?, '', '', '', 30, 5, ?, ?, now(), 'test')
                        on conflict (serial) do update set state = excluded.state, version = excluded.version
                        """)) {
            put.setString(1, serial);
            put.setString(2, stateText);
            put.setLong(3, version);
            put.executeUpdate();
        }
    }

    private Said dialIn(String serial, int entries, EventLog... pushes) {
        try (RawUnit unit = new RawUnit(receiver.unitsPort())) {
            unit.send(identification(serial)).send(pushes);
            return Said.entries(entries).converse(unit);
        }
    }

    private static List<Event> events(Cluster cluster, Topic topic, String serial) {
        return topics.all(cluster, topic).stream()
                .map(record -> parsed(() -> Event.parseFrom(record.value())))
                .filter(event -> event.getSerial().equals(serial))
                .toList();
    }

    private static List<SessionRecord> sessions() {
        return topics.all(Cluster.MAIN, Topic.SESSIONS).stream()
                .map(record -> parsed(() -> SessionRecord.parseFrom(record.value())))
                .toList();
    }

    private interface Parse<T> {
        T now() throws Exception;
    }

    private static <T> T parsed(Parse<T> parse) {
        try {
            return parse.now();
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void aUnitCommissionedJustNowIsEmptiedAtItsFirstDialIn() throws Exception {
        commission("A-1", "commissioned", 1);
        Said said = dialIn("A-1", 500, push(9_000, MAN_DOWN));
        assertThat(said.log).isEmpty();
        List<Event> routine = events(Cluster.MAIN, Topic.EVENTS_ROUTINE, "A-1");
        assertThat(routine).hasSize(500).allMatch(event -> event.getTrust() == Trust.WHITELISTED);
        assertThat(events(Cluster.MAIN, Topic.EVENTS_CRITICAL, "A-1")).hasSize(1);
        await().atMost(SOON)
                .until(() ->
                        events(Cluster.PRIORITY, Topic.EVENTS_CRITICAL, "A-1").size() == 1);
        await().atMost(SOON)
                .until(() -> sessions().stream()
                        .anyMatch(s -> s.getSerial().equals("A-1")
                                && s.getClosed().getCriticalCount() == 1
                                && s.getClosed().getDeletes() > 0));
    }

    @Test
    void heartbeatsReachEveryPartition() {
        await().atMost(SOON)
                .until(() -> topics.all(Cluster.MAIN, Topic.SESSIONS).stream()
                                .filter(record -> parsed(() -> SessionRecord.parseFrom(record.value()))
                                        .hasHeartbeat())
                                .map(record -> record.partition())
                                .distinct()
                                .count()
                        == Topic.SESSIONS.partitions());
    }

    @Test
    void heartbeatsSayHowLongTheProcessRunsWhateverTheWallClockSays() {
        await().atMost(SOON).untilAsserted(() -> {
            List<StationHeartbeat> beats = topics.all(Cluster.MAIN, Topic.SESSIONS).stream()
                    .filter(record -> record.partition() == 0)
                    .map(record -> parsed(() -> SessionRecord.parseFrom(record.value())))
                    .filter(SessionRecord::hasHeartbeat)
                    .map(SessionRecord::getHeartbeat)
                    .toList();
            assertThat(beats).isNotEmpty();
            long newest = beats.getLast().getStartedAtUs();
            assertThat(beats.stream()
                            .filter(beat -> beat.getStartedAtUs() == newest)
                            .map(StationHeartbeat::getUptimeUs))
                    .hasSizeGreaterThan(1)
                    .isSorted()
                    .doesNotHaveDuplicates()
                    .allMatch(uptime -> uptime > 0);
        });
    }

    @Test
    void aUnitDecommissionedIsNotServedAnyMore() throws Exception {
        commission("A-2", "commissioned", 1);
        topics.unit("A-2", 1, UnitState.COMMISSIONED);
        assertThat(dialIn("A-2", 3).log).isEmpty();
        commission("A-2", "decommissioned", 2);
        topics.unit("A-2", 2, UnitState.DECOMMISSIONED);
        await().until(() -> {
            try (RawUnit unit = new RawUnit(receiver.unitsPort())) {
                return unit.send(identification("A-2"), push(9, MAN_DOWN)).next() == null;
            }
        });
    }

    @Test
    void anUnknownUnitsManDownReachesQuarantineOnBothClusters() {
        try (RawUnit unit = new RawUnit(receiver.unitsPort())) {
            assertThat(unit.send(identification("X-1"), push(9, MAN_DOWN)).next())
                    .isNull();
        }
        for (Cluster cluster : Cluster.values()) {
            await().atMost(SOON)
                    .until(() -> topics.all(cluster, Topic.QUARANTINE).stream()
                            .map(record -> parsed(() -> Quarantined.parseFrom(record.value())))
                            .anyMatch(kept -> kept.getSerial().equals("X-1") && kept.getEventsCount() == 1));
        }
        assertThat(events(Cluster.MAIN, Topic.EVENTS_CRITICAL, "X-1")).isEmpty();
    }

    @Test
    void withMainKilledAManDownGoesByPriorityNothingIsDeletedAndMainIsUsedAgainOnceItIsBack() throws Exception {
        commission("A-3", "commissioned", 1);
        topics.unit("A-3", 1, UnitState.COMMISSIONED);
        assertThat(dialIn("A-3", 1, push(1, MAN_DOWN)).log).isEmpty();
        main.kill();
        Said during = dialIn("A-3", 100, push(9_000, MAN_DOWN));
        assertThat(during.requests).noneMatch(DeleteEventLog.class::isInstance);
        await().atMost(SOON)
                .until(() -> events(Cluster.PRIORITY, Topic.EVENTS_CRITICAL, "A-3").stream()
                                .map(Event::getSequence)
                                .distinct()
                                .count()
                        == 2);
        await().atMost(SOON).untilAsserted(() -> {
            assertThat(dialIn("A-3", 100).deletes).isEmpty();
            assertThat(metricOf("identicom_receiver_dropped_while_silent_total"))
                    .isPositive();
        });
        await().atMost(SOON).until(() -> probe() == ProbeReply.State.READY);
        main = main.restart();
        await().atMost(SOON).until(() -> dialIn("A-3", 100).log.isEmpty());
        assertThat(events(Cluster.MAIN, Topic.EVENTS_ROUTINE, "A-3").stream()
                        .map(Event::getSequence)
                        .distinct())
                .hasSize(100);
    }

    private double metricOf(String name) {
        return metrics.scrape()
                .lines()
                .filter(line -> line.startsWith(name + " "))
                .mapToDouble(line -> Double.parseDouble(line.substring(name.length() + 1)))
                .findFirst()
                .orElse(0);
    }

    private ProbeReply.State probe() {
        try (RawUnit balancer = new RawUnit(receiver.unitsPort())) {
            return ((ProbeReply) balancer.send(new Probe()).next()).state();
        }
    }

    @Test
    void aKnownUnitIsServedFromTheLastKnownListWhileDatabaseAndMainAreAway() throws Exception {
        commission("A-4", "commissioned", 1);
        topics.unit("A-4", 1, UnitState.COMMISSIONED);
        await().atMost(SOON)
                .until(() -> java.nio.file.Files.exists(state.resolve("whitelist"))
                        && java.nio.file.Files.readString(state.resolve("whitelist"))
                                .contains("A-4"));
        receiver.close();
        main.kill();
        receiver = start("jdbc:postgresql://127.0.0.1:1/none");
        try (RawUnit unit = new RawUnit(receiver.unitsPort())) {
            unit.send(identification("A-4"), push(9_000, MAN_DOWN));
            assertThat(unit.next()).isEqualTo(new ReadEventLog(0));
        }
        await().atMost(SOON)
                .until(() -> events(Cluster.PRIORITY, Topic.EVENTS_CRITICAL, "A-4").stream()
                        .anyMatch(event -> event.getTrust() == Trust.WHITELISTED));
        try (RawUnit unit = new RawUnit(receiver.unitsPort())) {
            unit.send(identification("NEW-1"), push(9_001, MAN_DOWN));
            assertThat(unit.next()).isEqualTo(new ReadEventLog(0));
        }
        await().atMost(SOON)
                .until(() -> events(Cluster.PRIORITY, Topic.EVENTS_CRITICAL, "NEW-1").stream()
                        .anyMatch(event -> event.getTrust() == Trust.UNVERIFIED));
        main = main.restart();
    }

    /** A call of one unit, between two moments. */
    private record Call(String serial, long fromUs, long toUs) {}

    private Call call(String serial) {
        long from = nowUs();
        try (RawUnit unit = new RawUnit(receiver.unitsPort())) {
            unit.send(identification(serial));
            unit.next();
        }
        return new Call(serial, from, nowUs());
    }

    private static long nowUs() {
        return ChronoUnit.MICROS.between(Instant.EPOCH, Instant.now());
    }

    /** A heartbeat that claims the time of a call stands behind a record that tells of it, in every partition. */
    private static void assertNoHeartbeatClaimsMoreThanIsTold(List<Call> calls) {
        Map<Integer, Map<String, Long>> told = new HashMap<>();
        Map<String, Integer> partitions = new HashMap<>();
        var records = topics.all(Cluster.MAIN, Topic.SESSIONS);
        records.forEach(record -> partitions.put(new String(record.key(), UTF_8), record.partition()));
        for (var record : records) {
            SessionRecord said = parsed(() -> SessionRecord.parseFrom(record.value()));
            Map<String, Long> here = told.computeIfAbsent(record.partition(), p -> new HashMap<>());
            here.merge(said.getSerial(), heardUs(said), Math::max);
            calls.stream()
                    .filter(call -> said.hasHeartbeat() && said.getHeartbeat().getAtUs() >= call.toUs())
                    .filter(call -> partitions.get(call.serial()) == record.partition())
                    .forEach(call -> assertThat(here.getOrDefault(call.serial(), 0L))
                            .as(call.serial() + " before the heartbeat at offset " + record.offset())
                            .isGreaterThanOrEqualTo(call.fromUs()));
        }
    }

    private static long heardUs(SessionRecord said) {
        return Math.max(
                said.getOpened().getAtUs(),
                Math.max(
                        said.getProgressed().getLastByteAtUs(), said.getClosed().getLastByteAtUs()));
    }

    private static boolean everyPartitionClaims(long atUs) {
        return topics.all(Cluster.MAIN, Topic.SESSIONS).stream()
                        .filter(record -> parsed(() -> SessionRecord.parseFrom(record.value()))
                                        .getHeartbeat()
                                        .getAtUs()
                                >= atUs)
                        .map(ConsumerRecord::partition)
                        .distinct()
                        .count()
                == Topic.SESSIONS.partitions();
    }

    @Test
    void unitsThatCalledWhileMainWasAwayAreToldBeforeAnyHeartbeatThatClaimsThem() throws Exception {
        List<Call> calls = new ArrayList<>();
        for (int unit = 0; unit < 12; unit++) {
            commission("H-" + unit, "commissioned", 1);
            calls.add(call("H-" + unit));
        }
        main.kill();
        for (int unit = 0; unit < 12; unit++) {
            calls.add(call("H-" + unit)); // some while main is not known to be silent yet
        }
        await().atMost(SOON).until(() -> metricOf("identicom_receiver_untold") >= 12);
        for (int unit = 0; unit < 12; unit++) {
            calls.add(call("H-" + unit));
        }
        main = main.restart();
        long back = nowUs();
        for (int unit = 0; unit < 6; unit++) {
            calls.add(call("H-" + unit)); // and some have newer records by the time the older ones could be sent
        }
        await().atMost(SOON).until(() -> everyPartitionClaims(back));
        await().atMost(SOON).until(() -> metricOf("identicom_receiver_untold") == 0);
        assertNoHeartbeatClaimsMoreThanIsTold(calls);
    }

    @Test
    void aStationThatStopsInOrderSaysSoBehindItsLastRecords() throws Exception {
        commission("H-LAST", "commissioned", 1);
        Call call = call("H-LAST");
        receiver.drain();
        receiver.close();
        var last = new HashMap<Integer, SessionRecord>();
        topics.all(Cluster.MAIN, Topic.SESSIONS)
                .forEach(record -> last.put(record.partition(), parsed(() -> SessionRecord.parseFrom(record.value()))));
        assertThat(last).hasSize(Topic.SESSIONS.partitions());
        assertThat(last.values())
                .allMatch(SessionRecord::hasHeartbeat)
                .allMatch(record -> record.getHeartbeat().getDraining())
                .allMatch(record -> record.getHeartbeat().getOpenSessions() == 0)
                .allMatch(record -> record.getHeartbeat().getAtUs() >= call.toUs());
        assertThat(sessions()).anyMatch(s -> s.getSerial().equals("H-LAST") && s.hasClosed());
        assertNoHeartbeatClaimsMoreThanIsTold(List.of(call));
    }

    @Test
    void theStationKeepsItsNameAndDrains() {
        receiver.drain();
        receiver.close();
        String name = StationName.of("", state);
        assertThat(name).startsWith("station-");
        assertThat(StationName.of("", state)).isEqualTo(name);
        assertThat(StationName.of("north", state)).isEqualTo("north");
    }
}
