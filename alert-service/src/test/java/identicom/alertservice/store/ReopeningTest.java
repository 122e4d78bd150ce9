package identicom.alertservice.store;

import static identicom.alertservice.Events.LANYARD;
import static identicom.alertservice.Events.MAN_DOWN;
import static identicom.alertservice.Events.NOON;
import static identicom.alertservice.Events.critical;
import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ReopeningTest extends StoreFixture {

    private static final Duration LOST = Duration.ofSeconds(60);
    private static final Actions.Person PHONE = new Actions.Person("sms:+447700900123", "", "sms");

    private UUID alert;

    @BeforeEach
    void raise() throws SQLException {
        store(critical("MAN-1", 1, LANYARD, NOON));
        alert = only().id();
    }

    private List<String> told() throws SQLException {
        return only().history().stream().map(h -> h.what() + ": " + h.detail()).toList();
    }

    private int attendAfter(Duration time) throws SQLException {
        clockOffset = clockOffset.plus(time);
        return reopening.attendDue(WITHIN);
    }

    private void seen(Actions.Person... people) throws SQLException {
        new PresenceLog(transactions, clock)
                .seen(
                        UUID.randomUUID(),
                        Arrays.stream(people).collect(Collectors.toMap(Actions.Person::user, person -> Duration.ZERO)));
    }

    private Instant now() throws SQLException {
        return transactions.run(clock::now);
    }

    @Test
    void holderWhoDoesNothingIsRemindedAndThenLosesTheAlert() throws SQLException {
        actions.acknowledge(alert, ANN);
        assertThat(attendAfter(WITHIN.minusSeconds(60))).isZero();
        assertThat(attendAfter(Duration.ofSeconds(61))).isOne();

        assertThat(only().state()).isEqualTo("acknowledged");
        assertThat(only().acknowledgedBy()).isEqualTo("ann");
        assertThat(only().rings()).isEqualTo(2);
        assertThat(told()).last().isEqualTo("notified: reminder to its holder");
        assertThat(attendAfter(WITHIN.minusSeconds(60))).isZero();
        assertThat(attendAfter(Duration.ofSeconds(61))).isOne();
        assertThat(only().state()).isEqualTo("open");
        assertThat(only().acknowledgedBy()).isNull();
        assertThat(only().attendBy()).isNull();
        assertThat(told()).last().isEqualTo("reopened: no step by its holder");
    }

    @Test
    void whatIsDoneAboutItPutsTheReminderOff() throws SQLException {
        actions.acknowledge(alert, ANN);
        attendAfter(Duration.ofMinutes(4));
        actions.step(alert, ANN, "Called the wearer");
        assertThat(attendAfter(Duration.ofMinutes(4))).isZero();
        actions.note(alert, BOB, "no answer");
        assertThat(attendAfter(Duration.ofMinutes(4))).isZero();
        assertThat(attendAfter(Duration.ofMinutes(2))).as("reminded").isOne();
        actions.acknowledge(alert, ANN);
        assertThat(attendAfter(Duration.ofMinutes(4))).isZero();

        assertThat(only().acknowledgedBy()).isEqualTo("ann");
    }

    @Test
    void severalInstancesRemindOnce() throws Exception {
        actions.acknowledge(alert, ANN);
        clockOffset = WITHIN.plusSeconds(1);
        together(Collections.nCopies(4, (Callable<Integer>) () -> reopening.attendDue(WITHIN)));

        assertThat(only().rings()).isEqualTo(2);
    }

    @Test
    void ringThatIsNotAnsweredComesBeforeTheReminder() throws SQLException {
        actions.acknowledge(alert, ANN);
        clockOffset = WITHIN.minusSeconds(1);
        store(critical("MAN-1", 2, MAN_DOWN, NOON));
        assertThat(attendAfter(Duration.ofSeconds(20))).isZero();
        clockOffset = clockOffset.plusSeconds(20);

        assertThat(reopening.reopenDue()).isOne();
        assertThat(only().state()).isEqualTo("open");
    }

    @Test
    void holderWhoseScreenIsGoneEverywhereLosesTheAlert() throws SQLException {
        seen(ANN, BOB);
        actions.acknowledge(alert, ANN);
        clockOffset = Duration.ofSeconds(30);
        seen(BOB);
        assertThat(reopening.holdersLost(LOST)).isZero();
        clockOffset = Duration.ofSeconds(61);
        seen(BOB);

        assertThat(reopening.holdersLost(LOST)).isOne();
        assertThat(only().state()).isEqualTo("open");
        assertThat(told()).last().isEqualTo("reopened: its holder's screen is gone");
    }

    @Test
    void holderWhoHasAScreenAtAnyInstanceKeepsTheAlert() throws SQLException {
        withFeed.add("ann");
        actions.acknowledge(alert, ANN);
        clockOffset = Duration.ofSeconds(55);
        seen(ANN);
        clockOffset = Duration.ofSeconds(80);

        assertThat(reopening.holdersLost(LOST)).isZero();
    }

    @Test
    void whoTookItWithoutAScreenIsNeverLost() throws SQLException {
        actions.acknowledge(alert, ANN);
        store(critical("MAN-2", 1, MAN_DOWN, NOON));
        actions.acknowledge(alerts().getFirst().id(), PHONE);
        clockOffset = Duration.ofHours(1);

        assertThat(reopening.holdersLost(LOST)).isZero();
    }

    @Test
    void whoLogsOutLosesWhatTheyTookBefore() throws SQLException {
        actions.acknowledge(alert, ANN);
        store(critical("MAN-2", 1, MAN_DOWN, NOON));
        actions.acknowledge(alerts().getFirst().id(), BOB);
        Instant logout = now();

        assertThat(reopening.loggedOut(Map.of("ann", logout, "carl", logout))).isOne();
        assertThat(alerts().getLast().state()).isEqualTo("open");
        assertThat(alerts().getLast().history())
                .last()
                .satisfies(h -> assertThat(h.detail()).isEqualTo("its holder logged out"));
        assertThat(alerts().getFirst().acknowledgedBy()).isEqualTo("bob");
    }

    @Test
    void whatWasTakenAfterTheLogoutOrByTextStays() throws SQLException {
        Instant logout = now();
        actions.acknowledge(alert, ANN);
        assertThat(reopening.loggedOut(Map.of("ann", logout))).isZero();
        store(critical("MAN-2", 1, MAN_DOWN, NOON));
        actions.acknowledge(alerts().getFirst().id(), PHONE);

        assertThat(reopening.loggedOut(Map.of(PHONE.user(), now()))).isZero();
    }

    @Test
    void firstTakingStandsInTheRowWhoeverTakesItLater() throws Exception {
        actions.acknowledge(alert, PHONE);
        String first = firstTakenAt();
        clockOffset = WITHIN.multipliedBy(3);
        reopening.attendDue(WITHIN);
        attendAfter(WITHIN.plusSeconds(1));
        actions.acknowledge(alert, ANN);

        assertThat(only().acknowledgedBy()).isEqualTo("ann");
        assertThat(firstTakenAt()).isNotNull().isEqualTo(first);
    }

    private String firstTakenAt() throws Exception {
        return database.text("select first_taken_at from alerts.alert");
    }
}
