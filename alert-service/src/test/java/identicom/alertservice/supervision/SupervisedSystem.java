package identicom.alertservice.supervision;

import identicom.alertservice.store.Transactions;
import identicom.alertservice.supervision.rule.Networks;
import identicom.alertservice.supervision.store.Clock;
import identicom.schema.DatabaseSchema;
import identicom.schema.Topic;
import identicom.schema.v1.Event;
import identicom.schema.v1.SessionClosed;
import identicom.schema.v1.SessionOpened;
import identicom.schema.v1.SessionProgressed;
import identicom.schema.v1.SessionRecord;
import identicom.schema.v1.StationHeartbeat;
import identicom.schema.v1.Stretch;
import identicom.schema.v1.Trust;
import identicom.schema.v1.UnitRecord;
import identicom.schema.v1.UnitState;
import identicom.testing.TestDatabase;
import identicom.testing.TestPostgres;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/**
 * Supervision over a real database: what stations would publish is handed over record by record, and time passes as the
 * test says, for the stations, the database and the monotonic clock alike, however long the test itself takes.
 */
final class SupervisedSystem implements AutoCloseable {

    static final Instant START = Instant.parse("2026-05-01T00:00:00Z");
    private static final Duration BEAT = Duration.ofSeconds(2);
    private static final Duration LARGE_STEP = Duration.ofSeconds(20);

    /** A station with a clock of its own. */
    final class Station {
        private final String name;
        private final Duration from = passed;
        private final long startedUs;
        private final List<Stretch> shut = new ArrayList<>();
        private Duration skew;
        private boolean draining;
        boolean silent;

        private Station(String name, Duration skew) {
            this.name = name;
            this.skew = skew;
            this.startedUs = us(passed.plus(skew));
        }

        /** It could accept nothing for so long, until now. */
        void wasShut(Duration time) {
            long now = nowUs();
            shut.add(Stretch.newBuilder()
                    .setFromUs(now - time.toNanos() / 1000)
                    .setToUs(now)
                    .build());
        }

        long nowUs() {
            return us(passed.plus(skew));
        }

        void putClock(Duration by) {
            skew = skew.plus(by);
        }

        void drain() {
            draining = true;
        }

        void beat() throws Exception {
            List<ConsumerRecord<byte[], byte[]>> beats = new ArrayList<>();
            SessionRecord record = SessionRecord.newBuilder()
                    .setStation(name)
                    .setHeartbeat(StationHeartbeat.newBuilder()
                            .setAtUs(nowUs())
                            .setStartedAtUs(startedUs)
                            .setUptimeUs(TimeUnit.NANOSECONDS.toMicros(
                                            passed.minus(from).toNanos())
                                    + 1)
                            .addAllShut(shut)
                            .setDraining(draining)
                            .setOpenSessions(draining ? 0 : 1))
                    .build();
            for (int partition = 0; partition < Topic.SESSIONS.partitions(); partition++) {
                beats.add(record(Topic.SESSIONS, partition, name, record.toByteArray()));
            }
            listening.sessions(beats);
        }

        void opened(String serial, String session) throws Exception {
            opened(List.of(serial), session);
        }

        void opened(List<String> serials, String session) throws Exception {
            session(
                    serials,
                    session,
                    SessionRecord.newBuilder()
                            .setOpened(SessionOpened.newBuilder()
                                    .setAtUs(nowUs())
                                    .setSourceAddress("10.1.2.3:4000")
                                    .setTrust(Trust.WHITELISTED)));
        }

        void closed(String serial, String session) throws Exception {
            session(
                    List.of(serial),
                    session,
                    SessionRecord.newBuilder()
                            .setClosed(SessionClosed.newBuilder().setLastByteAtUs(nowUs())));
        }

        /** What a station says afterwards of those it heard while it could not publish. */
        void heardAt(List<String> serials, String session, long lastByteUs) throws Exception {
            session(
                    serials,
                    session,
                    SessionRecord.newBuilder()
                            .setProgressed(SessionProgressed.newBuilder().setLastByteAtUs(lastByteUs)));
        }

        private void session(List<String> serials, String session, SessionRecord.Builder what) throws Exception {
            List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
            for (String serial : serials) {
                what.setSerial(serial).setSessionId(session + serial).setStation(name);
                int partition = Math.floorMod(serial.hashCode(), Topic.SESSIONS.partitions());
                records.add(
                        record(Topic.SESSIONS, partition, serial, what.build().toByteArray()));
                if (records.size() == 1000) {
                    listening.sessions(records);
                    records.clear();
                }
            }
            listening.sessions(records);
        }
    }

    /** What stands in the topics beyond what was handed over: records, and how many more come with each look. */
    static final class Unread implements Positions {
        private static final TopicPartition ALL = new TopicPartition("all", 0);
        private long end = 1;
        private long read = 1;
        private long readAtOnce = Long.MAX_VALUE;
        private long written;

        /** So many are written now and not read. */
        void stuck(int records) {
            end += records;
            readAtOnce = 0;
        }

        /** From look to look so many are written and so many read. */
        void flow(int written, int read) {
            this.written = written;
            this.readAtOnce = read;
        }

        void readAll() {
            readAtOnce = Long.MAX_VALUE;
            written = 0;
        }

        @Override
        public Map<TopicPartition, Long> ends() {
            return Map.of(ALL, end);
        }

        @Override
        public Map<TopicPartition, Long> read() {
            end += written;
            read += Math.min(readAtOnce, end - read);
            return Map.of(ALL, read);
        }
    }

    final TestDatabase database;
    final Transactions transactions;
    final Listening listening;
    final Unread positions = new Unread();
    private final InStep inStep;
    private final List<Station> stations = new ArrayList<>();
    private Duration passed = Duration.ZERO;
    private Duration databaseSkew = Duration.ZERO;
    private long offset;

    SupervisedSystem() throws SQLException {
        this(transactions -> new ToldAlarms());
    }

    SupervisedSystem(Function<Transactions, Alarms> alarms) throws SQLException {
        database = TestDatabase.on(TestPostgres.shared(), DatabaseSchema.ALERTS);
        ToldAlarms.prepare(database);
        transactions = new Transactions(database.service());
        listening = new Listening(
                transactions,
                new Networks(List.of("north=10.1.0.0/16")),
                alarms.apply(transactions),
                clock(),
                () -> {});
        inStep = new InStep(transactions, positions, clock());
    }

    Clock clock() {
        return new Clock(
                () -> Duration.between(Instant.now(), START.plus(passed).plus(databaseSkew)));
    }

    void putDatabaseClock(Duration by) {
        databaseSkew = databaseSkew.plus(by);
    }

    Sweep sweep(Alarms alarms) {
        return new Sweep(transactions, alarms, clock(), () -> passed.toNanos(), () -> {}, nanos -> {});
    }

    Sweep sweep() {
        return sweep(new ToldAlarms());
    }

    Station station(String name) {
        return station(name, Duration.ZERO);
    }

    /** One that starts with a clock that is wrong by this. */
    Station station(String name, Duration skew) {
        Station station = new Station(name, skew);
        stations.removeIf(other -> other.name.equals(name));
        stations.add(station);
        return station;
    }

    private long us(Duration since) {
        return ChronoUnit.MICROS.between(Instant.EPOCH, START.plus(since));
    }

    long nowUs() {
        return us(passed);
    }

    /** Time passes without anybody doing anything. */
    void jump(Duration by) {
        passed = passed.plus(by);
    }

    /** Time passes: the stations' hearts beat, and then these sweep. More than two minutes pass in larger steps. */
    void pass(Duration time, Sweep... sweeps) throws Exception {
        Duration end = passed.plus(time);
        Duration step = time.compareTo(Duration.ofMinutes(2)) > 0 ? LARGE_STEP : BEAT;
        while (passed.compareTo(end) < 0) {
            passed = passed.plus(step);
            if (passed.compareTo(end) > 0) {
                passed = end;
            }
            for (Station station : stations) {
                if (!station.silent) {
                    station.beat();
                }
            }
            inStep.run();
            for (Sweep sweep : sweeps) {
                sweep.run();
            }
        }
    }

    void unit(String serial, String site, int minutes, long version, boolean commissioned) throws Exception {
        units(List.of(serial), site, minutes, version, commissioned);
    }

    void units(List<String> serials, String site, int minutes, long version, boolean commissioned) throws Exception {
        List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
        for (String serial : serials) {
            UnitRecord unit = UnitRecord.newBuilder()
                    .setSerial(serial)
                    .setSite(site)
                    .setCheckInMinutes(minutes)
                    .setGraceMinutes(5)
                    .setVersion(version)
                    .setState(commissioned ? UnitState.COMMISSIONED : UnitState.DECOMMISSIONED)
                    .build();
            records.add(record(Topic.UNITS, 0, serial, unit.toByteArray()));
        }
        listening.units(records);
    }

    void event(String serial, String session, int code, int sequence) throws Exception {
        event(serial, session, code, sequence, nowUs());
    }

    void event(String serial, String session, int code, int sequence, long acceptedUs) throws Exception {
        Event event = Event.newBuilder()
                .setSerial(serial)
                .setSessionId(session + serial)
                .setLogId(5)
                .setSequence(sequence)
                .setTypeCode(code)
                .setAcceptedAtUs(acceptedUs)
                .setTrust(Trust.WHITELISTED)
                .build();
        listening.events(List.of(record(Topic.EVENTS_ROUTINE, 0, serial, event.toByteArray())));
    }

    private ConsumerRecord<byte[], byte[]> record(Topic topic, int partition, String key, byte[] value) {
        return new ConsumerRecord<>(
                topic.topicName(), partition, offset++, key.getBytes(StandardCharsets.UTF_8), value);
    }

    /** What was told: kind and serial or subject, in the order of the telling. */
    List<String> told() throws SQLException {
        return database.column("select kind || ' ' || coalesce(serial, subject) from alerts.told order by id");
    }

    @Override
    public void close() {
        database.close();
    }
}
