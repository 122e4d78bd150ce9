package identicom.alertservice.canary;

import static org.assertj.core.api.Assertions.assertThat;

import identicom.alertservice.Events;
import identicom.alertservice.alert.Alert;
import identicom.alertservice.event.Trust;
import identicom.alertservice.journey.Journeys;
import identicom.alertservice.store.ChangeLog;
import identicom.alertservice.store.DatabaseClock;
import identicom.alertservice.store.Intake;
import identicom.alertservice.store.StoreFixture;
import identicom.alertservice.store.SystemClosing;
import identicom.alertservice.view.AlertView;
import identicom.alertservice.view.CanaryUnit;
import identicom.runtime.process.Metrics;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class CanaryWatchTest extends StoreFixture implements CanaryCalls {

    private static final CanaryUnit UNIT = new CanaryUnit("CANARY");
    private static final CanarySettings SETTINGS = new CanarySettings(UNIT, Duration.ofMinutes(1), "+441234", null);

    private final List<String> texts = new ArrayList<>();
    private final List<String> missing = new ArrayList<>();
    private final List<Alert> heardByOthers = new ArrayList<>();
    private DatabaseClock clock;
    private ChangeLog log;
    private Intake taking;
    private CanaryWatch watch;
    private int sequence;

    @BeforeEach
    void build() {
        clock = new DatabaseClock(() -> clockOffset);
        CanaryMark mark = new CanaryMark(UNIT);
        log = new ChangeLog(
                transactions,
                serial -> null,
                List.of(
                        mark,
                        Journeys.follower(new Metrics()),
                        mark.without((tx, alerts, now) -> heardByOthers.addAll(alerts))));
        taking = new Intake(transactions, log, clock, event -> Optional.empty());
        watch = instance();
    }

    private CanaryWatch instance() {
        return new CanaryWatch(SETTINGS, transactions, clock, new SystemClosing(log), this);
    }

    @Override
    public void text(Connection tx, UUID alert, String number, String text) {
        texts.add(number + " " + text);
    }

    @Override
    public void missing(Connection tx, String detail) {
        missing.add(detail);
    }

    private AlertView call() throws SQLException {
        Instant accepted = watch.now().minusMillis(300);
        taking.store(List.of(Events.critical(
                Events.event("CANARY", ++sequence, Events.RED_ALERT, accepted.minusSeconds(1), accepted))));
        return list.page(ANY, Long.MAX_VALUE, 1, true).alerts().getFirst();
    }

    private void later(Duration span) {
        clockOffset = clockOffset.plus(span);
    }

    @Test
    void oneThatReachedTheStreamIsClosedOnceByTheSystemAndRemembered() throws SQLException {
        AlertView alert = call();
        CanaryWatch other = instance();
        Instant reached = alert.journey().acceptedAt().plusMillis(450);
        assertThat(watch.reached(alert, reached))
                .hasValueSatisfying(through -> assertThat(through.latency()).isEqualTo(Duration.ofMillis(450)));
        assertThat(other.reached(alert, reached)).isEmpty();
        AlertView closed = list.one(alert.id()).orElseThrow();
        assertThat(closed.state()).isEqualTo("closed");
        assertThat(closed.outcome()).isEqualTo("test");
        assertThat(closed.history().getLast().what()).isEqualTo("closed");
        assertThat(closed.history().getLast().who()).isEqualTo("canary");
        assertThat(watch.known().lastAt()).isEqualTo(alert.journey().acceptedAt());
        assertThat(watch.known().latency()).isEqualTo(Duration.ofMillis(450));
        assertThat(watch.ok(watch.known(), watch.now())).isTrue();
        assertThat(alerts()).isEmpty();
        assertThat(heardByOthers).isEmpty();
        assertThat(database.number("select count(*) from alerts.outbox")).isZero();
    }

    @Test
    void aClockThatIsBehindMakesNoNegativeLatency() throws SQLException {
        AlertView alert = call();
        assertThat(watch.reached(alert, alert.journey().acceptedAt().minusSeconds(5)))
                .hasValueSatisfying(through -> assertThat(through.latency()).isZero());
    }

    @Test
    void othersHearOfEveryAlertThatIsNoCanarys() throws SQLException {
        taking.store(List.of(Events.critical("A-1", 1, Events.MAN_DOWN, Events.NOON)));
        assertThat(heardByOthers).hasSize(1);
        assertThat(alerts()).hasSize(1);
    }

    @Test
    void aUnitThatTheWhitelistDoesNotVouchForIsNoProof() throws SQLException {
        var event = Events.critical("CANARY", 1, Events.RED_ALERT, Events.NOON);
        taking.store(List.of(Events.withTrust(event, Trust.UNREGISTERED)));
        AlertView alert = list.page(ANY, Long.MAX_VALUE, 1, true).alerts().getFirst();
        assertThat(watch.reached(alert, Instant.now())).isEmpty();
        assertThat(list.one(alert.id()).orElseThrow().state()).isEqualTo("closed");
        assertThat(watch.known().lastAt()).isNull();
    }

    @Test
    void aTextGoesOutOnceAnHour() throws SQLException {
        for (int minute = 0; minute < 90; minute += 30) {
            AlertView alert = call();
            watch.reached(alert, watch.now());
            later(Duration.ofMinutes(30));
        }
        assertThat(texts).hasSize(2).allMatch(text -> text.startsWith("+441234 Canary CANARY: an alarm reached"));
    }

    @Test
    void itIsMissingAfterThreeTimesItsIntervalAndToldOnce() throws SQLException {
        assertThat(watch.look()).isFalse();
        watch.reached(call(), watch.now());
        look(Duration.ofSeconds(170));
        assertThat(missing).isEmpty();
        look(Duration.ofSeconds(60));
        assertThat(missing).hasSize(1);
        assertThat(watch.ok(watch.known(), watch.now())).isFalse();
        assertThat(missing.getFirst()).contains("CANARY").contains("accepted at");
        watch.reached(call(), watch.now());
        assertThat(watch.ok(watch.known(), watch.now())).isTrue();
        look(Duration.ofSeconds(200));
        assertThat(missing).hasSize(2);
    }

    @Test
    void oneThatNeverCameIsMissingToo() throws SQLException {
        look(Duration.ofSeconds(240));
        assertThat(missing).containsExactly("no test alarm of CANARY has come through yet");
    }

    @Test
    void aTimeInWhichNobodyLookedIsNotHeldAgainstIt() throws SQLException {
        watch.look();
        watch.reached(call(), watch.now());
        later(Duration.ofHours(5));
        look(Duration.ofSeconds(150));
        assertThat(missing).isEmpty();
        look(Duration.ofSeconds(60));
        assertThat(missing).hasSize(1);
    }

    /** Looks every half minute, as two instances would. */
    private void look(Duration span) throws SQLException {
        CanaryWatch other = instance();
        for (long second = 0; second < span.toSeconds(); second += 10) {
            watch.look();
            other.look();
            later(Duration.ofSeconds(10));
        }
        watch.look();
    }
}
