package identicom.alertservice.canary;

import static org.assertj.core.api.Assertions.assertThat;

import identicom.alertservice.CanaryVoice;
import identicom.alertservice.Events;
import identicom.alertservice.alert.Alert;
import identicom.alertservice.event.Trust;
import identicom.alertservice.journey.Journeys;
import identicom.alertservice.store.ChangeLog;
import identicom.alertservice.store.DatabaseClock;
import identicom.alertservice.store.Incidents;
import identicom.alertservice.store.Intake;
import identicom.alertservice.store.StoreFixture;
import identicom.alertservice.store.SystemClosing;
import identicom.alertservice.view.AlertView;
import identicom.alertservice.view.CanaryUnit;
import identicom.runtime.process.Metrics;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class CanaryWatchTest extends StoreFixture {

    private static final CanaryUnit UNIT = new CanaryUnit("CANARY");
    private static final CanarySettings SETTINGS = new CanarySettings(UNIT, Duration.ofMinutes(1), "+441234", null);

    private final List<Alert> heardByOthers = new ArrayList<>();
    private DatabaseClock clock;
    private ChangeLog log;
    private Intake taking;
    private Incidents told;
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
        told = new Incidents(log, clock);
        watch = instance();
    }

    private CanaryWatch instance() {
        return new CanaryWatch(SETTINGS, transactions, clock, new SystemClosing(log), new CanaryVoice(told, clock));
    }

    private List<String> texts() throws SQLException {
        return database.column("select address || ' ' || text from alerts.notification order by ordinal");
    }

    private void textsAre(String state) throws SQLException {
        database.execute("update alerts.notification set state = '" + state + "'");
    }

    /** What the technical alert says, in its order. */
    private List<String> missing() throws SQLException {
        return database.column("""
                select detail from alerts.history h join alerts.alert a on a.id = h.alert_id
                 where a.kind = 'technical' and a.subject = 'canary' and a.class = 'critical' order by h.id""");
    }

    private AlertView call() throws SQLException {
        return call(watch.now().minusMillis(300));
    }

    /** @param accepted by the station's clock */
    private AlertView call(Instant accepted) throws SQLException {
        taking.store(List.of(Events.critical(
                Events.event("CANARY", ++sequence, Events.RED_ALERT, accepted.minusSeconds(1), accepted))));
        return list.page(ANY, Long.MAX_VALUE, 1, true).alerts().stream()
                .filter(alert -> "CANARY".equals(alert.serial()))
                .findFirst()
                .orElseThrow();
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
            textsAre("delivered");
            later(Duration.ofMinutes(30));
        }
        assertThat(texts()).hasSize(2).allMatch(text -> text.startsWith("+441234 Canary CANARY: an alarm reached"));
    }

    @Test
    void itIsMissingAfterThreeTimesItsIntervalAndToldOnce() throws SQLException {
        assertThat(watch.look()).isFalse();
        through();
        look(Duration.ofSeconds(130));
        assertThat(missing()).isEmpty();
        assertThat(look(Duration.ofSeconds(100))).as("looks with news").isOne();
        assertThat(missing()).hasSize(1);
        assertThat(isOk()).isFalse();
        assertThat(missing().getFirst()).contains("CANARY").contains("accepted at");
        through();
        assertThat(isOk()).isTrue();
        look(Duration.ofSeconds(200));
        assertThat(missing()).hasSize(2);
    }

    @Test
    void oneThatNeverCameIsMissingToo() throws SQLException {
        look(Duration.ofSeconds(240));
        assertThat(missing()).containsExactly("no test alarm of CANARY has come through yet");
    }

    @Test
    void aTimeInWhichNobodyLookedIsNotHeldAgainstIt() throws SQLException {
        watch.look();
        through();
        later(Duration.ofHours(5));
        look(Duration.ofSeconds(130));
        assertThat(missing()).isEmpty();
        look(Duration.ofSeconds(80));
        assertThat(missing()).hasSize(1);
    }

    @Test
    void aStationsClockThatIsWrongMakesNoneMissingAndHidesNone() throws SQLException {
        watch.look();
        AlertView behind = call(watch.now().minusSeconds(600));
        watch.reached(behind, watch.now());
        textsAre("delivered");
        look(Duration.ofSeconds(130));
        assertThat(missing()).as("its station's clock is behind").isEmpty();
        AlertView ahead = call(watch.now().plusSeconds(600));
        watch.reached(ahead, watch.now());
        assertThat(watch.known().lastAt()).isEqualTo(ahead.journey().acceptedAt());
        look(Duration.ofSeconds(190));
        assertThat(missing()).as("its station's clock is ahead").hasSize(1);
    }

    @Test
    void oneOfABacklogIsNoEndOfWhatWasMissing() throws SQLException {
        watch.look();
        AlertView last = call();
        watch.reached(last, watch.now());
        look(Duration.ofSeconds(190));
        Instant before = last.journey().acceptedAt().minusSeconds(1);
        assertThat(watch.reached(call(before), watch.now())).isPresent();
        assertThat(isOk()).as("accepted before the last one").isFalse();
        through();
        assertThat(isOk()).isTrue();
    }

    @Test
    void oneThatWasLeftOpenForLongIsClosedAndIsNoProof() throws SQLException {
        AlertView left = call();
        later(Duration.ofSeconds(180));
        assertThat(watch.reached(left, watch.now())).isEmpty();
        assertThat(list.one(left.id()).orElseThrow().state()).isEqualTo("closed");
        assertThat(watch.known().lastAt()).isNull();
    }

    @Test
    void oneThatNoScreenWasToldOfIsClosedAndIsNoProof() throws SQLException {
        AlertView unseen = call();
        watch.reachedNobody(unseen);
        assertThat(list.one(unseen.id()).orElseThrow().state()).isEqualTo("closed");
        assertThat(watch.known().lastAt()).isNull();
        assertThat(texts()).isEmpty();
    }

    @Test
    void aTextMessageThatFailsIsToldOnceAndTriedAgain() throws SQLException {
        watch.look();
        texted();
        assertThat(watch.look()).isFalse();
        assertThat(isOk()).as("the message is under way").isTrue();
        textsAre("failed");
        assertThat(watch.look()).isTrue();
        assertThat(watch.look()).isFalse();
        assertThat(missing())
                .singleElement()
                .asString()
                .contains("text message")
                .contains("has not got out");
        assertThat(isOk()).isFalse();
        assertThat(watch.ok()).as("for the watchdog").isFalse();
        later(Duration.ofMinutes(10));
        texted();
        assertThat(texts()).hasSize(2);
        watch.look();
        assertThat(isOk()).as("the next one is under way").isFalse();
        textsAre("sent");
        assertThat(watch.look()).isFalse();
        assertThat(isOk()).isTrue();
        textsAre("failed");
        assertThat(watch.look()).as("a receipt says so afterwards").isTrue();
        assertThat(missing()).hasSize(2);
    }

    @Test
    void aTextMessageThatNobodyTakesIsToldAfterSomeMinutes() throws SQLException {
        watch.look();
        texted();
        throughFor(Duration.ofMinutes(4));
        assertThat(missing()).isEmpty();
        throughFor(Duration.ofMinutes(2));
        assertThat(missing()).hasSize(1);
        assertThat(isOk()).isFalse();
    }

    private void through() throws SQLException {
        texted();
        textsAre("delivered");
    }

    /** It came through, and nothing is known yet of its text message. */
    private void texted() throws SQLException {
        watch.reached(call(), watch.now());
    }

    private void throughFor(Duration span) throws SQLException {
        for (long minute = 0; minute < span.toMinutes(); minute++) {
            look(Duration.ofMinutes(1));
            texted();
        }
    }

    private boolean isOk() throws SQLException {
        return watch.ok(watch.known(), watch.now());
    }

    /** Looks every ten seconds, as two instances would. How often there was something to tell. */
    private int look(Duration span) throws SQLException {
        CanaryWatch other = instance();
        int news = 0;
        for (long second = 0; second < span.toSeconds(); second += 10) {
            news += (watch.look() ? 1 : 0) + (other.look() ? 1 : 0);
            later(Duration.ofSeconds(10));
        }
        return news + (watch.look() ? 1 : 0);
    }
}
