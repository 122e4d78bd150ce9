package identicom.receiver.simulation;

import identicom.receiver.commands.CommandBook;
import identicom.receiver.metrics.Outlet;
import identicom.receiver.progress.ProgressBook;
import identicom.receiver.publish.HandRunPublisher;
import identicom.receiver.publish.Publisher;
import identicom.receiver.server.SessionRegistry;
import identicom.receiver.server.Station;
import identicom.receiver.server.StationDoor;
import identicom.receiver.whitelist.HandRunWhitelist;
import identicom.receiver.whitelist.Whitelist;
import identicom.schema.Cluster;
import identicom.schema.v1.SessionRecord;
import identicom.schema.v1.StationHeartbeat;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * One life of a station: the product's own session machine, handler, registry, publisher, whitelist and progress book, on a loop,
 * a network, producers and a clock of the simulation's. When it dies, all of it is dropped.
 */
final class SimulatedStation {
    private static final InetSocketAddress PEER = new InetSocketAddress("127.0.0.1", 7);
    private static final long EPOCH_US = 1_700_000_000_000_000L;
    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);
    private final World world;
    private final String name;
    private final int number;
    private final SimulatedLoop loop;
    private final UnpooledByteBufAllocator allocator = new UnpooledByteBufAllocator(false, true);
    private final SessionRegistry registry = new SessionRegistry();
    private final HandRunPublisher publishing;
    private final Whitelist whitelist;
    private final StationDoor door;
    private final OpenSessions sessions;
    private final Publisher publisher;
    private final Heard heard;
    private final Follower follower;
    private final OutletTurns turns;
    private final List<Line> lines = new ArrayList<>();
    private final Set<String> vouched = new HashSet<>();
    private final Set<String> unanswered = new HashSet<>();
    private final long startedNanos;
    private long skewUs;
    private long plannedNanos = Long.MAX_VALUE;
    private boolean waking;
    private boolean leaving;
    private boolean dead;
    private int madeIds;
    private int ticking;
    private int stepsToLive = Integer.MAX_VALUE;

    /** @param number of this life, 0..62: no other of the schedule has it */
    SimulatedStation(World world, String name, int number) {
        this.world = world;
        this.name = name;
        this.number = number;
        this.startedNanos = world.time.nanos();
        this.loop = new SimulatedLoop(world.time, world.plant, this::wake);
        this.publishing = new HandRunPublisher(
                Settings.PUBLISHING,
                outlet -> new SimulatedProducer(world, world.cluster(outlet.cluster()), this, outlet),
                Settings.METRICS,
                this::nowUs,
                world.time::nanos);
        this.turns = new OutletTurns(world, this, publishing);
        this.heard = new Heard(world);
        this.sessions = new OpenSessions(world, this, publishing.publisher());
        this.publisher = world.plant.publisher(sessions, publishing.state());
        this.follower = new Follower(world, this, registry);
        this.whitelist = HandRunWhitelist.of(
                Settings.WHITELIST,
                serial -> world.fleet.find(serial, this),
                () -> follower.knowsUnits() && !publishing.state().mainSilent(),
                Settings.METRICS,
                this::nowUs,
                world.time::nanos);
        whitelist.onDecommissioned(registry::decommissioned);
        ProgressBook progress = new ProgressBook(Settings.PICTURES, follower::knowsProgress);
        CommandBook commands = new CommandBook(Settings.COMMANDS, follower::knowsCommands);
        follower.start(whitelist, progress, commands);
        this.door = new StationDoor(
                new Station(
                        name,
                        Settings.SERVER,
                        Settings.CATALOGUE,
                        Settings.MACHINE,
                        publisher,
                        publishing.state(),
                        world.plant.judge(whitelist),
                        progress,
                        world.plant.commands(commands),
                        Settings.METRICS,
                        this::nowUs,
                        world.time::nanos,
                        () -> name + "." + number + "-" + ++madeIds),
                registry);
        world.trace.note(name, "starts", number);
        tick();
    }

    String name() {
        return name;
    }

    Heard heard() {
        return heard;
    }

    long bit() {
        return 1L << number;
    }

    boolean isDead() {
        return dead;
    }

    boolean accepts() {
        return !dead && !leaving;
    }

    private long nowUs() {
        return EPOCH_US + world.time.nanos() / 1_000 + skewUs;
    }

    void jumpClock() {
        skewUs = TimeUnit.SECONDS.toMicros(world.dice.between(-200_000, 200_000));
    }

    /** A look-up ended. */
    void heardOf(String serial, boolean ours) {
        if (ours) {
            vouched.add(serial);
        }
    }

    void couldNotAsk(String serial) {
        unanswered.add(serial);
    }

    boolean couldNotAsk() {
        return !unanswered.isEmpty();
    }

    /** It has been told once that the serial is ours. */
    boolean vouchesFor(String serial) {
        return vouched.contains(serial);
    }

    void follow() {
        follower.news();
    }

    void stall(Outlet outlet, long nanos) {
        turns.stall(outlet, nanos);
    }

    void accept(Line line) {
        if (!accepts()) {
            line.cut(false, true);
            return;
        }
        SimulatedChannel channel = new SimulatedChannel(line, PEER, allocator);
        line.reaches(channel);
        lines.add(line);
        channel.pipeline().addLast(new ChannelInitializer<Channel>() {
            @Override
            protected void initChannel(Channel accepted) {
                door.accept(accepted, PEER, world.plant.registry(registry));
                world.plant.pipeline(accepted.pipeline());
            }
        });
        loop.register(channel);
    }

    /** On the loop, soon. */
    void does(Runnable action) {
        if (!dead) {
            loop.execute(action);
        }
    }

    /** Now, as another of the station's threads would. */
    void outside(Runnable action) {
        if (!dead && !hasCome()) {
            action.run();
        }
    }

    /** Something may wait for an outlet. */
    void published() {
        turns.plan();
    }

    private void wake() {
        if (!waking) {
            waking = true;
            world.time.after(world.dice.micros(0, 50), () -> {
                waking = false;
                run();
            });
        }
    }

    private void run() {
        if (dead || hasCome()) {
            return;
        }
        loop.runDue();
        turns.plan();
        long next = loop.nextNanos();
        if (next >= 0 && next < plannedNanos) {
            plannedNanos = next;
            world.time.at(next, () -> {
                if (plannedNanos == next) {
                    plannedNanos = Long.MAX_VALUE;
                }
                run();
            });
        }
    }

    /** Asks the clusters, looks whether they answer, says that it lives; from here on, more often while something is wrong. */
    void tick() {
        tick(++ticking);
    }

    private void tick(int mine) {
        if (dead || mine != ticking) {
            return;
        }
        boolean well = true;
        for (Cluster cluster : Cluster.values()) {
            if (world.cluster(cluster).answers()) {
                publishing.heard(cluster);
            } else {
                well = false;
            }
        }
        publishing.look();
        turns.look();
        publisher.heartbeat(heartbeat());
        turns.plan();
        world.time.after(well ? 10 * SECOND : SECOND, () -> tick(mine));
    }

    private SessionRecord heartbeat() {
        return SessionRecord.newBuilder()
                .setStation(name)
                .setHeartbeat(StationHeartbeat.newBuilder()
                        .setAtUs(nowUs())
                        .setUptimeUs((world.time.nanos() - startedNanos) / 1_000))
                .build();
    }

    /** It dies in the middle of what it does: after so many more steps of its threads. */
    void doom(int steps) {
        stepsToLive = steps;
    }

    /** Its end. */
    private boolean hasCome() {
        if (stepsToLive == Integer.MAX_VALUE || world.calm() || stepsToLive-- > 0) {
            return false;
        }
        die();
        return true;
    }

    /** Its power is gone: nothing of its memory is left, and units hear of it, or do not. */
    void die() {
        if (dead) {
            return;
        }
        dead = true;
        world.trace.note(name, "dies", number);
        lines.forEach(line -> line.cut(false, world.dice.oneIn(2)));
        world.died(this);
    }

    /** It stops in good order. */
    void leave() {
        if (!accepts()) {
            return;
        }
        leaving = true;
        world.trace.note(name, "leaves", number);
        door.drain();
        world.time.after(10 * SECOND, () -> outside(door::closeAll));
        world.time.after(14 * SECOND, this::die);
    }

    boolean idle() {
        return door.connections() == 0
                && door.sessions() == 0
                && registry.servedCount() == 0
                && publishing.untold() == 0;
    }

    /** Nothing of any session is left: no timer, no buffer. */
    void checkEnd() {
        world.require(loop.nextNanos() < 0, () -> name + " has timers left");
        world.require(
                allocator.metric().usedHeapMemory() == 0 && allocator.metric().usedDirectMemory() == 0,
                () -> name + " has buffers left: " + allocator.metric());
        sessions.checkEnd();
    }
}
