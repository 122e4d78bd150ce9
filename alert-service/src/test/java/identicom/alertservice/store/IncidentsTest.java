package identicom.alertservice.store;

import static identicom.alertservice.Events.LANYARD;
import static identicom.alertservice.Events.MAN_DOWN;
import static identicom.alertservice.Events.NOON;
import static identicom.alertservice.Events.critical;
import static identicom.alertservice.Events.withTrust;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import identicom.alertservice.alert.Alert;
import identicom.alertservice.alert.Handling.Outcome;
import identicom.alertservice.event.CriticalEvent;
import identicom.alertservice.event.Trust;
import identicom.alertservice.store.Incidents.Incident;
import identicom.alertservice.view.AlertView;
import identicom.alertservice.view.AlertView.HistoryEntry;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class IncidentsTest extends StoreFixture {

    private final CriticalEvent manDown = critical("MAN-1", 5, MAN_DOWN, NOON);

    private static Incident missed(String serial) {
        return new Incident("missed-check-in", "critical", serial, null, "due at 12:00", List.of(), true);
    }

    private static Incident massLoss(String... serials) {
        return new Incident("mass-loss", "critical", null, "site Leeds", "nobody heard", List.of(serials), true);
    }

    private static Incident blind(boolean rings) {
        return new Incident("technical", "critical", null, "station rx-1", "silent for 60 s", List.of(), rings);
    }

    @Test
    void missedCheckInIsAnAlertWithoutAnEvent() throws SQLException {
        Alert raised = raise(missed("MAN-1")).getFirst();

        AlertView alert = only();
        assertThat(alert.id()).isEqualTo(raised.id());
        assertThat(alert.kind()).isEqualTo("missed-check-in");
        assertThat(alert.wearer()).isEqualTo("Wearer of MAN-1");
        assertThat(alert.trust()).isEqualTo("whitelisted");
        assertThat(alert.journey().acceptedAt()).isEqualTo(alert.raisedAt());
        assertThat(alert.eventTime()).isNull();
        assertThat(alert.events()).isEmpty();
        assertThat(alert.eventCount()).isZero();
        assertThat(alert.rings()).isOne();
        assertThat(alert.flood()).isNull();
        assertThat(told(alert)).containsExactly("raised: due at 12:00");
    }

    private static List<String> told(AlertView alert) {
        return alert.history().stream().map(h -> h.what() + ": " + h.detail()).toList();
    }

    @Test
    void missedAgainItRingsAgainOnlyIfAskedTo() throws SQLException {
        raise(missed("MAN-1"));
        raise(missed("MAN-1"));
        assertThat(only().rings()).isEqualTo(2);
        raise(new Incident("missed-check-in", "critical", "MAN-1", null, "still silent", List.of(), false));

        assertThat(only().rings()).isEqualTo(2);
        assertThat(told(only())).last().isEqualTo("joined: still silent");
    }

    @Test
    void manDownThatJoinsAMissedCheckInRingsWithItsKindTimeAndPlace() throws SQLException {
        raise(missed("MAN-1"));
        store(manDown);

        assertThat(only().kind()).isEqualTo("man-down");
        assertThat(only().rings()).isEqualTo(2);
        assertThat(only().eventTime()).isEqualTo(NOON);
        assertThat(only().position()).isNotNull();
        assertThat(only().eventCount()).isOne();
    }

    @Test
    void manDownThatJoinsAnAcknowledgedLanyardAlertRingsItsHolderWithItsKind() throws SQLException {
        store(critical("MAN-1", 4, LANYARD, NOON.minusSeconds(60)));
        actions.acknowledge(only().id(), ANN);
        store(manDown);

        assertThat(only().kind()).isEqualTo("man-down");
        assertThat(only().rings()).isEqualTo(2);
        assertThat(only().acknowledgedBy()).isEqualTo("ann");
        assertThat(only().reopensAt()).isNotNull();
    }

    @Test
    void manDownOfAUnitJustCommissionedRingsItsUnregisteredAlertWithItsKind() throws SQLException {
        store(withTrust(critical("MAN-1", 4, LANYARD, NOON.minusSeconds(60)), Trust.UNREGISTERED));
        assertThat(only().kind()).isEqualTo("unregistered-unit");
        store(manDown);

        assertThat(only().kind()).isEqualTo("man-down");
        assertThat(only().trust()).isEqualTo("whitelisted");
        assertThat(only().rings()).isEqualTo(2);
    }

    @Test
    void missedCheckInJoinsTheUnitsOpenAlertAndLeavesItsGraverKind() throws SQLException {
        store(manDown);
        raise(missed("MAN-1"));

        assertThat(only().kind()).isEqualTo("man-down");
        assertThat(only().eventTime()).isEqualTo(NOON);
        assertThat(only().rings()).isEqualTo(2);
        assertThat(told(only())).last().isEqualTo("joined: due at 12:00");
    }

    @Test
    void missedCheckInInAnAcknowledgedAlertRingsItsHolder() throws SQLException {
        store(manDown);
        actions.acknowledge(only().id(), ANN);
        raise(missed("MAN-1"));
        assertThat(only().reopensAt()).isNotNull();
        clockOffset = Duration.ofSeconds(31);
        reopening.reopenDue();

        assertThat(only().state()).isEqualTo("open");
    }

    @Test
    void manDownAndMissedCheckInOfAUnitAtOnceAreOneAlert() throws Exception {
        for (int round = 0; round < 20; round++) {
            String serial = "R-" + round;
            CriticalEvent event = critical(serial, 1, MAN_DOWN, NOON);
            List<Callable<?>> both = List.of(
                    () -> intake.store(List.of(event)), () -> raise(missed(serial)), () -> raise(missed(serial)));
            together(both);
        }

        assertThat(alerts()).hasSize(20).allSatisfy(alert -> {
            assertThat(alert.kind()).isEqualTo("man-down");
            assertThat(alert.rings()).isEqualTo(3);
        });
    }

    @Test
    void subjectHasOneAlertOfAKindHoweverManySayItAtOnce() throws Exception {
        List<Callable<?>> all = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            all.add(() -> raise(blind(false)));
        }
        together(all);

        assertThat(only().subject()).isEqualTo("station rx-1");
        assertThat(only().serial()).isNull();
        assertThat(only().rings()).isOne();
        assertThat(only().history()).hasSize(6);
        actions.close(only().id(), ANN, Outcome.GENUINE, null);
        raise(blind(false));
        assertThat(alerts()).extracting(AlertView::state).containsExactly("open", "closed");
    }

    @Test
    void massLossNamesItsUnitsAndIsFoundByEachOfThem() throws SQLException {
        raise(massLoss("U-1", "U-2"));
        raise(massLoss("U-2", "U-3"));

        assertThat(only().flood()).isEqualTo(new AlertView.Flood(List.of("U-1", "U-2", "U-3"), 0));
        for (String serial : List.of("U-1", "U-2", "U-3")) {
            assertThat(list.page(new AlertList.Filter(null, serial, null), Long.MAX_VALUE, 10)
                            .alerts())
                    .containsExactly(only());
        }
    }

    @Test
    void massLossOfThousandsListsTheFirstAndCountsTheOthers() throws SQLException {
        raise(massLoss(IntStream.range(0, 3000).mapToObj(i -> "U-" + i).toArray(String[]::new)));

        assertThat(only().flood().serials()).hasSize(1000);
        assertThat(only().flood().more()).isEqualTo(2000);
    }

    @Test
    void eventOfAUnitThatAMassLossNamesIsAnAlertOfItsOwn() throws SQLException {
        raise(massLoss("MAN-1", "U-2"));
        store(manDown);
        store(withTrust(critical("U-2", 1, MAN_DOWN, NOON), Trust.UNREGISTERED));

        assertThat(alerts()).extracting(AlertView::kind).containsExactly("unregistered-unit", "man-down", "mass-loss");
        assertThat(alerts().getLast().rings()).isOne();
    }

    @Test
    void unitsHeardAgainAreNotedInTheirAlertsAndOnceInTheMassLossForAllOfThem() throws SQLException {
        raise(missed("MAN-1"), massLoss("U-1", "U-2", "U-3"));
        transactions.run(tx -> {
            incidents.heard(tx, Map.of("MAN-1", NOON, "U-1", NOON, "U-3", NOON, "ELSE", NOON));
            return true;
        });

        assertThat(told(alerts().getFirst()))
                .containsExactly("raised: nobody heard", "unit-heard: 2 heard again: U-1, U-3");
        assertThat(told(alerts().getLast()))
                .containsExactly("raised: due at 12:00", "unit-heard: heard again at 2026-06-01T12:00:00Z");
        assertThat(alerts()).extracting(AlertView::rings).containsOnly(1);
    }

    @Test
    void closedAlertIsNotToldThatItsUnitWasHeard() throws SQLException {
        raise(missed("MAN-1"));
        actions.close(only().id(), ANN, Outcome.GENUINE, null);
        transactions.run(tx -> {
            incidents.heard(tx, Map.of("MAN-1", NOON));
            return true;
        });

        assertThat(only().history()).extracting(HistoryEntry::what).containsExactly("raised", "closed");
    }

    @Test
    void whatIsToldStandsInTheHistoryAndGoesToTheScreens() throws SQLException {
        UUID alert = raise(missed("MAN-1")).getFirst().id();
        long before = changes.range().newest();
        transactions.run(tx -> {
            incidents.tell(tx, alert, "notified", null, "sms to +44");
            return true;
        });

        assertThat(told(only())).last().isEqualTo("notified: sms to +44");
        assertThat(changes.after(before, 10)).hasSize(1);
        assertThatThrownBy(() -> transactions.run(tx -> {
                    incidents.tell(tx, UUID.randomUUID(), "notified", null, "sms");
                    return true;
                }))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void alertIsFoundByItsNumber() throws SQLException {
        UUID alert = raise(missed("MAN-1")).getFirst().id();

        assertThat(actions.byNumber(1000)).contains(alert);
        assertThat(actions.byNumber(1)).isEmpty();
    }
}
