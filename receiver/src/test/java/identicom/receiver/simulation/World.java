package identicom.receiver.simulation;

import identicom.schema.Cluster;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One schedule: stations, clusters, a fleet and units, first with everything that can go wrong, then calm until each unit is empty
 * and every session over.
 */
final class World {
    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);
    private static final long LONGEST_CALM = TimeUnit.MINUTES.toNanos(10);
    private static final long LAST_TIMERS = 6 * SECOND;
    private static final int MOST_LIVES = 60;

    final Dice dice;
    final Scheduler time;
    final Trace trace;
    final Plant plant;
    final Journal journal = new Journal(this);
    final Fleet fleet = new Fleet(this);
    final Orders orders = new Orders(this);
    final SimulatedCluster main = new SimulatedCluster(this, Cluster.MAIN);
    private final SimulatedCluster priority = new SimulatedCluster(this, Cluster.PRIORITY);
    private final long seed;
    private final List<SimulatedStation> stations = new ArrayList<>();
    private final List<UnitModel> units = new ArrayList<>();
    private final Map<Reached, Integer> reached = new EnumMap<>(Reached.class);
    private int lives;
    private boolean stalled;
    private boolean clocksWereSet;
    private long calmSince = Long.MAX_VALUE;
    private boolean over;
    private @Nullable String violation;

    World(long seed, Plant plant, boolean inWords) {
        this.seed = seed;
        this.plant = plant;
        this.dice = new Dice(seed);
        this.time = new Scheduler(dice);
        this.trace = new Trace(time, inWords);
    }

    Outcome run() {
        populate();
        long chaos = dice.millis(10_000, 90_000);
        Chaos disturbances = new Chaos(this);
        for (int i = dice.below(14); i > 0; i--) {
            time.after(dice.millis(0, chaos / 1_000_000), disturbances::strike);
        }
        time.after(chaos, this::calmDown);
        try {
            while (violation == null && !over && time.step()) {}
        } catch (RuntimeException thrown) {
            violated(thrown + " at " + thrown.getStackTrace()[0]);
        }
        return new Outcome(seed, trace.hash(), violation, trace.lastSteps(), reached);
    }

    private void populate() {
        for (int i = dice.oneIn(3) ? 2 : 1; i > 0; i--) {
            start("S" + i);
        }
        for (int i = dice.between(1, 3); i > 0; i--) {
            boolean stranger = dice.oneIn(8);
            boolean twin = !units.isEmpty() && !units.getFirst().stranger() && !stranger && dice.oneIn(10);
            UnitModel unit =
                    new UnitModel(this, "U" + i, twin ? units.getFirst().serial() : "UNIT-" + i, stranger);
            units.add(unit);
            for (int e = dice.oneIn(15) ? dice.below(150) : dice.between(1, 15); e > 0; e--) {
                unit.logSomething();
            }
            for (int p = dice.below(3); p > 0 && !stranger; p--) {
                unit.takePicture();
            }
            if (!stranger) {
                fleet.put(unit.serial(), true);
            }
            for (int c = dice.oneIn(3) ? dice.between(1, 4) : 0; c > 0 && !stranger; c--) {
                orders.ask(unit.serial());
            }
            unit.dialWithin(0, 5_000);
        }
    }

    private void start(String name) {
        stations.add(new SimulatedStation(this, name, lives++));
    }

    void died(SimulatedStation station) {
        count(Reached.STATION_DIED);
        stations.remove(station);
        time.after(dice.millis(500, 10_000), () -> start(station.name()));
    }

    boolean mayDie() {
        return lives < MOST_LIVES;
    }

    private void calmDown() {
        calmSince = time.nanos();
        trace.note("world", "calm", 0);
        feel(main, SimulatedCluster.Mood.WELL);
        feel(priority, SimulatedCluster.Mood.WELL);
        fleet.setAway(false);
        fleet.commissionAll();
        units.forEach(unit -> unit.dialWithin(1_000, 5_000));
        time.after(SECOND, this::lookWhetherAllIsDone);
    }

    private void lookWhetherAllIsDone() {
        if (quiet()) {
            time.after(LAST_TIMERS, this::finish);
        } else if (calmFor() > LONGEST_CALM) {
            violated("not done after 10 calm minutes: " + whoIsNot());
        } else {
            time.after(SECOND, this::lookWhetherAllIsDone);
        }
    }

    private boolean quiet() {
        return units.stream().allMatch(UnitModel::content) && stations.stream().allMatch(SimulatedStation::idle);
    }

    private String whoIsNot() {
        List<String> names = new ArrayList<>();
        units.stream().filter(unit -> !unit.content()).forEach(unit -> names.add(unit.name()));
        stations.stream().filter(station -> !station.idle()).forEach(station -> names.add(station.name()));
        return String.join(", ", names);
    }

    private void finish() {
        if (!quiet()) {
            lookWhetherAllIsDone(); // a unit dialled in once more
            return;
        }
        over = true;
        stations.forEach(SimulatedStation::checkEnd);
        long steady = stations.stream().mapToLong(SimulatedStation::bit).reduce(0, (a, b) -> a | b);
        journal.checkEnd(steady, priority.alwaysWell() && !stalled);
    }

    boolean calm() {
        return calmFor() >= 0;
    }

    /** Nanoseconds; below 0 before. */
    long calmFor() {
        return calmSince == Long.MAX_VALUE ? -1 : time.nanos() - calmSince;
    }

    long wallSeconds() {
        return 1_700_000_000L + time.nanos() / SECOND;
    }

    SimulatedCluster cluster(Cluster which) {
        return which == Cluster.MAIN ? main : priority;
    }

    void feel(SimulatedCluster cluster, SimulatedCluster.Mood mood) {
        lookAtClusters();
        cluster.feel(mood);
        lookAtClusters();
    }

    /** Any of them may die of it. */
    private void lookAtClusters() {
        List.copyOf(stations).forEach(SimulatedStation::tick);
    }

    List<SimulatedStation> stations() {
        return stations;
    }

    List<UnitModel> units() {
        return units;
    }

    /** One that takes calls; null: there is none now. */
    @Nullable SimulatedStation anyStation() {
        List<SimulatedStation> serving =
                stations.stream().filter(SimulatedStation::accepts).toList();
        return serving.isEmpty() ? null : dice.of(serving);
    }

    /** An outlet was held up: priority may have missed something. */
    void stalled() {
        stalled = true;
    }

    boolean isStalled() {
        return stalled;
    }

    /** A station's clock jumped. */
    void clocksAreSet() {
        clocksWereSet = true;
    }

    boolean clocksWereSet() {
        return clocksWereSet;
    }

    void count(Reached what) {
        reached.merge(what, 1, Integer::sum);
    }

    void require(boolean holds, Supplier<String> otherwise) {
        if (!holds) {
            violated(otherwise.get());
        }
    }

    void violated(String what) {
        if (violation == null) {
            violation = "%.6f s: %s".formatted(time.elapsed() / 1e9, what);
        }
    }
}
