package identicom.receiver.simulation;

import identicom.wire.codec.MessageEncoder;
import identicom.wire.codec.MessageInbound;
import identicom.wire.fault.FaultException;
import identicom.wire.frame.Direction;
import identicom.wire.frame.Frame;
import identicom.wire.frame.FrameReader;
import identicom.wire.message.Command;
import identicom.wire.message.DeleteEventLog;
import identicom.wire.message.DeletePicture;
import identicom.wire.message.EventEntry;
import identicom.wire.message.EventLog;
import identicom.wire.message.EventLogDeleted;
import identicom.wire.message.FromUnit;
import identicom.wire.message.Identification;
import identicom.wire.message.Identify;
import identicom.wire.message.ListPictures;
import identicom.wire.message.ReadEventLog;
import identicom.wire.message.ReadPicture;
import identicom.wire.message.ToUnit;
import io.netty.buffer.Unpooled;
import io.netty.buffer.UnpooledByteBufAllocator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** One connection as its unit sees it: it answers what it is asked, pushes, and gives up after 60 s without a byte. */
final class Call {
    private static final int NEVER = Integer.MAX_VALUE;
    private static final long SETTLED = TimeUnit.SECONDS.toNanos(9 + 8);
    private static final long PATIENCE = TimeUnit.SECONDS.toNanos(60);

    private final World world;
    private final UnitModel unit;
    private final SimulatedStation station;
    private final Line line;
    private final FrameReader reader = new FrameReader(Direction.TO_UNIT);
    private final Set<Long> tickets = new HashSet<>();
    private boolean identified;
    private boolean stationEnded;
    private boolean over;
    private int vanishAfter = NEVER;
    private int owed;
    private long heardNanos;
    private int readLog = -1;
    private long readUpTo;

    Call(World world, UnitModel unit, SimulatedStation station) {
        this.world = world;
        this.unit = unit;
        this.station = station;
        this.line = new Line(world, station, this);
        this.heardNanos = world.time.nanos();
    }

    String name() {
        return unit.name();
    }

    Line line() {
        return line;
    }

    /** Its unit is gone without a word once it was asked so often; at 0 before it says anything. */
    void vanishAfter(int requests) {
        vanishAfter = requests;
    }

    /** @param silent it waits to be asked who it is */
    void begin(boolean silent, List<EventEntry> push) {
        world.trace.note(name(), "dials", push.size());
        world.count(Reached.CALL);
        station.accept(line);
        if (!silent && vanishAfter > 0) {
            identify();
            push(push);
        }
        world.time.after(PATIENCE, this::losePatience);
    }

    private void identify() {
        identified = true;
        say(new Identification(unit.serial(), "1.0"));
    }

    /** In a session that has begun; no entries, no push. */
    void push(List<EventEntry> entries) {
        if (identified && !over && !stationEnded && !entries.isEmpty()) {
            world.trace.note(name(), "pushes", entries.getLast().sequence());
            say(new EventLog(0, true, unit.logId(), entries));
        }
    }

    private void say(FromUnit message) {
        line.fromUnit(MessageEncoder.frame(message));
    }

    void arrive(byte[] bytes) {
        if (over) {
            return;
        }
        heardNanos = world.time.nanos();
        try {
            reader.read(Unpooled.wrappedBuffer(bytes), UnpooledByteBufAllocator.DEFAULT, this::frame);
        } catch (FaultException e) {
            world.violated(name() + " got bytes that break the framing: " + e.getMessage());
        }
    }

    private void frame(Frame frame) {
        try {
            ToUnit message = (ToUnit) MessageInbound.decode(frame, Direction.TO_UNIT);
            asked(message);
        } catch (FaultException e) {
            world.violated(name() + " got a message that breaks the protocol: " + e.getMessage());
        } finally {
            frame.release();
        }
    }

    private void asked(ToUnit message) {
        boolean who = message instanceof Identify;
        world.require(!stationEnded, () -> name() + " was asked after the station's end: " + message);
        world.require(who || ++owed == 1, () -> name() + " was asked before it had answered: " + message);
        world.require(
                who || station.vouchesFor(unit.serial()) || message instanceof ReadEventLog,
                () -> name() + " is not known to be ours and got " + message);
        world.require(
                who || !unit.stranger() || station.couldNotAsk(), () -> name() + " is a stranger, got " + message);
        if (vanishAfter != NEVER && --vanishAfter <= 0) {
            abandon(false);
        } else {
            world.time.after(unit.thinking(), () -> answer(message));
        }
    }

    private void answer(ToUnit message) {
        if (over) {
            return;
        }
        world.trace.note(name(), message.getClass().getSimpleName(), unit.log().size());
        switch (message) {
            case Identify m -> identify();
            case ReadEventLog(long after) -> read(after);
            case DeleteEventLog(long upTo) -> delete(upTo);
            case ListPictures m -> reply(unit.pictures().list());
            case ReadPicture m -> reply(unit.pictures().read(m, world.dice));
            case DeletePicture(int number) -> reply(unit.pictures().delete(number));
            case Command command -> {
                world.require(tickets.add(command.ticket()), () -> name() + " got it twice in a session: " + command);
                reply(unit.carryOut(command));
            }
            default -> world.violated(name() + " got " + message);
        }
    }

    private void reply(FromUnit message) {
        owed--;
        say(message);
    }

    private void read(long after) {
        unit.mayLoseItsMemory();
        EventLog answer = unit.answer(after);
        if (after == 0 || readLog != unit.logId()) {
            readUpTo = 0;
            readLog = unit.logId();
        }
        if (after <= readUpTo && !answer.entries().isEmpty()) {
            readUpTo = Math.max(readUpTo, answer.entries().getLast().sequence());
        }
        reply(answer);
        if (answer.remaining() == 0) {
            mustGoOn();
        }
    }

    /** At the log's end a station waits for acknowledgements, but not for long. */
    private void mustGoOn() {
        long heardBefore = heardNanos;
        world.time.after(SETTLED, () -> {
            boolean wentOn = heardNanos != heardBefore || stationEnded || over;
            boolean excused = station.isDead() || line.isCut() || world.isStalled();
            world.require(wentOn || excused, () -> name() + " was left waiting at its log's end");
        });
    }

    /** What is deleted stood in answers of this session, from the log's start on, and main has it. */
    private void delete(long upTo) {
        world.require(
                readLog == unit.logId() && upTo <= readUpTo,
                () -> name() + " is to delete up to " + upTo + " and was read up to " + readUpTo);
        unit.delete(upTo, station);
        reply(new EventLogDeleted(upTo));
    }

    /** The station's direction has ended: most units hang up then, some wait until the station does. */
    void stationEnded() {
        stationEnded = true;
        if (vanishAfter != NEVER) {
            abandon(false);
        } else if (!over && !world.dice.oneIn(6)) {
            world.time.after(unit.thinking(), this::hangUp);
        }
    }

    void stationClosed() {
        end();
    }

    void hangUp() {
        if (!over) {
            line.unitEnds();
            end();
        }
    }

    /** The unit goes away without a word. */
    void abandon(boolean tellStation) {
        line.cut(tellStation, false);
        end();
    }

    private void end() {
        if (!over) {
            over = true;
            reader.close();
            world.trace.note(name(), "call over", owed);
            unit.callOver(this);
        }
    }

    private void losePatience() {
        long left = heardNanos + PATIENCE - world.time.nanos();
        if (left > 0 && !over) {
            world.time.after(left, this::losePatience);
        } else if (!over) {
            hangUp();
        }
    }
}
