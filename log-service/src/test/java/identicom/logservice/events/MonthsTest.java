package identicom.logservice.events;

import static identicom.logservice.Records.batch;
import static identicom.logservice.Records.event;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import identicom.runtime.process.Health;
import identicom.runtime.process.Metrics;
import identicom.schema.DatabaseSchema;
import identicom.schema.v1.Event;
import identicom.testing.TestDatabase;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class MonthsTest {
    private TestDatabase database;
    private EventIntake intake;

    @BeforeEach
    void open() throws Exception {
        database = TestDatabase.fresh(DatabaseSchema.EVENT_LOG);
        intake = new EventIntake(new EventStore(database.service(), new Metrics()));
    }

    @AfterEach
    void close() {
        database.close();
    }

    private Months monthsAt(Instant now) {
        return new Months(database.service(), 24, Clock.fixed(now, ZoneOffset.UTC), new Health(), new Metrics());
    }

    private static YearMonth thisMonth() {
        return YearMonth.now(ZoneOffset.UTC);
    }

    private static Instant startOf(YearMonth month) {
        return month.atDay(1).atStartOfDay(ZoneOffset.UTC).toInstant();
    }

    private static String partitionOf(YearMonth month) {
        return String.format("event_%d_%02d", month.getYear(), month.getMonthValue());
    }

    private boolean exists(YearMonth month) throws Exception {
        return database.column("select to_regclass('event_log." + partitionOf(month) + "')")
                        .getFirst()
                != null;
    }

    @Test
    void afterMigratingEveryMonthOfTheNextTwoYearsIsThere() throws Exception {
        for (int ahead = -12; ahead <= 24; ahead++) {
            assertThat(exists(thisMonth().plusMonths(ahead))).isTrue();
        }
        try (Months months = monthsAt(startOf(thisMonth()))) {
            assertThat(months.makeMissing()).isZero();
        }
    }

    @Test
    void asTimePassesTheMonthsAheadAreMade() throws Exception {
        try (Months months = monthsAt(startOf(thisMonth().plusMonths(5)))) {
            assertThat(months.makeMissing()).isEqualTo(5);
        }
        assertThat(exists(thisMonth().plusMonths(29))).isTrue();
        assertThat(exists(thisMonth().plusMonths(30))).isFalse();
    }

    @Test
    void theScheduledTaskMakesThemAtItsStart() throws Exception {
        Health health = new Health();
        Clock clock = Clock.fixed(startOf(thisMonth().plusMonths(1)), ZoneOffset.UTC);
        try (Months months = new Months(database.service(), 24, clock, health, new Metrics())) {
            months.start();
            await().atMost(Duration.ofSeconds(60))
                    .untilAsserted(() -> assertThat(
                                    health.states().get("event-log months").up())
                            .isTrue());
        }
        assertThat(exists(thisMonth().plusMonths(25))).isTrue();
    }

    @Test
    void rowsMoveFromTheDefaultPartitionWhenTheirMonthIsMadeAndOthersStay() throws Exception {
        YearMonth coming = thisMonth().plusMonths(25);
        Instant first = startOf(coming);
        Instant end = startOf(coming.plusMonths(1));
        intake.handle(batch(
                event("MAN-1", 1, first.minusSeconds(1)).build(),
                event("MAN-1", 2, first).build(),
                event("MAN-1", 3, end.minusSeconds(1)).build(),
                event("MAN-1", 4, end).build(),
                event("MAN-1", 5, Instant.EPOCH).setAcceptedAtUs(1).build()));
        List<String> before = database.column("select stored_id || ' ' || sequence from event_log.event order by 1");
        try (Months months = monthsAt(startOf(thisMonth().plusMonths(1)))) {
            assertThat(months.makeMissing()).isOne();
        }
        assertThat(database.column("select sequence from event_log." + partitionOf(coming) + " order by 1"))
                .containsExactly("2", "3");
        assertThat(database.column("select sequence from event_log.event_default order by 1"))
                .containsExactly("4", "5");
        assertThat(database.column("select stored_id || ' ' || sequence from event_log.event order by 1"))
                .isEqualTo(before);
    }

    @Test
    void anEventThatHasMovedIsStillKnownWhenItComesAgain() throws Exception {
        Event event = event("MAN-1", 1, startOf(thisMonth().plusMonths(25))).build();
        intake.handle(batch(event));
        try (Months months = monthsAt(startOf(thisMonth().plusMonths(1)))) {
            months.makeMissing();
        }
        intake.handle(batch(event));
        assertThat(database.number("select count(*) from event_log.event")).isOne();
    }

    @Test
    void noRowIsLostOrDoubledWhileRowsMoveUnderConcurrentInserts() throws Exception {
        int writers = 3;
        int monthsMade = 12;
        LocalDate firstDay = thisMonth().plusMonths(25).atDay(1);
        AtomicBoolean moving = new AtomicBoolean(true);
        CountDownLatch begun = new CountDownLatch(writers);
        long stored = 0;
        try (ExecutorService threads = Executors.newFixedThreadPool(writers);
                Months months = monthsAt(startOf(thisMonth().plusMonths(monthsMade)))) {
            List<Future<Integer>> runs = new ArrayList<>();
            for (int writer = 0; writer < writers; writer++) {
                String serial = "W-" + writer;
                runs.add(threads.submit(() -> {
                    int sequence = 0;
                    while (moving.get()) {
                        List<Event> events = new ArrayList<>();
                        for (int i = 0; i < 60; i++) {
                            sequence++;
                            Instant time = firstDay.plusDays(sequence * 7L % 360)
                                    .atStartOfDay(ZoneOffset.UTC)
                                    .toInstant();
                            events.add(event(serial, sequence, time).build());
                        }
                        intake.handle(batch(events));
                        intake.handle(batch(events));
                        begun.countDown();
                    }
                    return sequence;
                }));
            }
            begun.await();
            try {
                assertThat(months.makeMissing()).isEqualTo(monthsMade);
            } finally {
                moving.set(false);
            }
            for (Future<Integer> run : runs) {
                stored += run.get();
            }
        }
        assertThat(database.number("select count(*) from event_log.event")).isEqualTo(stored);
        assertThat(database.number("select count(distinct identity) from event_log.event"))
                .isEqualTo(stored);
        assertThat(database.number("select count(*) from event_log.event_default"))
                .isZero();
    }

    @Test
    void instancesThatLookAtTheSameTimeMakeEachMonthOnce() throws Exception {
        Instant later = startOf(thisMonth().plusMonths(6));
        int made = 0;
        try (ExecutorService threads = Executors.newFixedThreadPool(3);
                Months one = monthsAt(later);
                Months two = monthsAt(later);
                Months three = monthsAt(later)) {
            for (Future<Integer> run : threads.invokeAll(
                    List.<Callable<Integer>>of(one::makeMissing, two::makeMissing, three::makeMissing))) {
                made += run.get();
            }
        }
        assertThat(made).isEqualTo(6);
    }
}
