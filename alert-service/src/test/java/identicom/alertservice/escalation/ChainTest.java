package identicom.alertservice.escalation;

import static identicom.alertservice.SampleAlerts.RAISED;
import static identicom.alertservice.SampleAlerts.alert;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import identicom.alertservice.alert.Alert;
import identicom.alertservice.escalation.Policy.Level;
import identicom.alertservice.escalation.Policy.Target;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Each cell of the table in {@link Chain}. Levels at 0 s, 120 s and 300 s, raised at noon. */
class ChainTest {

    private static final List<Level> LEVELS =
            IntStream.of(0, 120, 300).mapToObj(ChainTest::level).toList();

    private static Level level(int after) {
        return new Level(after, List.of(new Target("mail", "duty@example.org", null, null)), null);
    }

    private static Instant at(int seconds) {
        return RAISED.plusSeconds(seconds);
    }

    private static Alert open() {
        return alert().alert();
    }

    private static Alert rang(int rings) {
        return alert("\"rings\": 1", "\"rings\": " + rings).alert();
    }

    private static Alert acknowledged() {
        return alert("\"state\": \"open\"", "\"state\": \"acknowledged\", \"acknowledgedBy\": \"ann\"")
                .alert();
    }

    private static Alert closed() {
        return alert("\"state\": \"open\"", "\"state\": \"closed\", \"outcome\": \"genuine\"")
                .alert();
    }

    private static Chain raised() {
        return Chain.of(open(), "night", LEVELS, at(0));
    }

    /** After this many levels had their turn, each when it was due. */
    private static Chain after(int turns) {
        Chain chain = raised();
        for (int i = 0; i < turns; i++) {
            chain = chain.told(true, chain.dueAt());
        }
        return chain;
    }

    private static void assertNext(Chain chain, int level, int dueAfter) {
        assertThat(chain.next()).as("level").isEqualTo(level);
        assertThat(chain.dueAt()).as("due").isEqualTo(at(dueAfter));
    }

    @Test
    void levelsCountFromTheRaisingAndTheLastOneRepeatsEveryFiveMinutes() {
        assertNext(after(0), 1, 0);
        assertNext(after(1), 2, 120);
        assertNext(after(2), 3, 300);
        assertNext(after(3), 3, 600);
        assertNext(after(4), 3, 900);
    }

    @Test
    void firstLevelMayHaveADelayOfItsOwn() {
        Chain chain = Chain.of(open(), "slow", List.of(level(60)), at(5));

        assertNext(chain, 1, 60);
    }

    @Test
    void serviceThatWasDownDoesAllTheLevelsThatAreDueInOrder() {
        Instant late = at(1000);
        List<Integer> told = new ArrayList<>();
        Chain chain = raised();
        while (!chain.dueAt().isAfter(late)) {
            told.add(chain.next());
            chain = chain.told(true, late);
        }

        assertThat(told).containsExactly(1, 2, 3);
        assertNext(chain, 3, 1300);
    }

    @Test
    void levelThatCanTellNobodyFallsThroughAtOnceAndAfterTheLastOneAllOfThemAgain() {
        Chain chain = raised().told(false, at(1));
        assertNext(chain, 2, 1);
        chain = chain.told(false, at(1));
        assertNext(chain, 3, 1);
        chain = chain.told(false, at(1));
        assertNext(chain, 1, 301);
    }

    /** The last level can tell nobody. Seconds at which each of the others is told, until then. */
    private static List<String> toldWhileTheLastIsClosed(Chain from, int until) {
        List<String> told = new ArrayList<>();
        Chain chain = from;
        while (!chain.dueAt().isAfter(at(until))) {
            boolean last = chain.next() == chain.levels().size();
            told.addAll(last ? List.of() : List.of(chain.next() + " at " + seconds(chain.dueAt())));
            chain = chain.told(!last, chain.dueAt());
        }
        return told;
    }

    private static long seconds(Instant time) {
        return Duration.between(RAISED, time).toSeconds();
    }

    @Test
    void whileTheLastLevelCanTellNobodyTheOthersAreToldOnceInFiveMinutes() {
        Chain night = Chain.of(open(), "night", List.of(level(0), level(120)), at(0));
        assertThat(toldWhileTheLastIsClosed(night, 1200))
                .containsExactly("1 at 0", "1 at 300", "1 at 600", "1 at 900", "1 at 1200");

        assertThat(toldWhileTheLastIsClosed(raised(), 1000))
                .containsExactly("1 at 0", "2 at 120", "1 at 300", "2 at 420", "1 at 600", "2 at 720", "1 at 900");
    }

    @Test
    void firstLevelsDelayAndLongDelaysChangeNothingAboutTheFiveMinutes() {
        Chain slow = Chain.of(open(), "slow", List.of(level(400), level(2000)), at(0));

        assertThat(toldWhileTheLastIsClosed(slow, 3000))
                .containsExactly("1 at 400", "1 at 2000", "1 at 2300", "1 at 2600", "1 at 2900");
    }

    @Test
    void lastLevelThatCanTellSomebodyAgainRepeatsAgain() {
        Chain chain = after(2).told(false, at(300)).told(true, at(300)).told(true, at(420));
        assertNext(chain, 3, 600);

        assertNext(chain.told(true, at(600)), 3, 900);
    }

    @Test
    void lastLevelThatClosesDuringItsRepetitionsCallsTheFirstAtOnce() {
        Chain chain = after(5).told(false, at(1200));
        assertNext(chain, 1, 1200);

        assertNext(chain.told(true, at(1200)), 2, 1320);
    }

    @Test
    void serviceThatWasDownTellsTheFirstLevelOnceThoughTheLastCanTellNobody() {
        assertNext(raised().told(true, at(1000)).told(true, at(1000)).told(false, at(1000)), 1, 1300);
    }

    @Test
    void reopenedToALastLevelThatCanTellNobodyItIsToldFromTheFirstAtOnce() {
        Chain reopened = after(2).follow(acknowledged(), at(130)).follow(rang(2), at(200));
        assertNext(reopened, 3, 200);

        Chain fallen = reopened.told(false, at(200));
        assertNext(fallen, 1, 200);
        assertNext(fallen.told(false, at(200)).told(false, at(200)).told(false, at(200)), 1, 500);
    }

    @Test
    void newEmergencyWhileItWaitsToBeginAgainBeginsAtOnceAndStillTriesTheLastLevel() {
        Chain waiting = after(2).told(false, at(300))
                .told(true, at(300))
                .told(true, at(420))
                .told(false, at(600));
        assertNext(waiting, 1, 600);
        Chain later = waiting.told(true, at(600)).told(true, at(720)).told(false, at(720));
        assertNext(later, 1, 900);

        Chain anew = later.follow(rang(2), at(800));
        assertNext(anew, 1, 800);
        assertNext(anew.told(true, at(800)).told(true, at(900)), 3, 900);
    }

    @Test
    void levelAfterOneThatFellThroughIsDueWhenItWouldHaveBeen() {
        assertNext(raised().told(false, at(1)).told(true, at(1)), 3, 300);
    }

    @Test
    void acknowledgingAndClosingStopWherever() {
        for (int turns = 0; turns < 5; turns++) {
            assertThat(after(turns).follow(acknowledged(), at(10)).stopped()).isTrue();
            assertThat(after(turns).follow(closed(), at(10)).stopped()).isTrue();
        }
        assertThat(Chain.of(acknowledged(), "night", LEVELS, at(0)).stopped()).isTrue();
    }

    @Test
    void whatIsStoppedStaysStoppedAndNothingElseChanges() {
        Chain stopped = after(1).follow(acknowledged(), at(10));

        assertThat(stopped.follow(acknowledged(), at(20))).isEqualTo(stopped);
        assertThat(stopped.follow(closed(), at(20))).isEqualTo(stopped);
    }

    @Test
    void changeThatDoesNotConcernItLeavesItAsItIs() {
        assertThat(after(2).follow(open(), at(200))).isEqualTo(after(2));
    }

    @Test
    void reopenedGoesOnAtOnceWithTheNextLevelAndKeepsTheDistancesAfterIt() {
        Chain reopened = after(1).follow(acknowledged(), at(10)).follow(rang(2), at(1000));
        assertNext(reopened, 2, 1000);
        assertNext(reopened.told(true, at(1000)), 3, 1180);
    }

    @Test
    void reopenedAfterTheLastLevelTellsTheLastOneAtOnce() {
        Chain reopened = after(4).follow(acknowledged(), at(700)).follow(rang(2), at(1000));

        assertNext(reopened, 3, 1000);
        assertNext(reopened.told(true, at(1000)), 3, 1300);
    }

    @Test
    void reopenedBeforeAnybodyWasToldBeginsWithTheFirst() {
        assertNext(raised().follow(acknowledged(), at(0)).follow(rang(2), at(30)), 1, 30);
    }

    @Test
    void newEmergencyBeginsAnewAndDelaysNoLevelThatWasNotToldYet() {
        Chain anew = after(2).follow(rang(2), at(250));
        assertNext(anew, 1, 250);
        anew = anew.told(true, at(250));
        assertNext(anew, 2, 300);
        anew = anew.told(true, at(300));
        assertNext(anew, 3, 300);
        assertNext(anew.told(true, at(300)), 3, 600);
    }

    @Test
    void newEmergencyDuringTheRepetitionsBeginsAnewAndKeepsTheNextRepetition() {
        Chain anew = after(3).follow(rang(2), at(400));
        assertNext(anew, 1, 400);
        anew = anew.told(true, at(400));
        assertNext(anew, 2, 520);
        anew = anew.told(true, at(520));
        assertNext(anew, 3, 600);
        assertNext(anew.told(true, at(600)), 3, 900);
    }

    @Test
    void newEmergencyJustAfterTheTellingDoesNotTellTheSameAgainUnlessItIsGraver() {
        assertNext(after(1).follow(rang(2), at(10)), 2, 120);

        Alert lanyard = alert("\"kind\": \"man-down\"", "\"kind\": \"lanyard-pin-removed\"")
                .alert();
        Chain ofLanyard = Chain.of(lanyard, "night", LEVELS, at(0)).told(true, at(0));
        assertNext(ofLanyard.follow(rang(2), at(10)), 1, 10);
    }

    @Test
    void manyRingsDoNotKeepTheNextLevelFromItsTurn() {
        Chain chain = after(1);
        for (int ring = 2; ring < 12; ring++) {
            Instant now = at(ring * 10);
            chain = chain.follow(rang(ring), now);
            while (!chain.dueAt().isAfter(now)) {
                chain = chain.told(true, now);
            }
        }

        assertNext(chain, 2, 120);
    }

    @Test
    void testThatBecomesLiveIsToldFromTheFirstLevelAsIfRaisedNow() {
        Alert test = alert("\"test\": false", "\"test\": true, \"testUntil\": \"2026-06-01T13:00:00Z\"")
                .alert();
        Chain chain = Chain.of(test, "night", LEVELS, at(0)).told(false, at(0)).told(false, at(0));
        Chain live = chain.follow(open(), at(50));

        assertNext(live, 1, 50);
        assertNext(live.told(true, at(50)), 2, 170);
    }

    @Test
    void testThatBecameLiveWhileSomebodyHadItIsToldFromTheFirstLevelWhenReopened() {
        Alert test = alert("\"test\": false", "\"test\": true, \"testUntil\": \"2026-06-01T13:00:00Z\"")
                .alert();
        Chain chain = Chain.of(test, "night", LEVELS, at(0)).told(false, at(0));
        Chain reopened = chain.follow(acknowledged(), at(20)).follow(rang(2), at(60));

        assertNext(reopened, 1, 60);
    }

    @Test
    void roundOfWhichEverythingFailedCallsTheNextLevelAtOnce() {
        Chain first = after(1);

        assertNext(first.failed(first.round(), at(40)), 2, 40);
        assertThat(first.failed(first.round() - 1, at(40)))
                .as("an earlier round")
                .isEqualTo(first);
        Chain stopped = first.follow(acknowledged(), at(10));
        assertThat(stopped.failed(first.round(), at(40))).as("stopped").isEqualTo(stopped);
        assertThat(first.failed(first.round(), at(130))).as("due anyway").isEqualTo(first);
    }

    @Test
    void lastLevelOfWhichEverythingFailedCallsTheFirstOnceInFiveMinutes() {
        Chain waiting = after(3).failed(3, at(310));
        assertNext(waiting, 1, 310);
        assertThat(waiting.failed(3, at(311))).as("once").isEqualTo(waiting);

        Chain again = waiting.told(true, at(310)).told(true, at(430)).told(true, at(610));
        assertNext(again.failed(again.round(), at(611)), 1, 611);
        Chain quick = Chain.of(open(), "quick", List.of(level(0), level(10)), at(0));
        quick = quick.told(true, at(0)).told(true, at(10));
        assertNext(quick.failed(2, at(11)), 1, 300);
        Chain single = Chain.of(open(), "single", List.of(level(0)), at(0)).told(true, at(0));
        assertThat(single.failed(1, at(1))).as("the only one repeats").isEqualTo(single);
    }

    @Test
    void levelThatThePolicyDoesNotHaveIsRefused() {
        assertThatThrownBy(() ->
                        new Chain(open().id(), "n", LEVELS, 4, null, at(0), null, null, 0, 0, 1, "man-down", false))
                .hasMessageContaining("expected: 1..3");
    }
}
