package identicom.systemtests.torture;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class ScheduleTest {
    private static final int MANY = 2_000;

    private static List<Schedule> many(int mainBrokers) {
        return LongStream.rangeClosed(1, MANY)
                .mapToObj(seed -> Schedule.of(seed, mainBrokers))
                .toList();
    }

    @Test
    void aSeedIsAlwaysTheSameSchedule() {
        assertThat(many(0)).isEqualTo(many(0)).doesNotHaveDuplicates();
    }

    @Test
    void aboutOneInThreeIsAPairAndOneInFourANamedPoint() {
        List<Schedule> schedules = many(1);
        long points = schedules.stream()
                .filter(schedule -> schedule.faults().getFirst().kind() == Fault.Kind.POINT)
                .count();
        assertThat(schedules.stream().filter(Schedule::isPair).count()).isBetween(MANY / 4L, MANY * 2L / 5);
        assertThat(points).isBetween(MANY / 5L, MANY * 3L / 10);
    }

    @Test
    void everyKindPartLineAndPointComes() {
        List<Fault> faults =
                many(3).stream().flatMap(schedule -> schedule.faults().stream()).toList();
        assertThat(faults.stream().map(Fault::kind).collect(Collectors.toSet()))
                .containsExactlyInAnyOrder(Fault.Kind.values());
        assertThat(faults.stream().map(Fault::target).collect(Collectors.toSet()))
                .containsAll(Arrays.stream(Part.values()).map(Part::title).toList())
                .contains("units", "pictures");
        assertThat(faults.stream()
                        .filter(Fault.AtPoint.class::isInstance)
                        .map(fault -> ((Fault.AtPoint) fault).point())
                        .collect(Collectors.toSet()))
                .containsExactlyInAnyOrderElementsOf(Point.all());
        assertThat(faults.stream()
                        .filter(Fault.BadLine.class::isInstance)
                        .map(fault -> ((Fault.BadLine) fault).harm())
                        .collect(Collectors.toSet()))
                .containsExactlyInAnyOrder(Fault.Harm.values());
    }

    @Test
    void noFaultMeetsAPartThatTheInstallationHasNot() {
        assertThat(many(1).stream()
                        .flatMap(schedule -> schedule.faults().stream())
                        .map(Fault::target))
                .doesNotContain(Part.MAIN_2.title(), Part.MAIN_3.title());
    }

    @Test
    void eachPairOfPartsHasItsScheduleAndNoneHasTwo() {
        List<Schedule> schedules = Pairs.each(1);

        assertThat(Pairs.possible()).isEqualTo(13 * 12 / 2);
        assertThat(schedules.stream().map(Schedule::targets)).doesNotHaveDuplicates();
        assertThat(schedules.stream().map(Schedule::targets).collect(Collectors.toSet()))
                .isEqualTo(Pairs.of(3));
        assertThat(schedules)
                .allMatch(schedule -> Pairs.of(schedule.mainBrokers()).contains(schedule.targets()));
    }

    @Test
    void theTwoOfAPairMeetDifferentParts() {
        assertThat(many(3).stream().filter(Schedule::isPair))
                .noneMatch(pair -> pair.faults()
                        .get(0)
                        .target()
                        .equals(pair.faults().get(1).target()));
    }
}
