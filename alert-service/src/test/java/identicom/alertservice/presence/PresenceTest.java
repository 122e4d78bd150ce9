package identicom.alertservice.presence;

import static identicom.alertservice.Events.LANYARD;
import static identicom.alertservice.Events.NOON;
import static identicom.alertservice.Events.critical;
import static org.assertj.core.api.Assertions.assertThat;

import identicom.alertservice.store.PresenceLog;
import identicom.alertservice.store.StoreFixture;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Two instances over one database; beats are done by hand, five seconds apart by the database's clock. */
class PresenceTest extends StoreFixture {

    private static final Duration LOST = Duration.ofSeconds(60);

    private final LiveFeeds here = new LiveFeeds();
    private final LiveFeeds there = new LiveFeeds();
    private Presence one;
    private Presence other;

    @BeforeEach
    void instances() throws SQLException {
        one = instance(here);
        other = instance(there);
        store(critical("MAN-1", 1, LANYARD, NOON));
    }

    private Presence instance(LiveFeeds feeds) {
        return new Presence(feeds, new PresenceLog(transactions, clock), reopening, LOST, () -> {});
    }

    private void beats(int from, int to, Presence... instances) throws SQLException {
        for (int second = from; second <= to; second += 5) {
            clockOffset = Duration.ofSeconds(second);
            for (Presence instance : instances) {
                instance.beat();
            }
        }
    }

    private void taken() throws SQLException {
        actions.acknowledge(only().id(), ANN);
    }

    @Test
    void holderWhoMovesToAnotherInstanceKeepsTheAlertAndLosesItWhenGoneFromBoth() throws SQLException {
        here.open("ann");
        beats(0, 5, one, other);
        taken();
        here.close("ann");
        there.open("ann");
        beats(10, 90, one, other);
        assertThat(only().acknowledgedBy()).isEqualTo("ann");
        there.close("ann");
        beats(95, 125, one, other); // well before 150: the database's clock goes on meanwhile
        assertThat(only().acknowledgedBy()).isEqualTo("ann");
        beats(130, 160, one, other);

        assertThat(only().state()).isEqualTo("open");
    }

    @Test
    void instanceThatWasBlindReopensNothingUntilItHasSeenForTheWholeTime() throws SQLException {
        here.open("ann");
        beats(0, 60, one);
        taken();
        here.close("ann");
        clockOffset = Duration.ofSeconds(300);
        one.beat();
        other.beat();
        assertThat(only().acknowledgedBy())
                .as("nothing was written for minutes")
                .isEqualTo("ann");
        beats(305, 335, one, other);
        assertThat(only().acknowledgedBy()).isEqualTo("ann");
        beats(340, 365, one, other);

        assertThat(only().state()).isEqualTo("open");
    }

    @Test
    void userHasAFeedAsLongAsOneOfTheirStreamsIsOpen() {
        here.open("ann");
        here.open("ann");
        here.close("ann");
        assertThat(here.has("ann")).isTrue();
        here.close("ann");

        assertThat(here.has("ann")).isFalse();
        assertThat(here.signs()).isEmpty();
    }

    @Test
    void holderWhosePageAnswersNoMoreLosesTheAlertASpanAfterItsLastAnswer() throws SQLException {
        AtomicLong nanos = new AtomicLong();
        LiveFeeds answering = new LiveFeeds(nanos::get);
        Presence instance = instance(answering);
        for (int second = 0; second <= 90; second += 5) {
            answering.answered("ann");
            beats(second, second, instance);
            nanos.addAndGet(Duration.ofSeconds(5).toNanos());
        }
        taken();
        for (int second = 95; second <= 125; second += 5) {
            beats(second, second, instance);
            nanos.addAndGet(Duration.ofSeconds(5).toNanos());
        }
        assertThat(only().acknowledgedBy()).isEqualTo("ann");
        beats(130, 155, instance);

        assertThat(only().state()).isEqualTo("open");
    }

    @Test
    void pageIsThereFromItsLastAnswerOnForAsLongAsPagesAreTakenToBe() {
        AtomicLong nanos = new AtomicLong();
        LiveFeeds feeds = new LiveFeeds(nanos::get);
        AtomicInteger told = new AtomicInteger();
        feeds.whenOpened(told::incrementAndGet);
        feeds.answered("ann");
        feeds.answered("ann");
        nanos.addAndGet(PresenceLog.PRESENT.toNanos());
        assertThat(feeds.has("ann")).isTrue();
        assertThat(feeds.signs()).containsExactly(Map.entry("ann", PresenceLog.PRESENT));
        nanos.incrementAndGet();
        assertThat(feeds.has("ann")).isFalse();
        assertThat(feeds.signs()).isEmpty();
        assertThat(told).as("who stays is told once").hasValue(1);
        feeds.answered("ann");

        assertThat(told).hasValue(2);
    }
}
