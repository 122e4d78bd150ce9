package identicom.logservice.events;

import static identicom.logservice.Records.NOW;
import static identicom.logservice.Records.batch;
import static identicom.logservice.Records.event;
import static identicom.logservice.Records.log;
import static identicom.logservice.Records.record;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import identicom.runtime.db.DatabaseOutage;
import identicom.runtime.kafka.PoisonException;
import identicom.runtime.process.Metrics;
import identicom.schema.DatabaseSchema;
import identicom.schema.v1.Event;
import identicom.schema.v1.EventClass;
import identicom.schema.v1.Trust;
import identicom.testing.TestDatabase;
import io.micrometer.core.instrument.Timer;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class EventIntakeTest {
    private static TestDatabase database;
    private static EventIntake intake;

    @BeforeAll
    static void open() throws Exception {
        database = TestDatabase.fresh(DatabaseSchema.EVENT_LOG);
        intake = new EventIntake(new EventStore(database.service(), new Metrics()));
    }

    @AfterAll
    static void close() {
        database.close();
    }

    @BeforeEach
    void empty() throws Exception {
        database.execute("truncate event_log.event");
    }

    @Test
    void aConnectionThatIsLostInMidBatchIsAnOutageAfterWhichTheBatchIsStored() throws Exception {
        database.execute("create function event_log.cut() returns trigger language plpgsql security definer as $$ begin"
                + " perform pg_terminate_backend(pg_backend_pid()); return new; end $$");
        database.execute("create trigger cut before insert on event_log.event"
                + " for each row execute function event_log.cut()");
        List<ConsumerRecord<byte[], byte[]>> batch =
                batch(event("MAN-1", 1, NOW).build());
        assertThatThrownBy(() -> intake.handle(batch)).matches(DatabaseOutage::causes);

        database.execute("drop trigger cut on event_log.event");
        intake.handle(batch);
        assertThat(database.number("select count(*) from event_log.event")).isOne();
    }

    @Test
    void eachDeliveryTellsHowLongItTookByItsClass() throws Exception {
        try (Metrics metrics = new Metrics()) {
            EventIntake counting = new EventIntake(new EventStore(database.service(), metrics));
            Instant now = Instant.now();
            counting.handle(batch(
                    event("MAN-1", 1, now.minusSeconds(3_602)).build(),
                    event("MAN-1", 2, now)
                            .setEventClass(EventClass.CRITICAL)
                            .setAcceptedAtUs(ChronoUnit.MICROS.between(Instant.EPOCH, now.plusSeconds(60)))
                            .build()));
            assertThat(endToEnd(metrics, "routine").count()).isEqualTo(1);
            assertThat(endToEnd(metrics, "routine").totalTime(TimeUnit.SECONDS)).isBetween(3_598.0, 3_660.0);
            assertThat(endToEnd(metrics, "critical").count()).isEqualTo(1);
            assertThat(endToEnd(metrics, "critical").totalTime(TimeUnit.SECONDS))
                    .isZero();
        }
    }

    private static Timer endToEnd(Metrics metrics, String eventClass) {
        return metrics.registry()
                .get("identicom.end.to.end")
                .tag("service", "log-service")
                .tag("class", eventClass)
                .timer();
    }

    private static long rows() throws Exception {
        return database.number("select count(*) from event_log.event");
    }

    private static List<String> trusts() throws Exception {
        return database.column("select trust || coalesce(' raised' || left(trust_raised_at::text, 0), '')"
                + " from event_log.event order by sequence");
    }

    @Test
    void whatAStationPublishedIsWhatIsStored() throws Exception {
        intake.handle(batch(event("MAN-1", -2).build()));
        assertThat(
                        database.column(
                                "select concat_ws('|', serial, log_id, sequence, type_code, type_name, class, flags,"
                                        + " clock_set, late, latitude_e7, longitude_e7, battery, signal_dbm, software_version,"
                                        + " session_id, station, source_address, trust, extract(epoch from event_time)::bigint,"
                                        + " (extract(epoch from accepted_at) * 1000000)::bigint,"
                                        + " (extract(epoch from decoded_at) * 1000000)::bigint, encode(raw, 'hex')) from event_log.event"))
                .containsExactly("MAN-1|7|4294967294|32|status check|routine|1|t|f|515000000|-1200000|80|-71|1.4.2"
                        + "|session-1|station-1|10.1.2.3:40312|whitelisted|" + NOW.getEpochSecond() + "|"
                        + (NOW.getEpochSecond() + 2) + "123456|" + (NOW.getEpochSecond() + 2) + "123999|"
                        + HexFormat.of().formatHex(event("MAN-1", -2).getRaw().toByteArray()));
    }

    @Test
    void unknownBatterySignalAndPositionAreNotStoredAsNumbers() throws Exception {
        intake.handle(batch(event("MAN-1", 1)
                .setBattery(255)
                .setSignalDbm(0)
                .setPositionValid(false)
                .build()));
        assertThat(database.number(
                        "select num_nulls(battery, signal_dbm, latitude_e7, longitude_e7) from event_log.event"))
                .isEqualTo(4);
    }

    @Test
    void anEventDeliveredAgainInOneBatchStandsOnce() throws Exception {
        Event event = event("MAN-1", 1).build();
        Event again =
                event.toBuilder().setSessionId("session-2").setPushed(true).build();
        intake.handle(batch(event, again, event));
        assertThat(database.column("select session_id from event_log.event")).containsExactly("session-1");
    }

    @Test
    void aLogDeliveredThreeTimesInShuffledBatchesStandsOnce() throws Exception {
        List<Event> log = log("MAN-1", 500);
        Random random = new Random(1);
        for (int delivery = 0; delivery < 3; delivery++) {
            List<Event> shuffled = new ArrayList<>(log);
            Collections.shuffle(shuffled, random);
            intake.handle(batch(shuffled.subList(0, 300)));
            intake.handle(batch(shuffled.subList(200, 500)));
        }
        assertThat(rows()).isEqualTo(500);
        assertThat(database.number("select count(distinct sequence) from event_log.event"))
                .isEqualTo(500);
    }

    @Test
    void theSameEntryOfAnotherUnitOrLogIsAnotherEvent() throws Exception {
        intake.handle(batch(
                event("MAN-1", 1).build(),
                event("MAN-2", 1).build(),
                event("MAN-1", 1).setLogId(8).build()));
        assertThat(rows()).isEqualTo(3);
    }

    @Test
    void trustRisesWhenTheEventComesAgainAsWhitelisted() throws Exception {
        Event sure = event("MAN-1", 1).build();
        Event doubtful = sure.toBuilder().setTrust(Trust.UNVERIFIED).build();
        intake.handle(batch(doubtful));
        assertThat(trusts()).containsExactly("unverified");
        intake.handle(batch(sure));
        assertThat(trusts()).containsExactly("whitelisted raised");
    }

    @Test
    void trustNeverFalls() throws Exception {
        Event sure = event("MAN-1", 1).build();
        Event doubtful = sure.toBuilder().setTrust(Trust.UNVERIFIED).build();
        intake.handle(batch(sure));
        intake.handle(batch(doubtful));
        assertThat(trusts()).containsExactly("whitelisted");
    }

    @Test
    void withinABatchTheHighestTrustCounts() throws Exception {
        Event sure = event("MAN-1", 1).build();
        Event doubtful = sure.toBuilder().setTrust(Trust.UNVERIFIED).build();
        intake.handle(batch(doubtful, sure, doubtful));
        assertThat(trusts()).containsExactly("whitelisted");
    }

    @Test
    void instancesThatStoreTheSameEventsAtOnceStoreEachOnce() throws Exception {
        List<Event> log = log("MAN-1", 2_000);
        List<Event> doubtful = log.stream()
                .map(event -> event.toBuilder().setTrust(Trust.UNVERIFIED).build())
                .toList();
        try (ExecutorService instances = Executors.newFixedThreadPool(4)) {
            List<Future<?>> runs = new ArrayList<>();
            for (int instance = 0; instance < 4; instance++) {
                Random random = new Random(instance);
                List<Event> delivered = new ArrayList<>(instance % 2 == 0 ? log : doubtful);
                Collections.shuffle(delivered, random);
                runs.add(instances.submit(() -> {
                    for (int from = 0; from < delivered.size(); from += 250) {
                        intake.handle(batch(delivered.subList(from, from + 250)));
                    }
                    return null;
                }));
            }
            for (Future<?> run : runs) {
                run.get();
            }
        }
        assertThat(rows()).isEqualTo(2_000);
        assertThat(database.number("select count(*) from event_log.event where trust <> 'whitelisted'"))
                .isZero();
    }

    @Test
    void lateMeansAcceptedMoreThanFiveMinutesAfterTheTimeOfAClockThatWasSet() throws Exception {
        long atLimit = (NOW.getEpochSecond() + 300) * 1_000_000;
        intake.handle(batch(
                event("MAN-1", 1).setAcceptedAtUs(atLimit).build(),
                event("MAN-1", 2).setAcceptedAtUs(atLimit + 1).build(),
                event("MAN-1", 3).setAcceptedAtUs(atLimit + 1).setFlags(3).build()));
        assertThat(database.column("select late from event_log.event order by sequence"))
                .containsExactly("f", "t", "f");
        assertThat(database.column("select clock_set from event_log.event order by sequence"))
                .containsExactly("t", "t", "f");
    }

    @Test
    void brokenClocksOfEveryAgeAreStored() throws Exception {
        intake.handle(batch(
                event("MAN-1", 1, Instant.EPOCH)
                        .setAcceptedAtUs(1_795_000_000_000_000L)
                        .build(),
                event("MAN-1", 2, Instant.ofEpochSecond(0xffff_ffffL)).build()));
        assertThat(database.column("select extract(epoch from event_time)::bigint from event_log.event_default"
                        + " order by event_time"))
                .containsExactly("0", "4294967295");
    }

    static Stream<Arguments> poison() {
        return Stream.of(
                poison("trust: unregistered", event -> event.setTrust(Trust.UNREGISTERED)),
                poison("trust: 0", event -> event.clearTrust()),
                poison("trust: 9", event -> event.setTrustValue(9)),
                poison("class: 0", event -> event.clearEventClass()),
                poison("class: 9", event -> event.setEventClassValue(9)),
                poison("serial", event -> event.setSerial("man-1")),
                poison("serial", event -> event.setSerial("")),
                poison("raw entry: 19 bytes", event -> event.setRaw(ByteString.copyFrom(new byte[19]))),
                poison("log id: 32768", event -> event.setLogId(32768)),
                poison("type_code: 256", event -> event.setTypeCode(256)),
                poison("flags: 256", event -> event.setFlags(256)),
                poison("battery: 256", event -> event.setBattery(256)),
                poison("signal_dbm: 128", event -> event.setSignalDbm(128)),
                poison("accepted_at_us: 0", event -> event.clearAcceptedAtUs()),
                poison("decoded_at_us: -1", event -> event.setDecodedAtUs(-1)),
                poison("station: has a zero character", event -> event.setStation("a\0b")));
    }

    private static Arguments poison(String reason, UnaryOperator<Event.Builder> change) {
        return Arguments.of(reason, change.apply(event("MAN-1", 1)).build());
    }

    @ParameterizedTest
    @MethodSource("poison")
    void whatCannotBeAnEventIsPoisonWithTheReason(String reason, Event event) throws Exception {
        assertThatThrownBy(() -> intake.handle(batch(event("MAN-1", 2).build(), event)))
                .isInstanceOf(PoisonException.class)
                .hasMessageContaining(reason);
        assertThat(rows()).isZero();
    }

    @Test
    void bytesThatAreNoRecordArePoison() {
        ConsumerRecord<byte[], byte[]> garbage = record(3, new byte[] {(byte) 0xff, 1, 2});
        assertThatThrownBy(() -> intake.handle(List.of(garbage)))
                .isInstanceOfSatisfying(
                        PoisonException.class, e -> assertThat(e.record()).isSameAs(garbage));
    }

    @Test
    void everyClassIsStored() throws Exception {
        intake.handle(batch(
                event("MAN-1", 1).build(),
                event("MAN-1", 2).setEventClass(EventClass.HIGH).build(),
                event("MAN-1", 3).setEventClass(EventClass.CRITICAL).build()));
        assertThat(database.column("select class from event_log.event order by sequence"))
                .containsExactly("routine", "high", "critical");
    }
}
