package identicom.systemtests.traffic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import identicom.simulator.fleet.Fleet;
import identicom.simulator.fleet.FleetOptions;
import identicom.simulator.fleet.Scenario;
import identicom.simulator.fleet.Serials;
import identicom.simulator.journal.JournalFile;
import identicom.simulator.unit.Redial;
import identicom.simulator.unit.Seeds;
import identicom.systemtests.check.Ledger;
import identicom.systemtests.harness.Desk;
import identicom.systemtests.harness.RunningSystem;
import identicom.testing.TestFolders;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/**
 * What goes on while something is broken: units log, fall and are emptied, pictures are taken, units are asked to do this and that, and somebody
 * commissions one unit after the other. Knows of each what was acknowledged.
 */
public final class Traffic implements AutoCloseable {
    /** One with a camera, one who asks units for something, one who commissions. */
    private static final int PEOPLE = 3;

    private static final int UNITS = 60;
    private static final int EVENTS = 20;
    private static final double FALLS = 0.1;
    private static final double DROPPED_LINES = 0.02;
    private static final Duration LINE = Duration.ofMillis(10);
    private static final Redial SOON =
            new Redial(Duration.ofMillis(300), Duration.ofSeconds(2), Duration.ofSeconds(1), Duration.ofSeconds(10));
    private static final int SMALLEST_PICTURE = 5_000;
    private static final int LARGEST_PICTURE = 40_000;
    private static final Duration EMPTIED = Duration.ofSeconds(240);

    /**
     * How much goes on.
     *
     * @param call so often each unit calls, with 20 events
     * @param picture so often one of them takes a picture
     * @param order so often one of them is asked to do something
     * @param commissioned so often there is one unit more
     */
    public record Pace(Duration call, Duration picture, Duration order, Duration commissioned) {}

    private final Desk desk;
    private final Path folder = Files.createTempDirectory("identicom-journal-");
    private final JournalFile journal = JournalFile.create(folder.resolve("units.journal"));
    private final Fleet fleet;
    private final Random random;
    private final String prefix;
    private final List<String> serials;
    private final Orders orders;
    private final Collection<String> commissioned = new ConcurrentLinkedQueue<>();
    private final ScheduledExecutorService people = Executors.newScheduledThreadPool(
            PEOPLE, Thread.ofPlatform().name("people-", 0).daemon(true).factory());

    private Traffic(RunningSystem system, long seed, Redial redial) throws IOException, InterruptedException {
        this.desk = Desk.administrator(system);
        this.random = new Random(seed);
        this.prefix = "NEW-" + seed + "-";
        FleetOptions options = new FleetOptions(
                system.units(),
                UNITS,
                "CUT-",
                EVENTS,
                FALLS,
                redial.interval(),
                Duration.ofDays(1),
                seed,
                DROPPED_LINES,
                LINE);
        this.serials = Serials.of(options);
        this.orders = new Orders(desk, Seeds.random(seed, "orders"));
        desk.commission(serials);
        this.fleet = Fleet.start(Scenario.of(options).withRedial(redial).withJournal(journal));
    }

    public static Traffic start(RunningSystem system, long seed, Pace pace) throws IOException, InterruptedException {
        Traffic traffic = new Traffic(system, seed, SOON.withInterval(pace.call));
        traffic.begin(pace);
        return traffic;
    }

    private void begin(Pace pace) {
        people.scheduleWithFixedDelay(this::takePicture, 0, pace.picture.toNanos(), TimeUnit.NANOSECONDS);
        people.scheduleWithFixedDelay(() -> orders.ask(serials), 0, pace.order.toNanos(), TimeUnit.NANOSECONDS);
        people.scheduleWithFixedDelay(new Commissioning(), 0, pace.commissioned.toNanos(), TimeUnit.NANOSECONDS);
    }

    private void takePicture() {
        byte[] picture = new byte[random.nextInt(SMALLEST_PICTURE, LARGEST_PICTURE)];
        random.nextBytes(picture);
        fleet.unit(random.nextInt(UNITS)).unit().take(picture, Instant.now());
    }

    /** One unit after the other; one that was not acknowledged is left alone. */
    private final class Commissioning implements Runnable {
        private int number;

        @Override
        public void run() {
            String serial = prefix + number++;
            try {
                if (desk.put("/api/v1/units/" + serial, Map.of("wearer", "Ada Moor"))
                                .status()
                        == 201) {
                    commissioned.add(serial);
                }
            } catch (IOException away) {
                // the power is off
            } catch (InterruptedException ended) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** Events that units were told to delete. */
    public long deleted() {
        return fleet.summary().deleted();
    }

    /** Pictures that units were told to delete. */
    public long deletedPictures() {
        return fleet.summary().deletedPictures();
    }

    /** Commands that units carried out. */
    public int commands() {
        return fleet.units().stream()
                .mapToInt(unit -> unit.unit().commandCount())
                .sum();
    }

    /** Units whose commissioning was acknowledged. */
    public int commissioned() {
        return commissioned.size();
    }

    /** Nothing happens any more; returns when every unit has done what it was asked and is empty. */
    public void end() throws InterruptedException {
        people.shutdownNow();
        if (!people.awaitTermination(EMPTIED.toSeconds(), TimeUnit.SECONDS)) {
            throw new IllegalStateException("somebody still commissions units");
        }
        fleet.quiet();
        await("no command waits").atMost(EMPTIED).until(orders::done);
        await("every unit is emptied").atMost(EMPTIED).until(fleet::empty);
    }

    /** Everything that was acknowledged is there, once; after {@link #end}. @param storing so long it may take until it is */
    public void check(Duration storing) throws IOException, InterruptedException {
        Set<String> there = desk.all("/api/v1/units").stream()
                .map(unit -> unit.get("serial").asText())
                .collect(Collectors.toSet());
        assertThat(commissioned)
                .as("commissioned, but not there")
                .allMatch(there::contains)
                .isNotEmpty();
        new Ledger(journal.read(), storing).check(desk);
    }

    public String text() {
        return "%d events and %d pictures deleted on units, %d commands carried out, %d units commissioned"
                .formatted(deleted(), deletedPictures(), commands(), commissioned());
    }

    @Override
    public void close() {
        people.shutdownNow();
        fleet.close();
        journal.close();
        TestFolders.remove(folder);
    }
}
