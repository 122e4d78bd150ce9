package identicom.alertservice.store;

import static identicom.alertservice.Events.LANYARD;
import static identicom.alertservice.Events.MAN_DOWN;
import static identicom.alertservice.Events.NOON;
import static identicom.alertservice.Events.RED_ALERT;
import static identicom.alertservice.Events.critical;
import static identicom.alertservice.Events.event;
import static identicom.alertservice.Events.withTrust;
import static org.assertj.core.api.Assertions.assertThat;

import identicom.alertservice.Events;
import identicom.alertservice.alert.Handling.Outcome;
import identicom.alertservice.event.CriticalEvent;
import identicom.alertservice.event.EventReader;
import identicom.alertservice.event.EventReader.UnreadableException;
import identicom.alertservice.event.ManDownCleared;
import identicom.alertservice.event.Trust;
import identicom.alertservice.store.Incidents.Incident;
import identicom.alertservice.view.AlertView;
import identicom.alertservice.view.AlertView.EventView;
import identicom.alertservice.view.AlertView.HistoryEntry;
import identicom.schema.v1.Event;
import identicom.schema.v1.EventClass;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ClearingsTest extends StoreFixture {

    private final CriticalEvent manDown = critical("MAN-1", 5, MAN_DOWN, NOON);
    private Clearings clearings;

    @BeforeEach
    void parts() {
        clearings = new Clearings(changes, clock);
    }

    private static ManDownCleared cleared(Event event) {
        try {
            return EventReader.cleared(event).orElseThrow();
        } catch (UnreadableException e) {
            throw new IllegalArgumentException(e);
        }
    }

    private static ManDownCleared cleared(long sequence) {
        return cleared(Events.cleared("MAN-1", sequence, NOON.plusSeconds(sequence)));
    }

    private boolean take(ManDownCleared... all) throws SQLException {
        return transactions.run(tx -> clearings.take(tx, Arrays.asList(all)));
    }

    private static List<Long> sequences(AlertView alert) {
        return alert.events().stream().map(EventView::sequence).toList();
    }

    private long kept() throws SQLException {
        return database.number("select count(*) from alerts.cleared");
    }

    /** An event of the unit's log after its memory was replaced. */
    private static Event inNewLog(Event event) {
        return event.toBuilder().setLogId(8).build();
    }

    @Test
    void isShownInTheAlertThatStaysAsItIs() throws SQLException {
        store(manDown);
        AlertView before = only();
        long told = changes.range().newest();

        assertThat(take(cleared(6))).isTrue();

        AlertView after = only();
        assertThat(after.events()).first().satisfies(event -> {
            assertThat(event.type()).isEqualTo("3c");
            assertThat(event.name()).isEqualTo("man down cleared by wearer");
            assertThat(event.sequence()).isEqualTo(6);
        });
        assertThat(after.eventCount()).isEqualTo(2);
        assertThat(after.history()).last().satisfies(entry -> {
            assertThat(entry.what()).isEqualTo("joined");
            assertThat(entry.detail()).isEqualTo("man-down-cleared-by-wearer MAN-1");
        });
        assertThat(after.position().lat()).isEqualTo(51.5000006);
        assertThat(after.kind()).isEqualTo("man-down");
        assertThat(after.eventClass()).isEqualTo("critical");
        assertThat(after.state()).isEqualTo("open");
        assertThat(after.eventTime()).isEqualTo(before.eventTime());
        assertThat(after.rings()).isOne();
        assertThat(after.rangAt()).isEqualTo(before.rangAt());
        assertThat(changes.after(told, 10)).singleElement().satisfies(change -> {
            assertThat(change.alertId()).isEqualTo(before.id());
            assertThat(change.closed()).isFalse();
            assertThat(change.identities()).containsExactly(cleared(6).event().id());
            assertThat(change.body()).contains("\"3c\"");
        });
        assertThat(kept()).isZero();
    }

    @Test
    void readBeforeItsManDownItGoesIntoItsAlert() throws SQLException {
        assertThat(take(cleared(8), cleared(6))).isFalse();
        assertThat(alerts()).isEmpty();

        store(manDown);

        assertThat(sequences(only())).containsExactly(8L, 6L, 5L);
        assertThat(only().history()).extracting(HistoryEntry::what).containsExactly("raised", "joined", "joined");
        assertThat(only().rings()).isOne();
        assertThat(changes.after(0, 10)).hasSize(1);
        assertThat(kept()).isZero();
    }

    @Test
    void readBeforeItsManDownItGoesIntoTheAlertThatThisJoins() throws SQLException {
        store(critical("MAN-1", 9, LANYARD, NOON.plusSeconds(9)));
        take(cleared(6));
        assertThat(sequences(only())).containsExactly(9L);

        store(manDown);

        assertThat(sequences(only())).containsExactly(6L, 5L, 9L);
        assertThat(only().rings()).isEqualTo(2);
    }

    @Test
    void deliveredAgainItChangesNothing() throws SQLException {
        store(manDown);
        take(cleared(6), cleared(6));
        long told = changes.range().newest();

        assertThat(take(cleared(6))).isFalse();
        store(manDown);

        assertThat(sequences(only())).containsExactly(6L, 5L);
        assertThat(changes.range().newest()).isEqualTo(told);
        assertThat(kept()).isZero();
    }

    @Test
    void severalInstancesAndBothConsumersShowItOnce() throws Exception {
        Random random = new Random(7);
        for (int round = 0; round < 20; round++) {
            List<ManDownCleared> ups = new ArrayList<>();
            List<CriticalEvent> downs = new ArrayList<>();
            for (int unit = 0; unit < 6; unit++) {
                String serial = "R" + round + "-" + unit;
                downs.add(critical(serial, 1, MAN_DOWN, NOON));
                ups.add(cleared(Events.cleared(serial, 2, NOON.plusSeconds(2))));
            }
            List<Callable<Boolean>> consumers = new ArrayList<>();
            for (int consumer = 0; consumer < 2; consumer++) {
                List<ManDownCleared> shuffled = new ArrayList<>(ups);
                Collections.shuffle(shuffled, random);
                consumers.add(() -> transactions.run(tx -> clearings.take(tx, shuffled)));
                List<CriticalEvent> others = new ArrayList<>(downs);
                Collections.shuffle(others, random);
                consumers.add(() -> intake.store(others));
            }
            together(consumers);
        }

        assertThat(database.number("select count(*) from alerts.alert where event_count = 2 and rings = 1"))
                .isEqualTo(20 * 6);
        assertThat(database.number("select count(*) from alerts.alert")).isEqualTo(20 * 6);
        assertThat(database.number("select count(*) from alerts.event")).isEqualTo(20 * 12);
        assertThat(database.number("select count(*) from alerts.history")).isEqualTo(20 * 12);
        assertThat(kept()).isZero();
    }

    @Test
    void whoHasTheAlertKeepsItAndIsNotRung() throws SQLException {
        store(manDown);
        actions.acknowledge(only().id(), ANN);
        AlertView before = only();

        take(cleared(6));

        AlertView after = only();
        assertThat(sequences(after)).containsExactly(6L, 5L);
        assertThat(after.state()).isEqualTo("acknowledged");
        assertThat(after.acknowledgedBy()).isEqualTo("ann");
        assertThat(after.attendBy()).isEqualTo(before.attendBy());
        assertThat(after.reopensAt()).isNull();
        assertThat(after.rings()).isOne();
        clockOffset = Duration.ofSeconds(60);
        assertThat(reopening.reopenDue()).isZero();
    }

    @Test
    void closedAlertIsNotChangedAndTheNextManDownIsNotSaidToBeCleared() throws SQLException {
        store(manDown);
        actions.close(only().id(), ANN, Outcome.GENUINE, null);
        AlertView closed = only();
        long told = changes.range().newest();

        assertThat(take(cleared(6))).isFalse();
        assertThat(only()).isEqualTo(closed);
        assertThat(changes.range().newest()).isEqualTo(told);

        store(critical("MAN-1", 7, MAN_DOWN, NOON.plusSeconds(60)));
        assertThat(sequences(alerts().getFirst())).containsExactly(7L);
        assertThat(alerts().getLast()).isEqualTo(closed);
    }

    @Test
    void olderThanTheAlertItIsNotShownInIt() throws SQLException {
        store(critical("MAN-1", 7, MAN_DOWN, NOON));

        assertThat(take(cleared(6))).isFalse();

        assertThat(sequences(only())).containsExactly(7L);
    }

    @Test
    void acrossLogsTheTimeTellsWhatIsOlder() throws SQLException {
        store(critical(inNewLog(event("MAN-1", 1, MAN_DOWN, NOON))));

        assertThat(take(cleared(Events.cleared("MAN-1", 900, NOON.minusSeconds(1)))))
                .isFalse();
        assertThat(take(cleared(Events.cleared("MAN-1", 901, NOON.plusSeconds(1)))))
                .isTrue();

        assertThat(sequences(only())).containsExactly(901L, 1L);
    }

    @Test
    void alertThatNoEventRaisedShowsWhatHappenedSince() throws SQLException {
        raise(new Incident("missed-check-in", "critical", "MAN-1", null, "silent", List.of(), true));
        Instant raised = only().raisedAt();

        assertThat(take(cleared(Events.cleared("MAN-1", 3, raised.minusSeconds(60)))))
                .isFalse();
        assertThat(take(cleared(Events.cleared("MAN-1", 4, raised.plusSeconds(60)))))
                .isTrue();

        assertThat(sequences(only())).containsExactly(4L);
        assertThat(only().kind()).isEqualTo("missed-check-in");
    }

    @Test
    void ofATestAlertAndALiveOneItGoesIntoThatOfItsManDown() throws SQLException {
        Instant now = transactions.run(clock::now);
        store(critical("MAN-1", 1, RED_ALERT, now));
        new TestPeriods(transactions, new TestAlerts(transactions, changes, clock), clock)
                .put("MAN-1", Duration.ofMinutes(30), ANN);
        store(critical("MAN-1", 2, MAN_DOWN, now));

        take(cleared(Events.cleared("MAN-1", 3, now)));

        AlertView test = alerts().stream().filter(AlertView::test).findFirst().orElseThrow();
        AlertView live = alerts().stream().filter(a -> !a.test()).findFirst().orElseThrow();
        assertThat(sequences(test)).containsExactly(3L, 2L);
        assertThat(sequences(live)).containsExactly(1L);
    }

    @Test
    void doubtAboutTheUnitStays() throws SQLException {
        store(withTrust(manDown, Trust.UNVERIFIED));

        take(cleared(6));

        assertThat(only().trust()).isEqualTo("unverified");
        assertThat(only().events()).extracting(EventView::trust).containsExactly("whitelisted", "unverified");
    }

    @Test
    void anotherUnitsAlertIsNoneOfIts() throws SQLException {
        store(critical("MAN-2", 1, MAN_DOWN, NOON));

        assertThat(take(cleared(6))).isFalse();

        assertThat(sequences(only())).containsExactly(1L);
    }

    @Test
    void newestTwentyOfAUnitAreKeptForAWeek() throws SQLException {
        take(cleared(Events.cleared("MAN-2", 1, NOON)));
        for (long sequence = 6; sequence < 36; sequence++) {
            take(cleared(sequence));
        }
        assertThat(database.number("select min(sequence) from alerts.cleared where serial = 'MAN-1'"))
                .isEqualTo(16);
        assertThat(kept()).isEqualTo(21);

        changes.purge();
        assertThat(kept()).isEqualTo(21);
        database.execute("update alerts.cleared set kept_at = kept_at - interval '8 days' where sequence < 20");
        changes.purge();
        assertThat(kept()).isEqualTo(16);
    }

    @Test
    void madeCriticalByAnInstallationItIsAnEventLikeAnySuch() throws Exception {
        Event critical = Events.cleared("MAN-1", 6, NOON).toBuilder()
                .setEventClass(EventClass.CRITICAL)
                .build();

        assertThat(EventReader.cleared(critical)).isEmpty();
        assertThat(EventReader.cleared(event("MAN-1", 5, MAN_DOWN, NOON))).isEmpty();
    }
}
