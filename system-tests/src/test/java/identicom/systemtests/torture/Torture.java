package identicom.systemtests.torture;

import identicom.simulator.unit.Journal;
import identicom.systemtests.check.Ledger;
import identicom.systemtests.harness.Desk;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs schedules one after the other. An installation stays up for many of them and is wholly checked at its end; after a schedule that
 * failed, and where another number of brokers is asked for, there is a new one. One thread.
 */
final class Torture implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Torture.class);
    /** Units are due every 30 minutes; those of earlier schedules never call again. */
    private static final Duration LONGEST_WORLD = Duration.ofMinutes(25);

    private final Path folder;
    private final boolean asRoot;
    private final Report report;
    private @Nullable Site site;

    /** @param folder for the report and what is kept of failures @param asRoot whether disks are filled up and addresses taken away */
    Torture(Path folder, boolean asRoot) {
        this.folder = folder;
        this.asRoot = asRoot;
        this.report = new Report(folder.resolve("report.md"), asRoot);
    }

    /** A world with a person and a screen, and what its units did up to now. */
    private static final class Site implements AutoCloseable {
        private final long begun = System.nanoTime();
        private final World world;
        private final Desk desk;
        private final Screen screen;
        private final List<Journal> journals = new ArrayList<>();
        private int schedules;

        Site(int mainBrokers, boolean asRoot) throws IOException, InterruptedException, SQLException {
            this.world = World.start(mainBrokers, asRoot);
            this.desk = Desk.administrator(world.served());
            this.screen = new Screen(desk);
        }

        boolean fits(Schedule schedule) {
            return world.mainBrokers() == schedule.mainBrokers()
                    && schedules < Schedule.IN_ONE_WORLD
                    && System.nanoTime() - begun < LONGEST_WORLD.toNanos();
        }

        @Override
        public void close() {
            screen.close();
            world.close();
        }
    }

    Report report() {
        return report;
    }

    /** @param goesOn asked before each */
    void run(Stream<Schedule> schedules, BooleanSupplier goesOn)
            throws IOException, InterruptedException, SQLException {
        Iterator<Schedule> left = schedules.iterator();
        while (goesOn.getAsBoolean() && left.hasNext()) {
            run(left.next());
        }
        endWorld();
    }

    private void run(Schedule schedule) throws IOException, InterruptedException, SQLException {
        Site here = site;
        if (here != null && !here.fits(schedule)) {
            endWorld();
            here = null;
        }
        if (here == null) {
            here = new Site(schedule.mainBrokers(), asRoot);
            site = here;
            report.world();
        }
        long begun = System.nanoTime();
        try {
            Trial.Seen seen = new Trial(here.world, here.desk, here.screen, schedule, Trial.STORED).run();
            here.journals.addAll(seen.journals());
            here.schedules++;
            report.passed(schedule, seen);
            LOG.info(
                    "{} s {}: {}; slowest alert {} ms, recovered after {} ms",
                    seconds(begun),
                    schedule,
                    seen.outcomes(),
                    seen.falls().slowest().toMillis(),
                    seen.recovery().toMillis());
        } catch (InterruptedException e) {
            throw e;
        } catch (Exception | AssertionError e) {
            Path evidence = Evidence.keep(folder, schedule, here.world, e);
            report.failed(schedule, e, evidence);
            LOG.error("{} s {}: FAILED, see {}", seconds(begun), schedule, evidence, e);
            dropWorld();
        }
    }

    private static String seconds(long begun) {
        return "%.1f".formatted((System.nanoTime() - begun) / 1e9);
    }

    /** Everything that this world ever took is checked once more. */
    private void endWorld() throws IOException, InterruptedException, SQLException {
        Site here = site;
        if (here == null) {
            return;
        }
        try {
            if (!here.journals.isEmpty()) {
                new Ledger(here.journals, Trial.STORED).check(here.desk);
            }
        } catch (IOException | AssertionError e) {
            report.failed("at the end of an installation, after " + here.schedules + " schedules: " + e.getMessage());
            LOG.error("at the end of an installation", e);
        } finally {
            dropWorld();
        }
    }

    private void dropWorld() {
        Site here = site;
        site = null;
        if (here != null) {
            here.close();
        }
    }

    @Override
    public void close() {
        dropWorld();
    }
}
