package identicom.systemtests.torture;

import identicom.simulator.fleet.Fleet;
import identicom.simulator.fleet.FleetOptions;
import identicom.simulator.fleet.Scenario;
import identicom.simulator.fleet.Serials;
import identicom.simulator.journal.JournalFile;
import identicom.simulator.line.DialingUnit;
import identicom.simulator.unit.Journal;
import identicom.simulator.unit.Redial;
import identicom.simulator.unit.Seeds;
import identicom.systemtests.harness.Desk;
import identicom.systemtests.traffic.Orders;
import identicom.wire.event.StandardEvent;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The units of one schedule, none of which was there before: they log and dial in, one wearer after the other falls, pictures are taken, and
 * some are commissioned only while things fail, and units are asked to do this and that. What they did stands in a file, flushed before they speak.
 */
final class Traffic implements AutoCloseable {
    static final int UNITS = 30;

    private static final Logger LOG = LoggerFactory.getLogger(Traffic.class);
    private static final int LATE = 3;
    private static final int EVENTS = 4;
    private static final Duration FALL_EACH = Duration.ofMillis(350);
    private static final Duration PICTURE_EACH = Duration.ofMillis(600);
    private static final int SMALLEST_PICTURE = 2_000;
    private static final int LARGEST_PICTURE = 20_000;
    private static final Duration ORDER_EACH = Duration.ofMillis(450);
    private static final Duration LATE_EACH = Duration.ofMillis(700);
    private static final Duration LINE = Duration.ofMillis(5);
    private static final double DROPPED = 0.01;
    private static final long AGAIN_MS = 200;
    /** The protocol's times, made ten to twenty times shorter. */
    private static final Redial REDIAL =
            new Redial(Duration.ofMillis(500), Duration.ofSeconds(2), Duration.ofSeconds(1), Duration.ofSeconds(4));

    private final JournalFile journal;
    private final Fleet fleet;
    private final List<String> serials;
    private final RandomGenerator random;
    private final Map<Integer, Long> fallen = new ConcurrentHashMap<>();
    private final Orders orders;
    /** Of their own: whoever asks may have to wait for an answer. */
    private final ScheduledExecutorService dispatchers = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("dispatchers").daemon(true).factory());

    private final ScheduledExecutorService wearers = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("wearers").daemon(true).factory());

    private Traffic(InetSocketAddress station, Schedule schedule, Path journal, Desk desk) throws IOException {
        FleetOptions options = new FleetOptions(
                station,
                UNITS,
                prefix(schedule.seed()),
                EVENTS,
                0,
                REDIAL.interval(),
                Duration.ofDays(1),
                schedule.seed(),
                DROPPED,
                LINE);
        this.serials = Serials.of(options);
        this.random = Seeds.random(schedule.seed(), "wearers");
        this.orders = new Orders(desk, Seeds.random(schedule.seed(), "orders"));
        this.journal = JournalFile.create(journal);
        this.fleet = Fleet.idle(Scenario.of(options).withRedial(REDIAL).withJournal(this.journal));
    }

    /** Six characters at most: of a serial twelve are left for all of it. */
    private static String prefix(long seed) {
        return Long.toString(Math.floorMod(seed, 36L * 36 * 36 * 36), 36).toUpperCase(Locale.ROOT) + "-";
    }

    /** Puts all but the late ones on the whitelist and lets them begin. */
    static Traffic start(World world, Desk desk, Schedule schedule) throws IOException, InterruptedException {
        Traffic traffic = new Traffic(world.unitsAddress(), schedule, world.journal(schedule), desk);
        desk.commission(traffic.serials.subList(0, UNITS - LATE));
        traffic.begin(0, UNITS - LATE);
        traffic.wearers.scheduleWithFixedDelay(traffic::fall, 0, FALL_EACH.toNanos(), TimeUnit.NANOSECONDS);
        traffic.wearers.scheduleWithFixedDelay(traffic::takePicture, 0, PICTURE_EACH.toNanos(), TimeUnit.NANOSECONDS);
        traffic.dispatchers.scheduleWithFixedDelay(traffic::order, 0, ORDER_EACH.toNanos(), TimeUnit.NANOSECONDS);
        return traffic;
    }

    private void begin(int from, int to) {
        for (DialingUnit unit : fleet.units().subList(from, to)) {
            unit.dialAfter(
                    Duration.ofMillis(random.nextInt((int) REDIAL.interval().toMillis())));
        }
    }

    /** Each once, in an order of their own; none of those that are late. */
    private void fall() {
        int unit = fallen.size();
        if (unit < UNITS - LATE) {
            fallen.put(unit, System.nanoTime());
            fleet.unit(unit).log(StandardEvent.MAN_DOWN);
        }
    }

    private void order() {
        orders.ask(serials.subList(0, UNITS - LATE));
    }

    private void takePicture() {
        byte[] picture = new byte[random.nextInt(SMALLEST_PICTURE, LARGEST_PICTURE)];
        random.nextBytes(picture);
        fleet.unit(random.nextInt(UNITS - LATE)).unit().take(picture, Instant.now());
    }

    /** Puts the others on the whitelist, one by one, however long it takes until that is answered; then each dials in. */
    void commissionLate(Desk desk) throws InterruptedException {
        for (int unit = UNITS - LATE; unit < UNITS; unit++) {
            Thread.sleep(LATE_EACH);
            while (!commissioned(desk, unit)) {
                Thread.sleep(AGAIN_MS);
            }
            begin(unit, unit + 1);
        }
    }

    private boolean commissioned(Desk desk, int unit) throws InterruptedException {
        try {
            desk.commission(serials.subList(unit, unit + 1));
            return true;
        } catch (IOException away) {
            LOG.debug("commissioned again: {}", away.toString());
            return false;
        }
    }

    /** Events that units were told to delete. */
    long deleted() {
        return fleet.summary().deleted();
    }

    /** Which units fell when, by {@link System#nanoTime}; the key is a unit's number. */
    Map<Integer, Long> fallen() {
        return Map.copyOf(fallen);
    }

    String serial(int unit) {
        return serials.get(unit);
    }

    /** From now on nothing happens to anyone; units go on dialling in. */
    void quiet() throws InterruptedException {
        wearers.shutdown();
        dispatchers.shutdown();
        wearers.awaitTermination(1, TimeUnit.MINUTES);
        dispatchers.awaitTermination(1, TimeUnit.MINUTES);
        fleet.quiet();
    }

    /** No command waits for any unit, so that none of them has anything more to log for one. */
    boolean obeyed() throws InterruptedException {
        return orders.done();
    }

    boolean empty() {
        return fleet.empty();
    }

    String text() {
        return fleet.summary().text();
    }

    /** Serials of units that still hold something. */
    List<String> holding() throws IOException {
        List<String> holding = new ArrayList<>();
        for (Journal unit : journals()) {
            if (!unit.held().isEmpty() || !unit.heldPictures().isEmpty()) {
                holding.add(unit.serial());
            }
        }
        return holding;
    }

    /** Of those that did anything. */
    List<Journal> journals() throws IOException {
        return journal.read();
    }

    @Override
    public void close() {
        wearers.shutdownNow();
        dispatchers.shutdownNow();
        fleet.close();
        journal.close();
    }
}
