package identicom.alertservice.store;

import static identicom.alertservice.Events.LANYARD;
import static identicom.alertservice.Events.MAN_DOWN;
import static identicom.alertservice.Events.critical;
import static identicom.alertservice.Events.event;
import static identicom.alertservice.Events.withTrust;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import identicom.alertservice.alert.Answer;
import identicom.alertservice.alert.Handling.Outcome;
import identicom.alertservice.alert.OnTest;
import identicom.alertservice.event.CriticalEvent;
import identicom.alertservice.event.Trust;
import identicom.alertservice.store.Incidents.Incident;
import identicom.alertservice.view.AlertView;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TestAlertsTest extends StoreFixture {

    private static final Duration HALF_AN_HOUR = Duration.ofMinutes(30);

    private TestAlerts tests;
    private TestPeriods periods;
    private Instant start;

    @BeforeEach
    void parts() throws SQLException {
        tests = new TestAlerts(transactions, changes, clock);
        periods = new TestPeriods(transactions, tests, clock);
        start = transactions.run(clock::now);
    }

    /** An event that a station takes two seconds from now. */
    private CriticalEvent next(long sequence, int type) throws SQLException {
        Instant happened = Instant.ofEpochSecond(transactions.run(clock::now).getEpochSecond() + 1);
        return critical("MAN-1", sequence, type, happened);
    }

    private void onTest() throws SQLException {
        periods.put("MAN-1", HALF_AN_HOUR, ANN);
    }

    private AlertView live() throws SQLException {
        return alerts().stream().filter(a -> !a.test()).findFirst().orElseThrow();
    }

    private AlertView test() throws SQLException {
        return alerts().stream().filter(AlertView::test).findFirst().orElseThrow();
    }

    private static List<String> told(AlertView alert) {
        return alert.history().stream().map(h -> h.what() + ": " + h.detail()).toList();
    }

    @Test
    void eventOfAUnitOnTestRaisesATestAlertAndFurtherOnesJoinIt() throws SQLException {
        onTest();
        store(next(1, LANYARD));
        store(next(2, MAN_DOWN));

        assertThat(only().test()).isTrue();
        assertThat(only().kind()).isEqualTo("man-down");
        assertThat(only().rings()).isEqualTo(2);
        assertThat(only().testUntil()).isEqualTo(periods.after("", 1).getFirst().until());
    }

    @Test
    void testAlertAndLiveOneNeverMeet() throws SQLException {
        store(next(1, LANYARD));
        onTest();
        store(next(2, MAN_DOWN));
        raise(new Incident("missed-check-in", "critical", "MAN-1", null, "silent", List.of(), true));

        assertThat(alerts()).hasSize(2);
        assertThat(test().kind()).isEqualTo("man-down");
        assertThat(test().rings()).isOne();
        assertThat(live().kind()).isEqualTo("lanyard-pin-removed");
        assertThat(told(live())).last().isEqualTo("joined: silent");
        clockOffset = HALF_AN_HOUR.plusSeconds(1);
        store(next(3, MAN_DOWN));
        assertThat(live().kind()).as("the test is over").isEqualTo("man-down");
        assertThat(test().eventCount()).isOne();
    }

    @Test
    void whatIsNotOfTheTestIsLive() throws SQLException {
        CriticalEvent before = critical("MAN-1", 1, LANYARD, start.minusSeconds(60));
        CriticalEvent late = critical(event("MAN-1", 2, LANYARD, start.minusSeconds(400), start.plusSeconds(2)));
        onTest();
        store(before, late, withTrust(next(3, LANYARD), Trust.UNVERIFIED));

        assertThat(only().test()).isFalse();
        assertThat(only().eventCount()).isEqualTo(3);
    }

    @Test
    void personMakesATestAlertLive() throws SQLException {
        onTest();
        store(next(1, MAN_DOWN));
        UUID id = only().id();
        long before = changes.range().newest();
        assertThat(tests.live(id, BOB).orElseThrow().view()).isEqualTo(only());

        assertThat(only().test()).isFalse();
        assertThat(only().testUntil()).isNull();
        assertThat(only().rings()).isEqualTo(2);
        assertThat(only().history().getLast().who()).isEqualTo("bob");
        assertThat(changes.after(before, 10)).hasSize(1);
        assertThat(tests.live(id, ANN).orElseThrow().answer()).isInstanceOf(Answer.AsBefore.class);
        assertThat(tests.live(UUID.randomUUID(), ANN)).isEmpty();
        actions.close(id, ANN, Outcome.GENUINE, null);
        assertThat(tests.live(id, ANN).orElseThrow().answer()).isInstanceOf(Answer.Refused.class);
    }

    @Test
    void testAlertMadeLiveGoesOnInTheUnitsLiveAlert() throws SQLException {
        store(next(1, LANYARD));
        UUID liveOne = only().id();
        actions.acknowledge(liveOne, ANN);
        onTest();
        store(next(2, MAN_DOWN));
        UUID testOne = test().id();
        assertThat(tests.live(testOne, BOB).orElseThrow().view().id()).isEqualTo(liveOne);

        assertThat(live().kind()).isEqualTo("man-down");
        assertThat(live().rings()).isEqualTo(2);
        assertThat(live().reopensAt()).isNotNull();
        assertThat(told(live())).last().isEqualTo("joined: test alert A1001 (man-down) is live");
        assertThat(test().outcome()).isEqualTo("test");
        assertThat(told(test())).last().isEqualTo("closed: test: it goes on as A1000");
        assertThat(test().history().getLast().who()).isEqualTo("bob");
    }

    @Test
    void untakenTestAlertBecomesLiveWhenTheTestIsOver() throws SQLException {
        onTest();
        store(next(1, MAN_DOWN));
        clockOffset = HALF_AN_HOUR.minusSeconds(60);
        assertThat(tests.endDue()).isZero();
        clockOffset = HALF_AN_HOUR.plusSeconds(1);
        assertThat(tests.endDue()).isOne();

        assertThat(only().test()).isFalse();
        assertThat(only().state()).isEqualTo("open");
        assertThat(only().rings()).isEqualTo(2);
        assertThat(only().raisedAt())
                .as("as a live one")
                .isAfter(start.plus(HALF_AN_HOUR).minusSeconds(1));
        assertThat(tests.endDue()).isZero();
    }

    @Test
    void untakenTestAlertRingsTheLiveOneAndStaysATest() throws SQLException {
        store(next(1, LANYARD));
        onTest();
        store(next(2, MAN_DOWN));
        clockOffset = HALF_AN_HOUR.plusSeconds(1);
        tests.endDue();
        assertThat(tests.endDue()).as("once").isZero();

        assertThat(live().kind()).isEqualTo("man-down");
        assertThat(live().rings()).isEqualTo(2);
        assertThat(test().state()).isEqualTo("open");
        assertThat(told(test())).last().isEqualTo("note: its unit's test is over: A1000 rang for it");
    }

    @Test
    void takenTestAlertStaysATestAndWithItsHolder() throws SQLException {
        onTest();
        store(next(1, MAN_DOWN));
        actions.acknowledge(only().id(), ANN);
        clockOffset = Duration.ofHours(3);

        assertThat(tests.endDue()).isZero();
        assertThat(reopening.attendDue(WITHIN)).isZero();
        assertThat(only().test()).isTrue();
        assertThat(only().acknowledgedBy()).isEqualTo("ann");
    }

    @Test
    void endingTheTestMakesAnUntakenTestAlertLiveAtOnce() throws SQLException {
        onTest();
        store(next(1, MAN_DOWN));
        assertThat(periods.end("MAN-1", BOB)).isPresent();

        assertThat(only().test()).isFalse();
        assertThat(periods.after("", 10)).isEmpty();
        assertThat(periods.end("MAN-1", BOB)).isEmpty();
    }

    @Test
    void longerTestHoldsForTheAlertsThatAreThere() throws SQLException {
        onTest();
        store(next(1, MAN_DOWN));
        clockOffset = HALF_AN_HOUR.minusSeconds(60);
        periods.put("MAN-1", HALF_AN_HOUR, BOB);
        clockOffset = HALF_AN_HOUR.plusSeconds(5);

        assertThat(tests.endDue()).isZero();
        OnTest unit = periods.after("", 10).getFirst();
        assertThat(only().testUntil()).isEqualTo(unit.until());
        assertThat(unit.setBy()).isEqualTo("bob");
        assertThatThrownBy(() -> periods.put("MAN-1", Duration.ofMinutes(121), ANN))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void timerPersonAndEventAtOnceLeaveOneLiveAlert() throws Exception {
        onTest();
        store(next(1, LANYARD));
        UUID id = only().id();
        clockOffset = HALF_AN_HOUR.plusSeconds(1);
        CriticalEvent manDown = next(2, MAN_DOWN);
        List<Callable<?>> all =
                List.of(tests::endDue, tests::endDue, () -> tests.live(id, ANN), () -> intake.store(List.of(manDown)));
        together(all);

        assertThat(alerts())
                .filteredOn(a -> !a.test())
                .singleElement()
                .satisfies(alert -> assertThat(alert.kind()).isEqualTo("man-down"));
        assertThat(Collections.max(alerts().stream().map(AlertView::rings).toList()))
                .isGreaterThanOrEqualTo(2);
    }
}
