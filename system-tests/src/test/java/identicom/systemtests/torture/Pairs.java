package identicom.systemtests.torture;

import identicom.systemtests.torture.Fault.BadLine;
import identicom.systemtests.torture.Fault.FullDisk;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Which two of an installation's parts fail at once: each with each, the units' lines and the pictures' disk among them. */
final class Pairs {
    private static final int PRODUCTION = 3;

    private Pairs() {}

    /** All that there are with so many brokers of main. */
    static Set<Set<String>> of(int mainBrokers) {
        String pictures = new FullDisk(Part.MEDIA_SERVICE, Duration.ZERO).target();
        List<String> targets = Stream.concat(
                        Part.of(mainBrokers).stream().map(Part::title), Stream.of(BadLine.UNITS, pictures))
                .toList();
        return targets.stream()
                .flatMap(one ->
                        targets.stream().filter(other -> !other.equals(one)).map(other -> Set.of(one, other)))
                .collect(Collectors.toCollection(HashSet::new));
    }

    /** How many there are with main of three brokers, which has all. */
    static int possible() {
        return of(PRODUCTION).size();
    }

    /**
     * One schedule for each pair, with main of one broker where that has both: those that bring one for the first time, of the seeds from
     * {@code firstSeed} on.
     */
    static List<Schedule> each(long firstSeed) {
        List<Schedule> schedules = new ArrayList<>();
        Set<Set<String>> done = new HashSet<>();
        for (int brokers : List.of(1, PRODUCTION)) {
            Set<Set<String>> left = of(brokers);
            left.removeAll(done);
            for (long seed = firstSeed; !left.isEmpty(); seed++) {
                Schedule schedule = Schedule.of(seed, brokers);
                if (left.remove(schedule.targets())) {
                    schedules.add(schedule);
                    done.add(schedule.targets());
                }
            }
        }
        return schedules;
    }
}
