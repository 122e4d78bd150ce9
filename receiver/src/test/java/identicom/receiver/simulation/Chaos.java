package identicom.receiver.simulation;

import identicom.receiver.metrics.Outlet;
import identicom.receiver.simulation.SimulatedCluster.Mood;
import identicom.schema.Cluster;
import java.util.List;
import java.util.function.Consumer;

/** What goes wrong, one thing at a time. */
final class Chaos {
    private static final List<Mood> AILMENTS =
            List.of(Mood.SLOW, Mood.SILENT, Mood.SILENT, Mood.MUTE, Mood.FORGETFUL, Mood.REFUSING);
    private static final List<Outlet> OUTLETS = List.of(Outlet.values());

    private final World world;
    private final Dice dice;

    Chaos(World world) {
        this.world = world;
        this.dice = world.dice;
    }

    void strike() {
        UnitModel unit = dice.of(world.units());
        switch (dice.below(27)) {
            case 0, 1, 2, 3 -> {
                for (int i = dice.between(1, 8); i > 0; i--) {
                    unit.logSomething();
                }
            }
            case 4, 5 -> takePicture(unit);
            case 6, 7, 8 -> cut(unit);
            case 9, 10 -> {
                world.count(Reached.REBOOT);
                unit.reboot();
            }
            case 11 -> station(SimulatedStation::die);
            case 12 -> station(station -> station.doom(dice.below(100)));
            case 13 -> station(SimulatedStation::leave);
            case 14, 15 -> ail(world.main);
            case 16 -> ail(world.cluster(Cluster.PRIORITY));
            case 18 -> {
                world.fleet.setAway(true);
                world.time.after(dice.millis(500, 30_000), () -> world.fleet.setAway(false));
            }
            case 17 -> jumpClocks(unit);
            case 19, 23 -> station(this::stall);
            case 20, 21 -> commission(unit);
            case 22 -> unit.vanish();
            case 25, 26 -> ask(unit);
            default -> unit.dialWithin(0, 100);
        }
    }

    private void takePicture(UnitModel unit) {
        if (!unit.stranger()) {
            unit.takePicture();
        }
    }

    private void ask(UnitModel unit) {
        if (!unit.stranger()) {
            world.orders.ask(unit.serial());
        }
    }

    private void cut(UnitModel unit) {
        Call call = unit.call();
        if (call != null) {
            world.count(Reached.LINE_CUT);
            call.line().cutAfter(dice.oneIn(2) ? 0 : dice.below(20), dice.oneIn(4), dice.oneIn(2));
        }
    }

    private void station(Consumer<SimulatedStation> happens) {
        SimulatedStation station = world.anyStation();
        if (station != null && world.mayDie()) {
            happens.accept(station);
        }
    }

    private void ail(SimulatedCluster cluster) {
        if (world.calm()) {
            return;
        }
        world.count(Reached.CLUSTER_UNWELL);
        world.feel(cluster, dice.of(AILMENTS));
        world.time.after(dice.millis(200, 45_000), () -> {
            if (!world.calm()) {
                world.feel(cluster, Mood.WELL);
            }
        });
    }

    /** An outlet is held up, or all that routine takes. */
    private void stall(SimulatedStation station) {
        world.stalled();
        List<Outlet> held = dice.oneIn(2) ? List.of(Outlet.HIGH, Outlet.ROUTINE) : List.of(dice.of(OUTLETS));
        long nanos = dice.millis(100, 25_000);
        held.forEach(outlet -> station.stall(outlet, nanos));
    }

    private void jumpClocks(UnitModel unit) {
        unit.jumpClock();
        world.clocksAreSet();
        world.stations().forEach(SimulatedStation::jumpClock);
    }

    /** The unit is taken off the list for a while. */
    private void commission(UnitModel unit) {
        if (!unit.stranger() && !world.calm()) {
            world.fleet.put(unit.serial(), false);
            world.time.after(dice.millis(500, 30_000), () -> world.fleet.put(unit.serial(), true));
        }
    }
}
