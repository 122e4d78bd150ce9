package identicom.alertservice.supervision.rule;

import static org.assertj.core.api.Assertions.assertThat;

import identicom.alertservice.supervision.rule.Process.Jump;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class StationsTest {

    private static final long SECOND = 1_000_000;
    private static final long NOW = 10_000 * SECOND;

    @Test
    void theWatermarkIsTheOldestOfTheNewestHeartbeats() {
        List<Heard> all = new ArrayList<>(heard("a", 2, 100, 1));
        all.addAll(heard("b", 2, 90, 1));
        assertThat(Watermark.of(all, 2, NOW)).isEqualTo(new Watermark(90L, List.of()));
    }

    @Test
    void withoutAStationThereIsNone() {
        assertThat(Watermark.of(List.of(), 2, NOW).us()).isNull();
    }

    @Test
    void aPartitionInWhichANewStationWasNotHeardCountsFromItsStart() {
        assertThat(Watermark.of(heard("a", 1, 100, 1), 2, NOW).us()).isEqualTo(50);
        assertThat(Watermark.of(heard("a", 1, 100, 61), 2, NOW).blind()).containsExactly("a");
    }

    @Test
    void aSilentStationHoldsItIsBlindAfterAMinuteAndLeftOutAfterThreeIfOthersAreHeard() {
        for (int silent : new int[] {5, 59, 61, 179, 181}) {
            List<Heard> all = new ArrayList<>(heard("a", 2, 100, 1));
            all.addAll(heard("b", 2, 90, silent));
            Watermark watermark = Watermark.of(all, 2, NOW);
            assertThat(watermark.us()).as("silent %s s", silent).isEqualTo(silent > 180 ? 100 : 90);
            assertThat(watermark.blind()).isEqualTo(silent > 60 ? List.of("b") : List.of());
        }
    }

    @Test
    void whenAllAreSilentItStands() {
        List<Heard> all = new ArrayList<>(heard("a", 2, 100, 500));
        all.addAll(heard("b", 2, 90, 600));
        assertThat(Watermark.of(all, 2, NOW)).isEqualTo(new Watermark(90L, List.of("a", "b")));
    }

    @Test
    void aPartitionInWhichNobodyIsHeardHoldsItThoughTheOthersGoOn() {
        List<Heard> all = new ArrayList<>(heard("a", 1, 100, 1));
        all.add(new Heard(new Beat("a", 50, 70, 0, false, 3), 1, 0, NOW - 500 * SECOND));
        assertThat(Watermark.of(all, 2, NOW)).isEqualTo(new Watermark(70L, List.of("a")));
    }

    @Test
    void aDrainedStationLeavesAfterTenSeconds() {
        for (int silent : new int[] {5, 11, 500}) {
            List<Heard> all = new ArrayList<>(heard("a", 2, 100, 1));
            for (int partition = 0; partition < 2; partition++) {
                Beat last = new Beat("b", 50, 90, 0, true, 0);
                all.add(new Heard(last, partition, 0, NOW - silent * SECOND));
            }
            assertThat(Watermark.of(all, 2, NOW)).isEqualTo(new Watermark(silent > 10 ? 100L : 90L, List.of()));
        }
    }

    @Test
    void aDrainingStationWithSessionsIsNotDrained() {
        List<Heard> all = new ArrayList<>(heard("a", 2, 100, 1));
        all.add(new Heard(new Beat("b", 50, 90, 0, true, 1), 0, 0, NOW - 20 * SECOND));
        all.add(new Heard(new Beat("b", 50, 90, 0, true, 1), 1, 0, NOW - 20 * SECOND));
        assertThat(Watermark.of(all, 2, NOW).us()).isEqualTo(90);
    }

    @Test
    void gapsAreWhatNoProcessCovers() {
        Process first = process("a", 0, 100);
        Process other = process("b", 50, 200);
        Process again = process("a", 300, 400);
        Process soon = process("b", 405, 500);
        Gap gap = new Gap(200 * SECOND, 300 * SECOND, false);
        assertThat(Coverage.gaps(List.of(soon, again, other, first), List.of(), 1000 * SECOND))
                .containsExactly(gap);
        assertThat(Coverage.gaps(List.of(again, other, first), List.of(), 250 * SECOND))
                .as("up to where all is known")
                .containsExactly(new Gap(200 * SECOND, 250 * SECOND, false));
        assertThat(Coverage.gaps(List.of(again, other, first), List.of(), 205 * SECOND))
                .isEmpty();
        assertThat(Coverage.gaps(List.of(), List.of(), 0)).isEmpty();
    }

    @Test
    void aGapIsWhenAllWereShutAtOnce() {
        List<Process> both = List.of(process("a", 0, 500), process("b", 0, 500));
        Shut a = new Shut("a", 100 * SECOND, 200 * SECOND);
        Shut b = new Shut("b", 150 * SECOND, 300 * SECOND);
        assertThat(Coverage.gaps(both, List.of(a), 500 * SECOND)).isEmpty();
        assertThat(Coverage.gaps(both, List.of(b, a), 500 * SECOND))
                .containsExactly(new Gap(150 * SECOND, 200 * SECOND, false));
        Shut still = new Shut("a", 400 * SECOND, 500 * SECOND);
        assertThat(Coverage.gaps(List.of(both.getFirst()), List.of(a, still), 498 * SECOND))
                .as("it goes on")
                .containsExactly(
                        new Gap(100 * SECOND, 200 * SECOND, false), new Gap(400 * SECOND, 498 * SECOND, false));
    }

    @Test
    void aClockThatMovesAgainstTheMonotonicOneJumped() {
        List<Beat> beats =
                List.of(beat(100, 10), beat(102, 12), beat(3702, 12), beat(3704, 14), beat(106, 16), beat(109, 18));
        Process.Followed followed = Process.follow(null, beats.subList(0, 2));
        assertThat(followed.jumps()).isEmpty();
        followed = Process.follow(followed.process(), beats);
        assertThat(followed.jumps())
                .containsExactly(
                        new Jump("a", 7, 14 * SECOND, 104 * SECOND, 3704 * SECOND),
                        new Jump("a", 7, 16 * SECOND, 3706 * SECOND, 106 * SECOND));
        assertThat(Process.follow(followed.process(), beats).jumps())
                .as("copies in other partitions")
                .isEmpty();
    }

    @Test
    void aStationThatSaysNoUptimeNeverJumps() {
        Process.Followed followed = Process.follow(null, List.of(beat(100, 0), beat(9000, 0)));
        assertThat(followed.jumps()).isEmpty();
        assertThat(followed.process().coveredUs()).isEqualTo(9000 * SECOND);
    }

    private static Beat beat(long at, long uptime) {
        return new Beat("a", 7, at * SECOND, uptime * SECOND, false, 0);
    }

    private static Process process(String station, long from, long to) {
        return new Process(station, from * SECOND, to * SECOND, 0, from * SECOND, to * SECOND);
    }

    private static List<Heard> heard(String station, int partitions, long at, int silentSeconds) {
        List<Heard> all = new ArrayList<>();
        for (int partition = 0; partition < partitions; partition++) {
            Beat beat = new Beat(station, 50, at, 0, false, 3);
            all.add(new Heard(beat, partition, NOW - silentSeconds * SECOND, NOW - silentSeconds * SECOND));
        }
        return all;
    }
}
