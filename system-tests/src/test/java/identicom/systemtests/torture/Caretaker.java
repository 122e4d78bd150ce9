package identicom.systemtests.torture;

import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks after a world as whoever runs it would: what is down is started again. What may be down is what a schedule killed, or took the disk
 * from; a process of the product that ends by itself, or says that it must be started again, is a violation.
 */
final class Caretaker {
    private static final Logger LOG = LoggerFactory.getLogger(Caretaker.class);
    private static final int TRIES = 3;
    /** A broker that came to no end when its disk was full, and does not serve any more either. */
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private static final String LIVE = "/health/live";

    private final World world;
    private final Set<Part> mayBeDown = EnumSet.noneOf(Part.class);
    private final Set<Part> hadFullDisk = EnumSet.noneOf(Part.class);
    private boolean disksTaken;

    Caretaker(World world, Schedule schedule) {
        this.world = world;
        for (Fault fault : schedule.faults()) {
            switch (fault) {
                case Fault.Kill(Part part, Duration lasts) -> mayBeDown.add(part);
                case Fault.AtPoint at -> mayBeDown.add(at.point().part());
                case Fault.FullDisk(Part part, Duration lasts) -> {
                    mayBeDown.add(part);
                    hadFullDisk.add(part);
                }
                case Fault.Stop stop -> {}
                case Fault.BadLine bad -> {}
            }
        }
    }

    /** Starts what is down. */
    void look() throws Violation, InterruptedException, SQLException {
        for (Part part : world.parts()) {
            if (!world.alive(part)) {
                if (!mayBeDown.contains(part)) {
                    throw new Violation(part.title() + " ended by itself");
                }
                start(part);
            }
        }
    }

    private void start(Part part) throws Violation, InterruptedException, SQLException {
        for (int tried = 1; ; tried++) {
            try {
                LOG.info("{} is started again", part.title());
                world.start(part);
                return;
            } catch (IOException e) {
                if (tried == TRIES) {
                    throw new Violation(part.title() + " does not start any more", e);
                }
            }
        }
    }

    /** Things do not go on. Once, and only where a disk was full, its part is started anew. */
    void lookHarder(Duration sinceHealed) throws Violation, InterruptedException, SQLException {
        if (disksTaken || hadFullDisk.isEmpty() || sinceHealed.compareTo(PATIENCE) < 0) {
            return;
        }
        disksTaken = true;
        for (Part part : hadFullDisk) {
            if (part != Part.MEDIA_SERVICE) {
                LOG.info("{} runs and does not serve: it is started anew", part.title());
                world.kill(part);
                start(part);
            }
        }
    }

    /** Every process of the product says that it lives. */
    void checkLife() throws Violation, IOException, InterruptedException {
        Set<String> dead = world.parts().stream()
                .filter(Part::isOurs)
                .filter(part -> !lives(part))
                .map(Part::title)
                .collect(Collectors.toSet());
        if (!dead.isEmpty()) {
            throw new Violation("must be started again, they say: " + dead);
        }
    }

    private boolean lives(Part part) {
        try {
            return world.asked(part).get(LIVE).status() == 200;
        } catch (IOException away) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
