package identicom.alertservice.journey;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import identicom.alertservice.Events;
import identicom.alertservice.alert.Handling;
import identicom.alertservice.canary.CanaryMark;
import identicom.alertservice.store.Actions;
import identicom.alertservice.store.AlertFollower;
import identicom.alertservice.store.ChangeLog;
import identicom.alertservice.store.DatabaseClock;
import identicom.alertservice.store.Incidents;
import identicom.alertservice.store.Incidents.Incident;
import identicom.alertservice.store.Intake;
import identicom.alertservice.store.Retelling;
import identicom.alertservice.store.StoreFixture;
import identicom.alertservice.store.TestAlerts;
import identicom.alertservice.store.TestPeriods;
import identicom.alertservice.view.AlertView;
import identicom.alertservice.view.CanaryUnit;
import identicom.alertservice.view.Journey;
import identicom.runtime.process.Metrics;
import identicom.schema.v1.CriticalAcknowledgement;
import identicom.schema.v1.Event;
import identicom.schema.v1.SessionClosed;
import identicom.schema.v1.SessionProgressed;
import identicom.schema.v1.SessionRecord;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class JourneyTest extends StoreFixture {

    private static final Event FALL = Events.event("A-1", 1, Events.MAN_DOWN, Events.NOON);
    private static final Instant MAIN = Events.NOON.plusMillis(1_200);
    private static final Instant PRIORITY = Events.NOON.plusMillis(1_100);

    private final Metrics metrics = new Metrics();
    private final Set<UUID> open = new HashSet<>(); // what this instance knows
    private DatabaseClock clock;
    private ChangeLog log;
    private Intake taking;
    private Actions people;
    private Sightings sightings;
    private Retelling retelling;
    private Acknowledgements acknowledgements;
    private Statistics statistics;

    @BeforeEach
    void build() {
        clock = new DatabaseClock(() -> clockOffset);
        List<AlertFollower> followers = List.of(new CanaryMark(new CanaryUnit("CANARY")), Journeys.follower(metrics));
        log = new ChangeLog(transactions, serial -> null, followers);
        taking = new Intake(transactions, log, clock, event -> Optional.empty());
        people = new Actions(transactions, log, clock, new Actions.Holding(WITHIN, withFeed::contains));
        sightings = sightings();
        retelling = new Retelling(transactions, log, clock);
        acknowledgements = new Acknowledgements(transactions);
        statistics = new Statistics(transactions, clock);
    }

    private Sightings sightings() {
        return new Sightings(transactions, clock, new JourneyMeters(metrics), open::contains);
    }

    private AlertView raise(Event event) throws SQLException {
        taking.store(List.of(Events.critical(event)));
        open.add(alerts().getFirst().id());
        return alerts().getFirst();
    }

    private static String frame(UUID alert) {
        return "{\"id\":\"" + alert + "\",\"serial\":\"A-1\"}";
    }

    private static CriticalAcknowledgement acknowledgement(Event event, Instant main, Instant priority) {
        return CriticalAcknowledgement.newBuilder()
                .setLogId(event.getLogId())
                .setSequence(event.getSequence())
                .setRaw(event.getRaw())
                .setMainAtUs(us(main))
                .setPriorityAtUs(us(priority))
                .build();
    }

    private static long us(Instant at) {
        return ChronoUnit.MICROS.between(Instant.EPOCH, at);
    }

    private static ConsumerRecord<byte[], byte[]> record(SessionRecord.Builder said) {
        return new ConsumerRecord<>(
                "identicom.sessions", 0, 0, null, said.setSerial("A-1").build().toByteArray());
    }

    private static ConsumerRecord<byte[], byte[]> closed(CriticalAcknowledgement... told) {
        return record(
                SessionRecord.newBuilder().setClosed(SessionClosed.newBuilder().addAllCritical(List.of(told))));
    }

    @Test
    void anAlertsWayBeginsWithItsFirstEventAndStatesTheUnitsClock() throws SQLException {
        raise(FALL);
        Journey way = raise(Events.event("A-1", 2, Events.RED_ALERT, Events.NOON.plusSeconds(90)))
                .journey();
        assertThat(way.unitTime()).isEqualTo(Events.NOON);
        assertThat(way.acceptedAt()).isEqualTo(Events.NOON.plusSeconds(1));
        assertThat(way.decodedAt()).isEqualTo(Events.NOON.plusSeconds(1).plusNanos(150_000));
        assertThat(way.clockSkewSeconds()).isEqualTo(-1);
        assertThat(way.raisedAt()).isNotNull();
        assertThat(List.of(
                        Optional.ofNullable(way.mainAt()),
                        Optional.ofNullable(way.priorityAt()),
                        Optional.ofNullable(way.sentAt()),
                        Optional.ofNullable(way.shownAt()),
                        Optional.ofNullable(way.acknowledgedAt()),
                        Optional.ofNullable(way.smsAt()),
                        Optional.ofNullable(way.deliveredAt())))
                .allMatch(Optional::isEmpty);
        assertThat(Journey.between(way.raisedAt(), way.acceptedAt())).isEqualTo(Duration.ZERO);
    }

    @Test
    void theClustersAcknowledgementsAreFoundWhetherTheyComeBeforeTheAlertOrAfter() throws SQLException {
        acknowledgements.store(List.of(closed(acknowledgement(FALL, Instant.EPOCH, PRIORITY))));
        Journey early = raise(FALL).journey();
        assertThat(early.priorityAt()).isEqualTo(PRIORITY);
        assertThat(early.mainAt()).isNull();
        var progressed = record(SessionRecord.newBuilder()
                .setProgressed(SessionProgressed.newBuilder().addCritical(acknowledgement(FALL, MAIN, MAIN))));
        acknowledgements.store(
                List.of(progressed, closed(acknowledgement(FALL, MAIN.plusSeconds(9), MAIN)), garbage()));
        Journey later = only().journey();
        assertThat(later.mainAt()).isEqualTo(MAIN);
        assertThat(later.priorityAt()).isEqualTo(PRIORITY);
    }

    private static ConsumerRecord<byte[], byte[]> garbage() {
        return new ConsumerRecord<>(
                "identicom.sessions",
                0,
                1,
                null,
                ByteString.copyFromUtf8("no record").toByteArray());
    }

    @Test
    void whatIsLearntOfTheWayIsToldOnceAndRingsNothing() throws SQLException {
        AlertView raised = raise(FALL);
        assertThat(retelling.tell()).isZero();
        long before = log.range().newest();
        sightings.sent("alert", frame(raised.id()));
        sightings.shown(raised.id(), Duration.ZERO);
        sightings.write();
        acknowledgements.store(List.of(closed(acknowledgement(FALL, MAIN, PRIORITY))));
        assertThat(retelling.tell()).isEqualTo(1);
        assertThat(retelling.tell()).isZero();
        var changes = log.after(before, 10);
        assertThat(changes).hasSize(1);
        assertThat(changes.getFirst().body()).contains("\"mainAt\":\"" + MAIN);
        AlertView now = only();
        assertThat(now.rings()).isEqualTo(raised.rings());
        assertThat(now.rangAt()).isEqualTo(raised.rangAt());
        assertThat(now.history()).isEqualTo(raised.history());
        assertThat(now.journey().sentAt()).isNotNull();
        assertThat(now.journey().shownAt()).isNotNull();
    }

    @Test
    void theFirstSightingOfAllInstancesCounts() throws SQLException {
        AlertView raised = raise(FALL);
        Sightings other = sightings();
        sightings.shown(raised.id(), Duration.ofSeconds(10));
        other.shown(raised.id(), Duration.ofMinutes(5));
        sightings.write();
        Instant first = only().journey().shownAt();
        other.write();
        Instant earlier = only().journey().shownAt();
        assertThat(Duration.between(earlier, first)).isBetween(Duration.ofMinutes(4), Duration.ofMinutes(5));
        sightings.shown(raised.id(), Duration.ofMinutes(8)); // this instance has said it already
        sightings.write();
        assertThat(only().journey().shownAt()).isEqualTo(earlier);
    }

    @Test
    void anAlertSentBeforeItWasStoredIsNotedOnceItIs() throws SQLException {
        sightings.sent("alert", frame(Events.critical(FALL).id().alertId()));
        sightings.sent("heartbeat", "{}");
        sightings.write();
        raise(FALL);
        sightings.write();
        assertThat(only().journey().sentAt()).isNotNull();
    }

    @Test
    void madeUpAlertsAreInNobodysWay() throws SQLException {
        for (int i = 0; i <= Sightings.MOST_WAITING; i++) {
            sightings.shown(UUID.randomUUID(), Duration.ZERO);
        }
        sightings.shown(raise(FALL).id(), Duration.ZERO);
        sightings.write();
        assertThat(only().journey().shownAt()).isNotNull();
    }

    @Test
    void anAlertThatAnotherInstanceToldOfAMomentAgoIsNotedToo() throws SQLException {
        UUID alert = raise(FALL).id();
        open.clear();
        sightings.shown(alert, Duration.ZERO);
        sightings.write();
        assertThat(only().journey().shownAt()).isNotNull();
    }

    @Test
    void acknowledgementsAreKeptForAWeekAndThoseOfAnAlertsFirstEventAsLongAsIt() throws SQLException {
        Event other = Events.event("A-1", 2, Events.RED_ALERT, Events.NOON);
        raise(FALL);
        acknowledgements.store(
                List.of(closed(acknowledgement(FALL, MAIN, PRIORITY), acknowledgement(other, MAIN, PRIORITY))));
        acknowledgements.purge();
        String rows = "select count(*) from alerts.event_acknowledged";
        assertThat(database.number(rows)).isEqualTo(2);
        database.execute("update alerts.event_acknowledged set purge_at = purge_at - interval '7 days'");
        acknowledgements.purge();
        assertThat(database.number(rows)).isEqualTo(1);
        assertThat(only().journey().mainAt()).isEqualTo(MAIN);
        assertThat(database.number(rows + " where purge_at is not null")).isZero();
    }

    @Test
    void takenUpIsTheFirstTimeThatAPersonDidAnything() throws SQLException {
        AlertView first = raise(FALL);
        people.acknowledge(first.id(), ANN);
        Instant taken = only().journey().acknowledgedAt();
        people.close(first.id(), ANN, Handling.Outcome.GENUINE, null);
        assertThat(taken).isNotNull().isEqualTo(only().journey().acknowledgedAt());
        AlertView second = raise(Events.event("A-2", 1, Events.MAN_DOWN, Events.NOON));
        people.close(second.id(), ANN, Handling.Outcome.FALSE_ALARM, null);
        assertThat(alerts().getFirst().journey().acknowledgedAt()).isNotNull();
    }

    private Statistics.Figures figures() throws SQLException {
        return statistics.between(null, null, Duration.ofDays(30));
    }

    @Test
    void statisticsCountWhatWasTakenInTimeAndWhatNobodyTookAfterFortySeconds() throws SQLException {
        UUID fast = raise(Events.event("S-1", 1, Events.MAN_DOWN, Events.NOON)).id();
        UUID slow = raise(Events.event("S-2", 1, Events.MAN_DOWN, Events.NOON)).id();
        raise(Events.event("S-3", 1, Events.MAN_DOWN, Events.NOON));
        people.acknowledge(fast, ANN);
        assertThat(figures().year()).isEqualTo(new Statistics.Year(1, 1, 1, 1.0, 1.0));
        clockOffset = Duration.ofSeconds(20);
        people.acknowledge(slow, ANN);
        assertThat(figures().year()).isEqualTo(new Statistics.Year(2, 1, 2, 0.5, 1.0));
        clockOffset = Duration.ofSeconds(60);
        Statistics.Figures all = figures();
        assertThat(all.year()).isEqualTo(new Statistics.Year(3, 1, 2, 0.3333, 0.6666));
        assertThat(all.days().stream().mapToLong(Statistics.Day::alerts).sum()).isEqualTo(3);
        assertThat(all.slowest()).hasSize(3).isSortedAccordingTo((a, b) -> Double.compare(b.seconds(), a.seconds()));
        assertThat(all.slowest().getFirst().seconds()).isBetween(59.0, 90.0);
        assertThat(all.slowest().get(1).id()).isEqualTo(slow);
    }

    @Test
    void testsAndCanariesAreInNoStatistics() throws SQLException {
        taking.store(List.of(Events.critical("CANARY", 1, Events.RED_ALERT, Events.NOON)));
        AlertView test = list.page(ANY, Long.MAX_VALUE, 10, true).alerts().getFirst();
        assertThat(test.serial()).isEqualTo("CANARY");
        assertThat(alerts()).isEmpty();
        clockOffset = Duration.ofMinutes(1);
        assertThat(figures().year()).isEqualTo(new Statistics.Year(0, 0, 0, null, null));
        assertThat(database.number("select count(*) from alerts.journey where counted"))
                .isZero();
    }

    private AlertView raisedOnTest() throws SQLException {
        Instant happened = transactions.run(clock::now).truncatedTo(ChronoUnit.SECONDS);
        new TestPeriods(transactions, new TestAlerts(transactions, log, clock), clock).put("T-1", WITHIN, ANN);
        AlertView test = raise(Events.event("T-1", 1, Events.MAN_DOWN, happened.plusSeconds(1)));
        assertThat(test.test()).isTrue();
        return test;
    }

    @Test
    void whatAUnitOnTestRaisesIsInNoStatistics() throws SQLException {
        people.acknowledge(raisedOnTest().id(), ANN);
        clockOffset = Duration.ofMinutes(1);
        assertThat(figures().year().alerts()).isZero();
    }

    @Test
    void aTestAlertMadeLiveCountsFromThenAndAsTakenWhenItsHolderAnswers() throws SQLException {
        UUID alert = raisedOnTest().id();
        people.acknowledge(alert, ANN);
        clockOffset = Duration.ofMinutes(2);
        new TestAlerts(transactions, log, clock).live(alert, BOB);
        assertThat(only().journey().acknowledgedAt()).as("nobody has answered").isNull();
        assertThat(only().journey().raisedAt()).isEqualTo(only().raisedAt());
        assertThat(figures().year().alerts()).as("not judged yet").isZero();
        clockOffset = Duration.ofMinutes(2).plusSeconds(20);
        people.acknowledge(alert, ANN);
        assertThat(figures().year()).isEqualTo(new Statistics.Year(1, 0, 1, 0.0, 1.0));
    }

    @Test
    void anAlertThatBecomesCriticalCountsFromThenAndAsTakenWhenItsHolderAnswers() throws SQLException {
        var silent = new Incident("missed-check-in", "high", "H-1", null, "silent", List.of(), true);
        Incidents others = new Incidents(log, clock);
        transactions.run(tx -> others.raise(tx, List.of(silent)));
        UUID alert = only().id();
        people.acknowledge(alert, ANN);
        clockOffset = Duration.ofHours(1);
        assertThat(figures().year().alerts()).isZero();
        raise(Events.event("H-1", 1, Events.MAN_DOWN, Events.NOON));
        assertThat(only().eventClass()).isEqualTo("critical");
        assertThat(only().journey().acknowledgedAt()).isNull();
        clockOffset = Duration.ofHours(1).plusSeconds(20);
        people.acknowledge(alert, ANN);
        assertThat(figures().year()).isEqualTo(new Statistics.Year(1, 0, 1, 0.0, 1.0));
        assertThat(figures().slowest().getFirst().seconds()).isBetween(19.0, 40.0);
        assertThat(only().journey().raisedAt()).isAfter(only().raisedAt().plusSeconds(3_500));
    }

    @Test
    void aYearOfAlertsIsCountedFromOneIndex() throws SQLException {
        int rows = 200_000;
        database.execute("""
                insert into alerts.alert (id, serial, kind, class, state, trust, raised_at, accepted_at, late, event_count,
                    outcome, rings, rang_at)
                select gen_random_uuid(), 'M-' || n, 'man-down', 'critical', 'closed', 'whitelisted',
                       now() - n * interval '100 seconds', now() - n * interval '100 seconds', false, 1, 'genuine', 1, now()
                  from generate_series(1, %d) n""".formatted(rows));
        database.execute("""
                insert into alerts.journey (alert_id, raised_at, counted, acknowledged_at)
                select id, raised_at, true, raised_at + random() * interval '12 seconds' from alerts.alert""");
        database.execute("vacuum analyze alerts.journey");
        String now = "now()";
        for (String sql : List.of(Statistics.DAYS, Statistics.YEAR)) {
            String month = sql.replaceFirst("\\?", "now() - interval '30 days'").replace("?", now);
            assertThat(String.join("\n", database.column("explain (analyze, costs off) " + month)))
                    .contains("Index Only Scan using journey_in_time")
                    .doesNotContain("Seq Scan");
        }
        String slow = Statistics.SLOW
                .replaceFirst("\\?", now)
                .replaceFirst("\\?", "now() - interval '30 days'")
                .replace("?", now);
        assertThat(String.join("\n", database.column("explain (analyze, costs off) " + slow)))
                .contains("Index Only Scan using journey_in_time")
                .doesNotContain("Seq Scan");
        long begun = System.nanoTime();
        assertThat(figures().year().alerts()).isEqualTo(rows);
        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(10));
    }
}
