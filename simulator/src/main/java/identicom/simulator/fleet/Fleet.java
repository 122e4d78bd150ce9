package identicom.simulator.fleet;

import identicom.simulator.line.DialingUnit;
import identicom.simulator.line.LineQuality;
import identicom.simulator.line.Transport;
import identicom.simulator.picture.DrawnPicture;
import identicom.simulator.unit.Journal;
import identicom.simulator.unit.Seeds;
import identicom.simulator.unit.SimulatedUnit;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;

/**
 * Many units of one scenario in this process, on a few threads.
 *
 * <p>Thread safe.
 */
public final class Fleet implements AutoCloseable {
    private static final String SOFTWARE_VERSION = "4.2.1";
    private static final Duration WIND_DOWN = Duration.ofSeconds(30);

    private final Scenario scenario;
    private final InstantSource clock;
    private final Transport transport;
    private final Tally tally = new Tally();
    private final List<DialingUnit> units = new ArrayList<>();
    private final Set<DialingUnit> dialled = ConcurrentHashMap.newKeySet();
    private final long startedNanos = System.nanoTime();
    private final CountDownLatch closed = new CountDownLatch(1);
    private final ReadWriteLock quietLock = new ReentrantReadWriteLock();
    private boolean quiet;

    private Fleet(Scenario scenario, InstantSource clock) {
        this.scenario = scenario;
        this.clock = clock;
        FleetOptions options = scenario.options();
        this.transport = new Transport(options.target(), scenario.threads());
        LineQuality line = new LineQuality(options.delay(), options.dropRate());
        List<String> serials = Serials.of(options);
        for (int number = 0; number < options.units(); number++) {
            String serial = serials.get(number);
            SimulatedUnit unit = new SimulatedUnit(
                    serial, SOFTWARE_VERSION, options.seed(), scenario.logCapacity(), scenario.keeper());
            unit.equip(clock, DrawnPicture::jpeg);
            RandomGenerator rounds = Seeds.random(options.seed(), serial + " rounds");
            RandomGenerator sessions = Seeds.random(options.seed(), serial + " line");
            units.add(new DialingUnit(
                    unit,
                    number,
                    transport,
                    line,
                    scenario.redial(),
                    sessions,
                    clock,
                    tally::add,
                    dialling -> round(dialling, rounds)));
        }
    }

    /** Starts the scenario: first dial-ins are spread over its window, then each unit follows its rounds. */
    public static Fleet start(Scenario scenario) {
        Fleet fleet = new Fleet(scenario, InstantSource.system());
        for (DialingUnit unit : fleet.units) {
            RandomGenerator random =
                    Seeds.random(scenario.options().seed(), unit.unit().serial() + " first");
            unit.dialAfter(scenario.firstDial(random));
        }
        return fleet;
    }

    /** Units that do nothing until they are told to. */
    public static Fleet idle(Scenario scenario) {
        return new Fleet(scenario, InstantSource.system());
    }

    /** Runs a scenario to its end, with a progress line each second. */
    public static FleetSummary run(Scenario scenario, Consumer<String> progress) throws InterruptedException {
        try (Fleet fleet = start(scenario)) {
            Duration duration = scenario.options().duration();
            while (!fleet.over(duration) && !fleet.closed.await(1, TimeUnit.SECONDS)) {
                progress.accept(fleet.summary().progressLine());
            }
            fleet.windDown(progress);
            return fleet.summary();
        }
    }

    public List<DialingUnit> units() {
        return List.copyOf(units);
    }

    public DialingUnit unit(int number) {
        return units.get(number);
    }

    /** From now on nothing happens to the units' wearers: units dial in, and log nothing. */
    public void quiet() {
        quietLock.writeLock().lock();
        try {
            quiet = true;
        } finally {
            quietLock.writeLock().unlock();
        }
    }

    /** Something happens to a wearer, or nothing any more. */
    private void happens(Runnable what) {
        quietLock.readLock().lock();
        try {
            if (!quiet) {
                what.run();
            }
        } finally {
            quietLock.readLock().unlock();
        }
    }

    /** Whether no unit holds an entry or a picture. */
    public boolean empty() {
        return units.stream().allMatch(unit -> empty(unit.unit()));
    }

    /** Every unit's journal, in order of their numbers. */
    public List<Journal> journals() {
        return units.stream().map(unit -> unit.unit().journal()).toList();
    }

    /** What happened up to now. */
    public FleetSummary summary() {
        long logged = 0;
        long deleted = 0;
        long pictures = 0;
        long deletedPictures = 0;
        int empty = 0;
        for (DialingUnit unit : units) {
            logged += unit.unit().loggedCount();
            deleted += unit.unit().deletedCount();
            pictures += unit.unit().pictureCount();
            deletedPictures += unit.unit().deletedPictureCount();
            empty += empty(unit.unit()) ? 1 : 0;
        }
        return new FleetSummary(
                units.size(),
                empty,
                Duration.ofNanos(System.nanoTime() - startedNanos),
                tally.ends(),
                logged,
                deleted,
                pictures,
                deletedPictures,
                tally.connect(),
                tally.firstRequest(),
                tally.emptied());
    }

    /** Hangs up every unit and frees the threads. */
    @Override
    public void close() {
        closed.countDown();
        units.forEach(DialingUnit::stop);
        transport.close();
    }

    private boolean over(Duration duration) {
        return duration.isZero()
                ? dialled.size() == units.size() && units.stream().noneMatch(DialingUnit::hasPlans) && empty()
                : System.nanoTime() - startedNanos > duration.toNanos();
    }

    /** Lets open sessions come to their end, for a while. */
    private void windDown(Consumer<String> progress) throws InterruptedException {
        quiet();
        units.forEach(DialingUnit::retire);
        long until = System.nanoTime() + WIND_DOWN.toNanos();
        while (units.stream().anyMatch(DialingUnit::connected) && System.nanoTime() < until) {
            if (closed.await(1, TimeUnit.SECONDS)) {
                return;
            }
            progress.accept(summary().progressLine());
        }
    }

    private static boolean empty(SimulatedUnit unit) {
        return unit.empty() && unit.heldPictureCount() == 0;
    }

    private void round(DialingUnit unit, RandomGenerator random) {
        boolean first = dialled.add(unit);
        happens(() -> {
            if (first) {
                scenario.pictures(unit.unit(), random, clock.instant());
            }
            if (first || !scenario.options().duration().isZero()) {
                scenario.round(unit, random, clock.instant(), this::happens);
            }
        });
    }
}
