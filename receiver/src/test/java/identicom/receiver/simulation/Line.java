package identicom.receiver.simulation;

import java.util.Arrays;

/**
 * One connection: bytes go both ways, in order, in pieces that are cut anywhere, and late. It can be cut so that neither end, one
 * end or both come to know of it.
 */
final class Line {
    private final World world;
    private final SimulatedStation station;
    private final Call call;
    private final long slowestMillis;
    private final boolean inPieces;
    private long lastAtStation;
    private long lastAtUnit;
    private boolean cut;
    private int piecesLeft = -1;
    private Runnable whenCut = () -> {};
    private boolean stationClosed;
    private SimulatedChannel channel;

    Line(World world, SimulatedStation station, Call call) {
        this.world = world;
        this.station = station;
        this.call = call;
        this.slowestMillis = world.dice.oneIn(8) ? 3_000 : world.dice.between(5, 300);
        this.inPieces = world.dice.oneIn(3);
    }

    void reaches(SimulatedChannel at) {
        channel = at;
    }

    void fromUnit(byte[] bytes) {
        for (int from = 0, to; from < bytes.length; from = to) {
            to = pieceEnd(bytes, from);
            byte[] piece = Arrays.copyOfRange(bytes, from, to);
            toStation(() -> channel.arrive(piece));
        }
    }

    /** The unit hangs up behind what it sent. */
    void unitEnds() {
        toStation(() -> channel.arriveEnd());
    }

    void fromStation(byte[] bytes) {
        for (int from = 0, to; from < bytes.length; from = to) {
            to = pieceEnd(bytes, from);
            byte[] piece = Arrays.copyOfRange(bytes, from, to);
            toUnit(() -> call.arrive(piece));
        }
    }

    void stationEnds() {
        toUnit(call::stationEnded);
    }

    void stationCloses() {
        stationClosed = true;
        toUnit(call::stationClosed);
    }

    /** It is cut after so many more pieces, whichever way they go. */
    void cutAfter(int pieces, boolean tellStation, boolean tellUnit) {
        piecesLeft = pieces;
        whenCut = () -> cut(tellStation, tellUnit);
        countPiece();
    }

    private void countPiece() {
        if (piecesLeft-- == 0) {
            whenCut.run();
        }
    }

    boolean isCut() {
        return cut;
    }

    /** Nothing arrives any more; an end that is told finds the connection reset. */
    void cut(boolean tellStation, boolean tellUnit) {
        if (cut) {
            return;
        }
        cut = true;
        world.trace.note(call.name(), "line cut", (tellStation ? 2 : 0) + (tellUnit ? 1 : 0));
        if (tellStation) {
            world.time.after(world.dice.millis(0, 2_000), () -> station.does(() -> channel.reset()));
        }
        if (tellUnit) {
            world.time.after(world.dice.millis(0, 2_000), call::stationClosed);
        }
    }

    private int pieceEnd(byte[] bytes, int from) {
        int left = bytes.length - from;
        return inPieces && left > 1 && world.dice.oneIn(2) ? from + 1 + world.dice.below(left - 1) : bytes.length;
    }

    private void toStation(Runnable arrival) {
        lastAtStation = later(lastAtStation);
        world.time.at(lastAtStation, () -> {
            if (!cut && !stationClosed && channel != null) {
                station.does(arrival);
                countPiece();
            }
        });
    }

    private void toUnit(Runnable arrival) {
        lastAtUnit = later(lastAtUnit);
        world.time.at(lastAtUnit, () -> {
            if (!cut) {
                arrival.run();
                countPiece();
            }
        });
    }

    private long later(long last) {
        return Math.max(last + 1, world.time.nanos() + world.dice.millis(1, slowestMillis));
    }
}
