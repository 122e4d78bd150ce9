package identicom.systemtests;

import static org.assertj.core.api.Assertions.assertThat;

import identicom.simulator.unit.SimulatedUnit;
import identicom.wire.fault.FaultException;
import identicom.wire.message.ToUnit;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** A unit's picture on its way to stations, over as many dial-ins as it takes, and which of its blocks they asked for. */
public final class PictureTransfer {
    /** Blocks that a station may ask for again after another one, or itself, was cut off from the unit. */
    public static final int MOST_READ_TWICE = 8;

    private static final int PIECES = 1_400;
    private static final Duration LIMIT = Duration.ofSeconds(120);

    private final SimulatedUnit unit;
    private final InetSocketAddress station;
    private final Set<Long> read = new HashSet<>();

    /** @param unit that holds one picture */
    public PictureTransfer(SimulatedUnit unit, InetSocketAddress station) {
        this.unit = unit;
        this.station = station;
    }

    /** Dials in as often as it takes until so many blocks are asked for in one session; the last is not answered. */
    public DialIn underWay(int blocks) throws IOException, FaultException {
        long until = System.nanoTime() + LIMIT.toNanos();
        while (System.nanoTime() < until) {
            DialIn session = DialIn.of(unit, station, PIECES);
            Optional<ToUnit> request = session.next();
            while (request.isPresent() && session.blocks().size() < blocks) {
                session.answer(request.get());
                request = session.next();
            }
            if (request.isPresent()) {
                return session;
            }
            session.close();
        }
        throw new IOException("no session with " + blocks + " blocks");
    }

    /** How many blocks this session asked for that were asked before, and keeps what it asked. */
    public int readTwice(DialIn session) {
        List<Long> offsets = session.blocks();
        int again = (int) offsets.stream().filter(read::contains).count();
        read.addAll(offsets);
        assertThat(offsets).as("in one session each block is read once").doesNotHaveDuplicates();
        return again;
    }

    /** Dials in until the picture is deleted; how many blocks one session at most asked for that were asked before. */
    public int toItsEnd() throws Exception {
        int most = 0;
        while (unit.heldPictureCount() > 0) {
            try (DialIn session = DialIn.of(unit, station, PIECES)) {
                session.toItsEnd((request, dialIn) -> {});
                most = Math.max(most, readTwice(session));
            }
        }
        return most;
    }

    /** How many blocks were asked for, each counted once. */
    public int blocks() {
        return read.size();
    }
}
