package identicom.systemtests.torture;

import identicom.systemtests.torture.Fault.AtPoint;
import identicom.systemtests.torture.Fault.BadLine;
import identicom.systemtests.torture.Fault.FullDisk;
import identicom.systemtests.torture.Fault.Harm;
import identicom.systemtests.torture.Fault.Kill;
import identicom.systemtests.torture.Fault.Stop;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Does one fault to a world, and undoes it. */
record Injection(World world, Fault fault) {
    private static final Logger LOG = LoggerFactory.getLogger(Injection.class);
    private static final Duration TO_THE_POINT = Duration.ofSeconds(8);

    /** So long one looks whether a part that had no room left falls over it. */
    private static final Duration FALLING_OVER = Duration.ofSeconds(1);

    /** How it went. */
    enum Outcome {
        DONE,
        /** There was no such part's disk, or part, in this world. */
        LEFT_OUT,
        /** The process did not come to the point in time. */
        NOT_REACHED
    }

    /** Returns when it has been undone; what falls over later is not started again. */
    Outcome run() throws IOException, InterruptedException, SQLException {
        return switch (fault) {
            case Kill(Part part, Duration lasts) -> {
                world.kill(part);
                Thread.sleep(lasts);
                startAgain(part);
                yield Outcome.DONE;
            }
            case Stop(Part part, Duration lasts) -> {
                world.freeze(part);
                Thread.sleep(lasts);
                world.thaw(part);
                yield Outcome.DONE;
            }
            case FullDisk(Part part, Duration lasts) -> {
                Outcome outcome = fill(world.disk(part), lasts);
                Thread.sleep(FALLING_OVER);
                if (!world.alive(part)) {
                    startAgain(part);
                }
                yield outcome;
            }
            case BadLine bad -> bad(bad);
            case AtPoint at -> at(at);
        };
    }

    /** Where that fails, because what it needs is away too, it is for whoever looks after the world. */
    private void startAgain(Part part) throws InterruptedException, SQLException {
        try {
            world.start(part);
        } catch (IOException notYet) {
            LOG.info("{} did not start: {}", part.title(), notYet.toString());
        }
    }

    private static Outcome fill(Optional<Disk> disk, Duration lasts) throws IOException, InterruptedException {
        if (disk.isEmpty()) {
            return Outcome.LEFT_OUT;
        }
        try {
            disk.get().fill();
            Thread.sleep(lasts);
        } finally {
            disk.get().free();
        }
        return Outcome.DONE;
    }

    private Outcome gone(Optional<Address> address, Duration lasts) throws IOException, InterruptedException {
        if (address.isEmpty()) {
            return Outcome.LEFT_OUT;
        }
        address.get().lose();
        try {
            Thread.sleep(lasts);
        } finally {
            address.get().giveBack();
        }
        return Outcome.DONE;
    }

    private Outcome bad(BadLine bad) throws IOException, InterruptedException {
        if (bad.harm() == Harm.GONE) {
            return gone(world.address(Part.titled(bad.line())), bad.lasts());
        }
        Line line = bad.line().equals(BadLine.UNITS) ? world.units() : world.line(Part.titled(bad.line()));
        harm(line, bad.harm(), bad.delay());
        Thread.sleep(bad.lasts());
        line.heal();
        return Outcome.DONE;
    }

    private static void harm(Line line, Harm harm, Duration delay) {
        switch (harm) {
            case SLOW -> line.flow(Flow.SLOW, delay);
            case TRICKLE -> line.flow(Flow.TRICKLE, Duration.ZERO);
            case BLACK_HOLE -> line.flow(Flow.BLACK_HOLE, Duration.ZERO);
            case REFUSED -> {
                line.flow(Flow.REFUSED, Duration.ZERO);
                line.cut(true);
            }
            case CLOSED -> {
                line.flow(Flow.REFUSED, Duration.ZERO);
                line.cut(false);
            }
            case GONE -> throw new IllegalArgumentException("a line is not gone, its address is");
            case CLIENT_LOST -> line.lose(End.CLIENT);
            case SERVER_LOST -> line.lose(End.SERVER);
        }
    }

    private Outcome at(AtPoint at) throws IOException, InterruptedException, SQLException {
        Part part = at.point().part();
        List<Part> still = new ArrayList<>(at.point().without());
        still.retainAll(world.parts());
        for (Part one : still) {
            world.freeze(one);
        }
        boolean reached;
        try (Debugger debugger = world.debugger(part)) {
            reached = debugger.await(at.point(), at.hit(), TO_THE_POINT);
            if (reached && at.killed()) {
                world.kill(part);
            } else if (reached) {
                Thread.sleep(at.lasts());
            }
        } finally {
            for (Part one : still) {
                world.thaw(one);
            }
        }
        if (reached && at.killed()) {
            Thread.sleep(at.lasts());
            startAgain(part);
        }
        return reached ? Outcome.DONE : Outcome.NOT_REACHED;
    }
}
