package identicom.receiver.simulation;

import identicom.receiver.metrics.Outlet;
import identicom.receiver.publish.HandRunPublisher;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;

/** The turns of a station's outboxes, which threads of their own would take: soon after something is there, or once a stall is over. */
final class OutletTurns {
    private static final Outlet[] OUTLETS = Outlet.values();

    private final World world;
    private final SimulatedStation station;
    private final HandRunPublisher publishing;
    private final Set<Outlet> planned = EnumSet.noneOf(Outlet.class);
    private final Map<Outlet, Long> stalledUntil = new EnumMap<>(Outlet.class);

    OutletTurns(World world, SimulatedStation station, HandRunPublisher publishing) {
        this.world = world;
        this.station = station;
        this.publishing = publishing;
    }

    /** As a producer does that waits for metadata or room. */
    void stall(Outlet outlet, long nanos) {
        world.trace.note(station.name(), outlet.word() + " stalls", nanos);
        stalledUntil.put(outlet, world.time.nanos() + nanos);
    }

    void plan() {
        for (Outlet outlet : OUTLETS) {
            plan(outlet);
        }
    }

    private void plan(Outlet outlet) {
        if (!planned.contains(outlet) && publishing.waiting(outlet) > 0) {
            planned.add(outlet);
            long from = Math.max(world.time.nanos(), stalledUntil.getOrDefault(outlet, 0L));
            world.time.at(from + world.dice.micros(1, 300), () -> turn(outlet));
        }
    }

    private void turn(Outlet outlet) {
        planned.remove(outlet);
        boolean stalled = world.time.nanos() < stalledUntil.getOrDefault(outlet, 0L);
        station.outside(() -> {
            for (int i = stalled ? 0 : world.dice.between(1, 16); i > 0 && publishing.waiting(outlet) > 0; i--) {
                publishing.turn(outlet);
            }
            plan(outlet);
        });
    }

    /** The idle turn, in which a producer that gives no answers is found out. */
    void look() {
        for (Outlet outlet : OUTLETS) {
            if (publishing.waiting(outlet) == 0) {
                publishing.turn(outlet);
            }
        }
    }
}
