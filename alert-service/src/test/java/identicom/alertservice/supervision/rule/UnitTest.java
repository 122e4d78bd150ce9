package identicom.alertservice.supervision.rule;

import static org.assertj.core.api.Assertions.assertThat;

import identicom.alertservice.supervision.rule.Power.Phase;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class UnitTest {

    private static final long MINUTE = 60_000_000;
    private static final long SPAN = 35 * MINUTE;

    private final Unit unknown = Unit.unknown("A1");

    @Test
    void supervisionBeginsAtFirstContact() {
        assertThat(unknown.planned(plan(30, true, 1), 5L).watch().dueUs()).isNull();
        Unit seen = unknown.planned(plan(30, true, 1), 5L).opened("s1", 100, "");
        assertThat(seen.watch().dueUs()).isEqualTo(100 + SPAN);
    }

    @Test
    void anyFrameCountsAndTheLaterWins() {
        Unit unit = unknown.opened("s1", 100, "").touched("s1", 300, false).touched("s1", 200, true);
        assertThat(unit.watch().heardUs()).isEqualTo(300);
        assertThat(unit.watch().dueUs()).isEqualTo(300 + SPAN);
    }

    @Test
    void theNetworkIsThatOfTheLastOpening() {
        assertThat(unknown.opened("s1", 1, "north").opened("s2", 2, "south").network())
                .isEqualTo("south");
    }

    static Stream<Arguments> changes() {
        return Stream.of(
                // interval before, heard at, watermark, interval after, due (all minutes)
                Arguments.of(30, 0, 10L, 60, 75L), // now + 60 + 5
                Arguments.of(60, 0, 10L, 30, 65L), // the old deadline is later
                Arguments.of(60, 0, 40L, 30, 75L), // now + 30 + 5
                Arguments.of(30, 0, null, 60, 65L), // no station heard yet: from when it was heard
                Arguments.of(30, 0, 10L, 30, 35L)); // nothing that matters has changed
    }

    @ParameterizedTest
    @MethodSource("changes")
    void aChangedIntervalGivesTheLaterOfTheOldDeadlineAndNowAndTheNewSpan(
            int before, long heard, @Nullable Long watermark, int after, long due) {
        Unit unit = unknown.planned(plan(before, true, 1), null).opened("s1", heard * MINUTE, "");
        Unit changed = unit.planned(plan(after, true, 2), watermark == null ? null : Long.valueOf(watermark * MINUTE));
        assertThat(changed.watch().dueUs()).isEqualTo(due * MINUTE);
    }

    @Test
    void anOlderRecordOfTheUnitChangesNothing() {
        Unit unit = unknown.planned(plan(30, true, 5), null);
        assertThat(unit.planned(plan(60, true, 4), null)).isSameAs(unit);
    }

    @Test
    void aDecommissionedUnitHasNoDeadlineAndACommissionedOneAgainHasOneFromNowOn() {
        Unit unit = unknown.planned(plan(30, true, 1), null).opened("s1", 0, "");
        Unit gone = unit.planned(plan(30, false, 2), 10 * MINUTE);
        assertThat(gone.watch().dueUs()).isNull();
        assertThat(gone.opened("s2", 11 * MINUTE, "").watch().dueUs()).isNull();
        assertThat(gone.planned(plan(30, true, 3), 100 * MINUTE).watch().dueUs())
                .isEqualTo(100 * MINUTE + SPAN);
        Unit withdrawn = unit.withdrawn();
        assertThat(withdrawn.watch().dueUs()).isNull();
        assertThat(withdrawn.planned(plan(30, true, 2), 7 * MINUTE).watch().dueUs())
                .isEqualTo(7 * MINUTE + SPAN);
    }

    @Test
    void newsInAnyOrderOfTheTopicsSwitchesOff() {
        UnaryOperator<Unit> opened = unit -> unit.opened("s1", 10, "");
        UnaryOperator<Unit> closed = unit -> unit.touched("s1", 12, true);
        UnaryOperator<Unit> off = unit -> unit.logged(entry(1, 7, 0x23, "s1", 11));
        for (List<UnaryOperator<Unit>> order :
                List.of(List.of(opened, closed, off), List.of(opened, off, closed), List.of(off, opened, closed))) {
            Unit unit = unknown;
            for (UnaryOperator<Unit> news : order) {
                unit = news.apply(unit);
            }
            assertThat(unit.power().phase()).isEqualTo(Phase.OFF);
            assertThat(unit.watch().dueUs()).isNull();
        }
    }

    @Test
    void itHoldsFromTheEndOfItsSessionOnly() {
        Unit unit = unknown.opened("s1", 10, "").logged(entry(1, 7, 0x23, "s1", 11));
        assertThat(unit.power().phase()).isEqualTo(Phase.PENDING);
        assertThat(unit.watch().dueUs()).isNotNull();
    }

    @Test
    void aLaterSessionSwitchesOnWhateverIsReadLate() {
        Unit off = switchedOff();
        Unit on = off.opened("s2", 50, "");
        assertThat(on.power().phase()).isEqualTo(Phase.ON);
        assertThat(on.watch().dueUs()).isEqualTo(50 + SPAN);
        // read again in the later session, and an entry of the earlier one that comes only now
        assertThat(on.logged(entry(1, 7, 0x23, "s2", 51)).power().phase()).isEqualTo(Phase.ON);
        Unit late = unknown.opened("s1", 10, "").touched("s1", 12, true).opened("s2", 50, "");
        assertThat(late.logged(entry(1, 7, 0x23, "s1", 11)).power().phase()).isEqualTo(Phase.ON);
    }

    @Test
    void aLaterSessionOfWhichOnlyItsProgressIsToldSwitchesOn() {
        Unit on = switchedOff().touched("s2", 50, false);
        assertThat(on.power().phase()).isEqualTo(Phase.ON);
        assertThat(on.watch().dueUs()).isEqualTo(50 + SPAN);
    }

    @Test
    void whatIsSaidOfItsOwnOrAnOlderSessionLeavesItOff() {
        Unit off = switchedOff();
        assertThat(off.touched("s1", 12, true)).isEqualTo(off);
        assertThat(off.opened("s0", 5, "")).isEqualTo(off);
        assertThat(off.touched("s1", 13, true).watch().dueUs()).isNull();
    }

    static Stream<Arguments> entries() {
        return Stream.of(
                Arguments.of(1, 8, 0x22, Phase.ON), // switched on
                Arguments.of(1, 8, 0x20, Phase.ON), // anything logged later
                Arguments.of(2, 1, 0x20, Phase.ON), // a newer log
                Arguments.of(1, 6, 0x22, Phase.OFF), // logged before
                Arguments.of(1, 8, 0x30, Phase.OFF), // it stands on its charger
                Arguments.of(1, 8, 0x31, Phase.OFF));
    }

    @ParameterizedTest
    @MethodSource("entries")
    void anEntryLoggedLaterSwitchesOn(int log, long sequence, int code, Phase phase) {
        Unit unit = switchedOff().logged(entry(log, sequence, code, "s1", 11));
        assertThat(unit.power().phase()).isEqualTo(phase);
    }

    @Test
    void anEntryReadBeforeAnOlderOneIsNotUndoneByIt() {
        Unit unit = unknown.opened("s1", 10, "")
                .touched("s1", 12, true)
                .logged(entry(1, 8, 0x22, "s1", 11))
                .logged(entry(1, 7, 0x23, "s1", 11));
        assertThat(unit.power().phase()).isEqualTo(Phase.ON);
    }

    @Test
    void aLogFirstSeenLaterIsTheNewerAndOldOnesAreRememberedBoundedly() {
        Unit unit = unknown;
        for (int log = 0; log < 40; log++) {
            unit = unit.logged(entry(log, 5, 0x20, "s", 1));
        }
        assertThat(unit.journal().logId()).isEqualTo(39);
        assertThat(unit.journal().olderLogs()).hasSize(Journal.REMEMBERED).endsWith(37, 38);
        assertThat(unit.logged(entry(38, 99, 0x23, "s", 1)).power()).isEqualTo(unit.power());
        assertThat(unit.logged(entry(38, 99, 0x23, "s", 1)).journal()).isEqualTo(unit.journal());
    }

    @Test
    void distressFollowsTheLog() {
        List<Distress> seen = new ArrayList<>();
        Unit unit = unknown;
        long sequence = 0;
        for (int code : new int[] {0x24, 0x25, 0x24, 0x26, 0x25, 0x3c, 0x3a, 0x20, 0x22}) {
            unit = unit.logged(entry(1, ++sequence, code, "s", 1));
            seen.add(unit.distress());
        }
        assertThat(seen)
                .containsExactly(
                        Distress.AMBER,
                        Distress.NONE,
                        Distress.AMBER,
                        Distress.RED,
                        Distress.RED,
                        Distress.NONE,
                        Distress.RED,
                        Distress.RED,
                        Distress.NONE);
    }

    @Test
    void distressReadAfterALaterEntryOfAnotherTopicCounts() {
        Unit unit = unknown.logged(entry(1, 6, 0x20, "s", 1));
        Unit amber = unit.logged(entry(1, 5, 0x24, "s", 1));
        assertThat(amber.distress()).isEqualTo(Distress.AMBER);
        assertThat(amber.journal()).isEqualTo(unit.journal());
        assertThat(amber.logged(entry(1, 4, 0x25, "s", 1)).distress()).isEqualTo(Distress.AMBER);
        assertThat(amber.logged(entry(1, 7, 0x25, "s", 1)).distress()).isEqualTo(Distress.NONE);
        Unit calm = unknown.logged(entry(1, 9, 0x22, "s", 1));
        assertThat(calm.logged(entry(1, 5, 0x24, "s", 1)).distress())
                .as("switched on since")
                .isEqualTo(Distress.NONE);
    }

    @Test
    void distressOfAnOlderLogCountsUntilANewerOneSaysSomethingOfIt() {
        Unit unit = unknown.logged(entry(1, 1, 0x20, "s", 1)).logged(entry(2, 1, 0x20, "s", 1));
        Unit amber = unit.logged(entry(1, 5, 0x24, "s", 1));
        assertThat(amber.distress()).isEqualTo(Distress.AMBER);
        Unit calm = unit.logged(entry(2, 2, 0x25, "s", 1));
        assertThat(calm.logged(entry(1, 5, 0x24, "s", 1)).distress()).isEqualTo(Distress.NONE);
    }

    @Test
    void heardAgainAMissingUnitIsInTimeAgain() {
        Unit missing = unknown.opened("s1", 0, "").missingAlone();
        assertThat(missing.overdue()).isTrue();
        assertThat(missing.watch().dueUs()).isNull();
        Unit again = missing.opened("s2", 40 * MINUTE, "");
        assertThat(again.watch()).isEqualTo(new Watch(40 * MINUTE, 40 * MINUTE + SPAN, null, false, null));
    }

    @Test
    void aSessionThatNobodyToldTheEndOfIsOverByTheDeadline() {
        Unit pending = unknown.opened("s1", 10, "").logged(entry(1, 7, 0x23, "s1", 11));
        assertThat(Verdict.of(pending, List.of())).isEqualTo(new Verdict.Excused(pending.offByNow()));
        assertThat(pending.offByNow().power().phase()).isEqualTo(Phase.OFF);
    }

    static Stream<Arguments> gaps() {
        return Stream.of(
                // heard at 0, calls at 30, due at 35; gap from, to, jump; due afterwards (minutes; 35: missing)
                Arguments.of(20, 25, false, 35), // over before it would have called
                Arguments.of(28, 33, false, 68), // it called in it
                Arguments.of(34, 50, false, 85),
                Arguments.of(36, 50, false, 35), // its deadline was before
                Arguments.of(10, 20, true, 55), // a clock put on: less time has passed than it seems
                Arguments.of(10, 70, true, 105),
                Arguments.of(36, 70, true, 35));
    }

    @ParameterizedTest
    @MethodSource("gaps")
    void aGapExcusesWhoMayHaveCalledInIt(long from, long to, boolean jump, long due) {
        Unit unit = unknown.opened("s1", 0, "");
        Gap gap = new Gap(from * MINUTE, to * MINUTE, jump);
        Unit after = unit(Verdict.of(unit, List.of(gap)));
        assertThat(after.watch().dueUs()).isEqualTo(due * MINUTE);
        assertThat(Verdict.of(after, List.of(gap))).isEqualTo(new Verdict.Missing(after));
    }

    private static Unit unit(Verdict verdict) {
        return switch (verdict) {
            case Verdict.Missing missing -> missing.unit();
            case Verdict.Excused excused -> excused.unit();
        };
    }

    private Unit switchedOff() {
        return unknown.opened("s1", 10, "").logged(entry(1, 7, 0x23, "s1", 11)).touched("s1", 12, true);
    }

    private static LogEntry entry(int log, long sequence, int code, String session, long accepted) {
        return new LogEntry(log, sequence, code, session, accepted);
    }

    private static Plan plan(int minutes, boolean commissioned, long version) {
        return new Plan("Leeds", minutes * 60, 300, commissioned, version);
    }
}
