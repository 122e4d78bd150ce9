package identicom.alertservice.supervision;

import identicom.alertservice.store.Transactions;
import identicom.alertservice.supervision.rule.Networks;
import identicom.alertservice.supervision.store.Clock;
import identicom.alertservice.supervision.store.Progress;
import identicom.schema.DatabaseSchema;
import identicom.schema.Topic;
import identicom.schema.v1.Event;
import identicom.schema.v1.SessionClosed;
import identicom.schema.v1.SessionOpened;
import identicom.schema.v1.SessionRecord;
import identicom.schema.v1.StationHeartbeat;
import identicom.schema.v1.Trust;
import identicom.testing.TestDatabase;
import identicom.testing.TestPostgres;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;

/**
 * A million supervised units that call every 30 minutes, at the pace of the real clock: what a second costs. No test: it
 * is run by name (docs/operations/supervision.md has the command). One unit in a thousand never calls.
 */
class SupervisionBench {

    private static final int UNITS = Integer.getInteger("bench.units", 1_000_000);
    private static final int SECONDS = Integer.getInteger("bench.seconds", 120);
    private static final int INTERVAL_SECONDS = 1_800;
    private static final int STEPS_A_SECOND = 4;
    private static final List<String> STATIONS = List.of("rx-1", "rx-2", "rx-3");

    private final long startUs = nowUs();
    private final AtomicLong sweepNanos = new AtomicLong();
    private final AtomicLong sweeps = new AtomicLong();
    private final AtomicLong offsets = new AtomicLong();

    @Test
    void aMillionUnits() throws Exception {
        try (TestPostgres postgres = TestPostgres.start();
                TestDatabase database = TestDatabase.on(postgres, DatabaseSchema.ALERTS)) {
            run(postgres, database);
        }
    }

    private void run(TestPostgres postgres, TestDatabase database) throws Exception {
        ToldAlarms.prepare(database);
        fill(database);
        Transactions transactions = new Transactions(database.service());
        ToldAlarms alarms = new ToldAlarms();
        Clock clock = new Clock(() -> Duration.ZERO);
        Listening listening = new Listening(transactions, new Networks(List.of()), alarms, clock, () -> {});
        Sweep sweep = new Sweep(transactions, alarms, clock, System::nanoTime, () -> {}, nanos -> {
            sweepNanos.addAndGet(nanos);
            sweeps.incrementAndGet();
        });
        InStep inStep = new InStep(transactions, new SupervisedSystem.Unread(), clock);
        List<Long> lags = new ArrayList<>();
        long listeningNanos = 0;
        try (ScheduledThreadPoolExecutor sweeper = new ScheduledThreadPoolExecutor(1)) {
            long first = nowUs();
            long begin = System.nanoTime();
            long[] cpu = {processNanos(), serverTicks(postgres)};
            sweeper.scheduleWithFixedDelay(() -> sweep(inStep, sweep), 0, 500, TimeUnit.MILLISECONDS);
            long called = 0;
            for (int step = 1; step <= SECONDS * STEPS_A_SECOND; step++) {
                TimeUnit.NANOSECONDS.sleep(begin + step * 1_000_000_000L / STEPS_A_SECOND - System.nanoTime());
                long upTo = (nowUs() - first) * UNITS / (INTERVAL_SECONDS * 1_000_000L);
                long before = System.nanoTime();
                call(listening, called, upTo);
                called = upTo;
                if (step % (2 * STEPS_A_SECOND) == 0) {
                    beat(listening);
                }
                listeningNanos += System.nanoTime() - before;
                Long watermark = transactions.run(tx -> Progress.state(tx).watermarkUs());
                if (watermark != null) {
                    lags.add(nowUs() - watermark);
                }
            }
            double seconds = (System.nanoTime() - begin) / 1e9;
            report(postgres, database, lags, listeningNanos, cpu, called, seconds);
            sweeper.shutdown();
        }
    }

    private static void sweep(InStep inStep, Sweep sweep) {
        try {
            inStep.run();
            sweep.run();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private void report(
            TestPostgres postgres,
            TestDatabase database,
            List<Long> lags,
            long listeningNanos,
            long[] cpu,
            long called,
            double seconds)
            throws Exception {
        lags.sort(null);
        Runtime jvm = Runtime.getRuntime();
        System.gc();
        System.out.printf(
                """
                units %,d, check-ins %,.0f a second for %,.0f s (3 records each)
                listening        %.1f ms a second
                sweep            %.1f ms each (%d of them)
                processor        %.1f ms a second in this process, %.1f ms a second in the database
                watermark lag    median %.2f s, highest %.2f s
                told of          %s
                heap after GC    %d MB
                table            %s, indexes %s
                """,
                UNITS,
                called / seconds,
                seconds,
                listeningNanos / 1e6 / seconds,
                sweepNanos.get() / 1e6 / sweeps.get(),
                sweeps.get(),
                (processNanos() - cpu[0]) / 1e6 / seconds,
                (serverTicks(postgres) - cpu[1]) * 10 / seconds,
                lags.get(lags.size() / 2) / 1e6,
                lags.getLast() / 1e6,
                database.column("select kind || ' ' || count(*) from alerts.told group by kind order by kind"),
                (jvm.totalMemory() - jvm.freeMemory()) >> 20,
                database.column("select pg_size_pretty(pg_table_size('alerts.supervised'))")
                        .getFirst(),
                database.column("select pg_size_pretty(pg_indexes_size('alerts.supervised'))")
                        .getFirst());
    }

    private void fill(TestDatabase database) throws Exception {
        database.execute("""
                insert into alerts.supervised
                select 'U' || n, 'site ' || n %% 499, '', %2$d, 300, true, 1, h, h + (%2$d + 300) * 1000000::bigint,
                       null, false, null, 's0-' || n, h, true, 0, '', 5, 1, '', 0, -1, 0
                  from (select n, %3$d - %2$d * 1000000::bigint + n * %2$d * 1000000::bigint / %1$d
                                  - case when n %% 1000 = 0 then 300 * 1000000::bigint else 0 end as h
                          from generate_series(0, %1$d - 1) as n) as unit""".formatted(UNITS, INTERVAL_SECONDS, nowUs()));
        database.execute("vacuum analyze alerts.supervised");
    }

    private void call(Listening listening, long from, long to) throws Exception {
        List<ConsumerRecord<byte[], byte[]>> sessions = new ArrayList<>();
        List<ConsumerRecord<byte[], byte[]>> events = new ArrayList<>();
        for (long n = from; n < to; n++) {
            if (n % 1000 == 0) {
                continue;
            }
            String serial = "U" + n;
            SessionRecord.Builder session = SessionRecord.newBuilder()
                    .setSerial(serial)
                    .setSessionId("s1-" + n)
                    .setStation("rx-1");
            sessions.add(record(
                    Topic.SESSIONS,
                    serial,
                    session.setOpened(
                                    SessionOpened.newBuilder().setAtUs(nowUs()).setTrust(Trust.WHITELISTED))
                            .build()
                            .toByteArray()));
            events.add(record(
                    Topic.EVENTS_ROUTINE,
                    serial,
                    Event.newBuilder()
                            .setSerial(serial)
                            .setLogId(5)
                            .setSequence(2)
                            .setTypeCode(0x20)
                            .setTrust(Trust.WHITELISTED)
                            .build()
                            .toByteArray()));
            sessions.add(record(
                    Topic.SESSIONS,
                    serial,
                    session.setClosed(SessionClosed.newBuilder().setLastByteAtUs(nowUs()))
                            .build()
                            .toByteArray()));
        }
        listening.sessions(sessions);
        listening.events(events);
    }

    private void beat(Listening listening) throws Exception {
        List<ConsumerRecord<byte[], byte[]>> beats = new ArrayList<>();
        for (String station : STATIONS) {
            SessionRecord beat = SessionRecord.newBuilder()
                    .setStation(station)
                    .setHeartbeat(StationHeartbeat.newBuilder()
                            .setAtUs(nowUs())
                            .setStartedAtUs(startUs)
                            .setUptimeUs(nowUs() - startUs))
                    .build();
            for (int partition = 0; partition < Topic.SESSIONS.partitions(); partition++) {
                beats.add(new ConsumerRecord<>(
                        Topic.SESSIONS.topicName(),
                        partition,
                        offsets.getAndIncrement(),
                        station.getBytes(StandardCharsets.UTF_8),
                        beat.toByteArray()));
            }
        }
        listening.sessions(beats);
    }

    private ConsumerRecord<byte[], byte[]> record(Topic topic, String serial, byte[] value) {
        return new ConsumerRecord<>(
                topic.topicName(),
                Math.floorMod(serial.hashCode(), topic.partitions()),
                offsets.getAndIncrement(),
                serial.getBytes(StandardCharsets.UTF_8),
                value);
    }

    private static long nowUs() {
        return ChronoUnit.MICROS.between(Instant.EPOCH, Instant.now());
    }

    private static long processNanos() {
        return ((com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
                .getProcessCpuTime();
    }

    /** Processor time of all processes of the server, in hundredths of a second. */
    private static long serverTicks(TestPostgres postgres) throws Exception {
        ProcessHandle server = ProcessHandle.of(postgres.server().pid()).orElseThrow();
        List<ProcessHandle> all = new ArrayList<>(server.descendants().toList());
        all.add(server);
        long ticks = 0;
        for (ProcessHandle process : all) {
            Path stat = Path.of("/proc", Long.toString(process.pid()), "stat");
            if (Files.exists(stat)) {
                String line = Files.readString(stat);
                String[] fields = line.substring(line.lastIndexOf(')') + 2).split(" ");
                ticks +=
                        Arrays.stream(fields, 11, 13).mapToLong(Long::parseLong).sum();
            }
        }
        return ticks;
    }
}
