package identicom.systemtests.torture;

import identicom.simulator.unit.Seeds;
import identicom.systemtests.torture.Fault.AtPoint;
import identicom.systemtests.torture.Fault.BadLine;
import identicom.systemtests.torture.Fault.FullDisk;
import identicom.systemtests.torture.Fault.Harm;
import identicom.systemtests.torture.Fault.Kill;
import identicom.systemtests.torture.Fault.Stop;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;

/**
 * What is done to one installation in the traffic of one fleet, all of it drawn from one number.
 *
 * @param mainBrokers 1 or 3
 * @param afterDeleted so many events units have been told to delete before the first fault
 * @param faults one or two, of different parts
 * @param between from the first to the second
 */
record Schedule(long seed, int mainBrokers, int afterDeleted, List<Fault> faults, Duration between) {
    /** So many in a row are drawn for installations of the same size. */
    static final int IN_ONE_WORLD = 40;

    private static final int PRODUCTION = 3;
    private static final int LEAST_DELETED = 20;
    private static final int MOST_DELETED = 200;
    private static final int MOST_HITS = 3;

    Schedule {
        faults = List.copyOf(faults);
    }

    /** @param mainBrokers 0: as the seed has it, 1 for forty seeds and 3 for the next forty */
    static Schedule of(long seed, int mainBrokers) {
        int brokers = mainBrokers != 0 ? mainBrokers : (seed - 1) / IN_ONE_WORLD % 2 == 0 ? 1 : PRODUCTION;
        RandomGenerator random = Seeds.random(seed, "torture");
        List<Part> parts = Part.of(brokers);
        int afterDeleted = random.nextInt(LEAST_DELETED, MOST_DELETED);
        List<Fault> faults = new ArrayList<>();
        faults.add(random.nextInt(4) == 0 ? atPoint(random) : fault(parts, random));
        if (random.nextInt(3) == 0) {
            Fault second = fault(parts, random);
            while (second.target().equals(faults.getFirst().target())) {
                second = fault(parts, random);
            }
            faults.add(second);
        }
        return new Schedule(seed, brokers, afterDeleted, faults, ms(random, 0, 1_500));
    }

    private static Fault atPoint(RandomGenerator random) {
        List<Point> points = Point.all();
        Point point = points.get(random.nextInt(points.size()));
        boolean killed = random.nextInt(4) != 0;
        int hit = random.nextInt(1, MOST_HITS + 1);
        // fleet-service has something to tell three times in a schedule, and not always before the point is set
        return new AtPoint(point, point.part() == Part.FLEET_SERVICE ? 1 : hit, killed, ms(random, 0, 2_000));
    }

    private static Fault fault(List<Part> parts, RandomGenerator random) {
        Part part = parts.get(random.nextInt(parts.size()));
        return switch (random.nextInt(10)) {
            case 0, 1, 2 -> new Kill(part, ms(random, 0, 2_000));
            case 3, 4, 5 -> new Stop(part, lasting(random));
            case 6, 7, 8 -> badLine(parts, random);
            default -> fullDisk(parts, random);
        };
    }

    /** One in three of the units' own. */
    private static Fault badLine(List<Part> parts, RandomGenerator random) {
        List<Part> reached =
                parts.stream().filter(part -> part != Part.POSTGRES).toList();
        String line = random.nextInt(3) == 0
                ? BadLine.UNITS
                : reached.get(random.nextInt(reached.size())).title();
        Harm harm = Harm.values()[random.nextInt(Harm.values().length)];
        // units dial from many addresses of the loop, and only to one of its own
        boolean swallows = harm == Harm.GONE && line.equals(BadLine.UNITS);
        return new BadLine(line, swallows ? Harm.BLACK_HOLE : harm, ms(random, 20, 400), lasting(random));
    }

    private static Fault fullDisk(List<Part> parts, RandomGenerator random) {
        List<Part> holding = parts.stream()
                .filter(part -> part.kind() == Part.Kind.BROKER || part == Part.POSTGRES || part == Part.MEDIA_SERVICE)
                .toList();
        return new FullDisk(holding.get(random.nextInt(holding.size())), ms(random, 500, 4_000));
    }

    /** One in five for so long that a cluster counts as silent (5 s), and Kafka gives up a consumer (6 s). */
    private static Duration lasting(RandomGenerator random) {
        return random.nextInt(5) == 0 ? ms(random, 6_500, 9_000) : ms(random, 300, 4_000);
    }

    private static Duration ms(RandomGenerator random, int least, int most) {
        return Duration.ofMillis(random.nextInt(least, most));
    }

    boolean isPair() {
        return faults.size() > 1;
    }

    /** What fails in it. */
    Set<String> targets() {
        return faults.stream().map(Fault::target).collect(Collectors.toSet());
    }

    @Override
    public String toString() {
        return "seed %d, main of %d: after %d deleted events, ".formatted(seed, mainBrokers, afterDeleted)
                + faults.stream()
                        .map(Fault::toString)
                        .collect(Collectors.joining("; and " + between.toMillis() + " ms later "));
    }
}
