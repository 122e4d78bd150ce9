package identicom.alertservice.store;

import static identicom.alertservice.Events.LANYARD;
import static identicom.alertservice.Events.MAN_DOWN;
import static identicom.alertservice.Events.NOON;
import static identicom.alertservice.Events.critical;
import static identicom.alertservice.Events.withTrust;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import identicom.alertservice.alert.Handling.Outcome;
import identicom.alertservice.event.CriticalEvent;
import identicom.alertservice.event.Trust;
import identicom.alertservice.view.AlertView;
import identicom.alertservice.view.AlertView.HistoryEntry;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class IntakeTest extends StoreFixture {

    private final CriticalEvent manDown = critical("MAN-1", 5, MAN_DOWN, NOON);
    private final CriticalEvent lanyard = critical("MAN-1", 4, LANYARD, NOON.minusSeconds(60));

    @Test
    void alertShowsWhatTheEventSaid() throws SQLException {
        store(manDown);

        AlertView alert = only();
        assertThat(alert.id()).isEqualTo(manDown.id().alertId());
        assertThat(alert.reference()).isEqualTo("A1000");
        assertThat(alert.wearer()).isEqualTo("Wearer of MAN-1");
        assertThat(alert.kind()).isEqualTo("man-down");
        assertThat(alert.eventClass()).isEqualTo("critical");
        assertThat(alert.state()).isEqualTo("open");
        assertThat(alert.trust()).isEqualTo("whitelisted");
        assertThat(alert.stored()).isTrue();
        assertThat(alert.position().lat()).isEqualTo(51.5000005);
        assertThat(alert.position().lon()).isEqualTo(-0.12);
        assertThat(alert.events()).singleElement().satisfies(event -> {
            assertThat(event.type()).isEqualTo("3b");
            assertThat(event.battery()).isEqualTo(81);
            assertThat(event.time()).isEqualTo(NOON);
            assertThat(event.receivedAt()).isEqualTo(NOON.plusSeconds(1));
        });
        assertThat(alert.history()).extracting(HistoryEntry::what).containsExactly("raised");
    }

    @Test
    void sameEventsFromSeveralConsumersAtOnceAreOneAlertAUnit() throws Exception {
        Random random = new Random(42);
        for (int round = 0; round < 25; round++) {
            List<CriticalEvent> batch = new ArrayList<>();
            for (int unit = 0; unit < 8; unit++) {
                String serial = "R" + round + "-" + unit;
                batch.add(critical(serial, 1, LANYARD, NOON));
                batch.add(critical(serial, 2, MAN_DOWN, NOON.plusSeconds(1)));
            }
            List<Callable<Boolean>> consumers = new ArrayList<>();
            for (int consumer = 0; consumer < 4; consumer++) {
                List<CriticalEvent> shuffled = new ArrayList<>(batch);
                Collections.shuffle(shuffled, random);
                consumers.add(() -> intake.store(shuffled));
            }
            together(consumers);
        }

        assertThat(database.number("select count(*) from alerts.alert")).isEqualTo(25 * 8);
        assertThat(database.number("select count(*) from alerts.alert where event_count <> 2 or kind <> 'man-down'"))
                .isZero();
        assertThat(database.number("select count(*) from alerts.identity")).isEqualTo(25 * 16);
        assertThat(database.number("select count(*) from alerts.event")).isEqualTo(25 * 16);
    }

    @Test
    void differentEventsOfOneUnitAtOnceAreOneAlert() throws Exception {
        together(IntStream.rangeClosed(1, 8)
                .mapToObj(n -> (Callable<Boolean>) () -> intake.store(List.of(critical("MAN-1", n, MAN_DOWN, NOON))))
                .toList());

        assertThat(only().eventCount()).isEqualTo(8);
        assertThat(only().rings()).isEqualTo(8);
    }

    @Test
    void sameEventDeliveredThreeTimesCountsOnceAndChangesNothing() throws SQLException {
        store(lanyard, manDown);
        long told = changes.range().newest();
        store(manDown, lanyard, manDown);
        store(lanyard);

        assertThat(only().eventCount()).isEqualTo(2);
        assertThat(changes.range().newest()).isEqualTo(told);
    }

    @Test
    void eventAfterTheClosingRaisesAnAlertOfItsOwn() throws SQLException {
        store(lanyard);
        actions.close(only().id(), ANN, Outcome.FALSE_ALARM, null);
        store(lanyard, manDown);

        assertThat(alerts()).extracting(AlertView::state).containsExactly("open", "closed");
        assertThat(alerts().getFirst().id()).isEqualTo(manDown.id().alertId());
        assertThat(alerts().getFirst().events()).hasSize(1);
    }

    @Test
    void twoOpenAlertsOfAUnitAreRefusedByTheDatabaseItself() throws SQLException {
        store(manDown);

        assertThatThrownBy(() -> transactions.run(tx -> {
                    try (var statement = tx.createStatement()) {
                        return statement.executeUpdate("""
                                insert into alerts.alert select gen_random_uuid(), 1, serial, wearer, kind, class, state,
                                    trust, test, flood, raised_at, accepted_at, event_time, late, latitude_e7, longitude_e7,
                                    position_at, event_count, serial_count, acknowledged_by, outcome, rings, rang_at,
                                    reopen_at, change_id from alerts.alert""");
                    }
                }))
                .hasMessageContaining("alert_one_open_a_unit");
    }

    @Test
    void unregisteredUnitsAlertTakesItsKindWhenTheSameEventComesAsWhitelisted() throws SQLException {
        store(withTrust(manDown, Trust.UNREGISTERED));
        assertThat(only().kind()).isEqualTo("unregistered-unit");
        store(manDown);
        store(withTrust(manDown, Trust.UNREGISTERED));

        assertThat(only().kind()).isEqualTo("man-down");
        assertThat(only().trust()).isEqualTo("whitelisted");
        assertThat(only().rings()).isEqualTo(2);
        assertThat(only().eventCount()).isOne();
        assertThat(only().events()).extracting(AlertView.EventView::trust).containsExactly("whitelisted");
        assertThat(database.text("select trust from alerts.identity")).isEqualTo("whitelisted");
    }

    @Test
    void closedUnregisteredAlertStaysClosedAndANewOneIsRaised() throws SQLException {
        store(withTrust(manDown, Trust.UNREGISTERED));
        actions.close(only().id(), ANN, Outcome.FALSE_ALARM, "nobody we know");
        store(manDown);
        store(manDown);

        assertThat(alerts()).extracting(AlertView::state).containsExactly("open", "closed");
        assertThat(alerts()).extracting(AlertView::kind).containsExactly("man-down", "unregistered-unit");
        assertThat(alerts()).allSatisfy(alert -> assertThat(alert.events()).hasSize(1));
    }

    @Test
    void floodOfUnknownSerialsIsOneAlertThatIsFoundByEachOfThem() throws Exception {
        List<CriticalEvent> all = IntStream.range(0, 1200)
                .mapToObj(i -> critical("X-" + i, 1, MAN_DOWN, NOON.plusMillis(10L * i)))
                .map(e -> withTrust(e, Trust.UNREGISTERED))
                .toList();
        List<Callable<Boolean>> bothClusters = List.of(() -> storeInParts(all), () -> storeInParts(all));
        together(bothClusters);

        assertThat(alerts()).hasSize(6);
        AlertView flood =
                alerts().stream().filter(a -> a.flood() != null).findFirst().orElseThrow();
        assertThat(flood.kind()).isEqualTo("unregistered-unit");
        assertThat(flood.flood().serials()).hasSize(1000);
        assertThat(flood.flood().more()).isEqualTo(195);
        assertThat(bySerial("X-1199")).containsExactly(flood);
        assertThat(bySerial("X-700")).containsExactly(flood);
        assertThat(bySerial("X-1200")).isEmpty();
        store(critical("X-1199", 1, MAN_DOWN, NOON.plusMillis(11990)));
        assertThat(bySerial("X-1199")).extracting(AlertView::kind).containsExactly("man-down", "unregistered-unit");
    }

    private boolean storeInParts(List<CriticalEvent> events) throws SQLException {
        for (int from = 0; from < events.size(); from += 100) {
            intake.store(events.subList(from, from + 100));
        }
        return true;
    }

    private List<AlertView> bySerial(String serial) throws SQLException {
        return list.page(new AlertList.Filter(null, serial, null), Long.MAX_VALUE, 10)
                .alerts();
    }

    @Test
    void tenThousandEmergenciesAtOnceAreAsManyAlerts() throws Exception {
        List<CriticalEvent> all = IntStream.range(0, 10_000)
                .mapToObj(i -> critical("U-" + i, 1, MAN_DOWN, NOON))
                .toList();
        List<Callable<Boolean>> bothClusters = List.of(() -> storeInParts(all), () -> storeInParts(all));
        together(bothClusters);

        assertThat(database.number("select count(*) from alerts.alert")).isEqualTo(10_000);
        assertThat(database.number("select count(*) from alerts.change")).isEqualTo(10_000);
    }
}
