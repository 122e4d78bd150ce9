package identicom.receiver.simulation;

import identicom.wire.codec.Instructions;
import identicom.wire.event.EventCatalogue;
import identicom.wire.message.Command;
import identicom.wire.message.CommandResult;
import identicom.wire.message.EventEntry;
import identicom.wire.message.EventLog;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A unit as PROTOCOL.md describes it: a ring of entries, pictures, a clock of its own, and a will to dial in. */
final class UnitModel {
    private static final List<Integer> TYPES = List.of(0x20, 0x21, 0x20, 0x3b, 0x48, 0x32, 0x24, 0x7f);
    private static final int LOG_IDS = EventLog.MAX_LOG_ID + 1;
    private static final int MOST_AT_ONCE = 12;
    private static final int REMEMBERED_TICKETS = 64;
    private static final long CALMED_DOWN = TimeUnit.SECONDS.toNanos(40);

    private final World world;
    private final String name;
    private final String serial;
    private final boolean stranger;
    private final int capacity;
    private final int slowestMillis;
    private final NavigableMap<Long, EventEntry> log = new TreeMap<>();
    private final UnitPictures pictures;
    private final Map<Long, CommandResult> answered = new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Long, CommandResult> eldest) {
            return size() > REMEMBERED_TICKETS;
        }
    };
    private int logId;
    private long lastSequence;
    private int lastPicture;
    private final long pictureTimes;
    private long clockSkewSeconds;
    private @Nullable Call call;
    private int dialling;
    private boolean dialledInCalm;
    private boolean heardOut;
    private boolean vanishing;
    private boolean gone;

    UnitModel(World world, String name, String serial, boolean stranger) {
        this.world = world;
        this.name = name;
        this.serial = serial;
        this.stranger = stranger;
        this.capacity = world.dice.oneIn(5) ? 10 : 1_000;
        this.slowestMillis = world.dice.oneIn(10) ? 40_000 : 200;
        this.logId = world.dice.below(LOG_IDS);
        this.pictureTimes = world.dice.below(1_000_000);
        this.pictures = new UnitPictures(world, name);
    }

    String name() {
        return name;
    }

    String serial() {
        return serial;
    }

    boolean stranger() {
        return stranger;
    }

    int logId() {
        return logId;
    }

    NavigableMap<Long, EventEntry> log() {
        return log;
    }

    UnitPictures pictures() {
        return pictures;
    }

    @Nullable Call call() {
        return call;
    }

    long thinking() {
        return world.dice.millis(1, world.calm() ? 200 : slowestMillis);
    }

    void jumpClock() {
        clockSkewSeconds = world.dice.between(-100_000, 100_000);
    }

    /** Something happens to its wearer, and the unit may push it where it is connected. */
    void logSomething() {
        lastSequence += 1 + (world.dice.oneIn(4) ? world.dice.below(50) : 0);
        EventEntry entry = EventEntry.of(
                lastSequence,
                world.wallSeconds() + clockSkewSeconds,
                world.dice.of(TYPES),
                0,
                world.dice.any(),
                0,
                world.dice.below(256),
                -70);
        log.put(lastSequence, entry);
        world.journal.logged(
                Identity.of(serial, logId, entry), EventCatalogue.standard().type(entry.type()));
        while (log.size() > capacity) {
            log.pollFirstEntry();
        }
        if (call != null && world.dice.oneIn(2)) {
            call.push(newest());
        }
    }

    void takePicture() {
        int size =
                world.dice.oneIn(8) ? 0 : world.dice.oneIn(10) ? UnitPictures.MAX_BYTES + 1 : world.dice.below(1_500);
        PictureModel picture = new PictureModel(
                ++lastPicture,
                world.dice.bytes(size),
                world.wallSeconds() + pictureTimes,
                size > 0 && world.dice.oneIn(8));
        pictures.add(picture);
        world.journal.taken(serial, picture);
    }

    private List<EventEntry> newest() {
        List<EventEntry> newest = new ArrayList<>(log.descendingMap().values().stream()
                .limit(world.dice.between(1, 4))
                .toList());
        return newest.reversed();
    }

    EventLog answer(long after) {
        NavigableMap<Long, EventEntry> above = log.tailMap(after, false);
        List<EventEntry> entries = above.values().stream()
                .limit(world.dice.between(1, MOST_AT_ONCE))
                .toList();
        return new EventLog(above.size() - entries.size(), false, logId, entries);
    }

    /** Its memory may be replaced while the station waits to read it. */
    void mayLoseItsMemory() {
        if (!world.calm() && world.dice.oneIn(30)) {
            replaceMemory();
            if (call != null && world.dice.oneIn(2)) {
                call.push(log.isEmpty() ? List.of() : newest());
            }
        }
    }

    private void replaceMemory() {
        world.trace.note(name, "another memory", logId);
        log.clear();
        logId = (logId + 1 + world.dice.below(LOG_IDS / 8)) % LOG_IDS;
        lastSequence = 0;
        for (int i = world.dice.below(8); i > 0; i--) {
            logSomething();
        }
    }

    void delete(long upTo, SimulatedStation told) {
        Map<Long, EventEntry> gone = log.headMap(upTo, true);
        gone.values().forEach(entry -> world.journal.deleted(Identity.of(serial, logId, entry), told));
        gone.clear();
    }

    /** Once for each ticket that it remembers, also when it was off meanwhile. */
    CommandResult carryOut(Command command) {
        CommandResult before = answered.get(command.ticket());
        if (before != null) {
            return before;
        }
        CommandResult result = world.orders.done(this, command);
        answered.put(command.ticket(), result);
        if (command.opcode() == Instructions.TAKE_PICTURE) {
            takePicture();
        } else if (command.opcode() == Instructions.REPORT_POSITION) {
            logSomething();
        }
        return result;
    }

    /** Its power is gone and comes back: the connection is lost, and sometimes the memory. */
    void reboot() {
        world.trace.note(name, "reboots", log.size());
        if (call != null) {
            call.abandon(world.dice.oneIn(2));
        }
        if (world.dice.oneIn(2)) {
            replaceMemory();
        }
        dialWithin(1_000, 10_000);
    }

    void callOver(Call over) {
        if (call == over) {
            call = null;
            if (world.calm()) {
                heardOut |= dialledInCalm;
                dialWithin(2_000, 10_000);
            } else {
                dialWithin(500, 15_000);
            }
        }
    }

    /** Its next call is its last one. */
    void vanish() {
        vanishing = true;
    }

    /** Nothing more is to come of it. */
    boolean content() {
        return call == null && (gone || (stranger ? heardOut : log.isEmpty() && pictures.isEmpty() && hasDoneAll()));
    }

    /** A station whose clock was set may take commands for expired that are not. */
    private boolean hasDoneAll() {
        return world.clocksWereSet() || world.orders.waiting(serial) == 0;
    }

    void dialWithin(long fromMillis, long toMillis) {
        int mine = ++dialling;
        world.time.after(world.dice.millis(fromMillis, toMillis), () -> {
            if (mine == dialling && call == null && !gone && !(world.calm() && content())) {
                dial();
            }
        });
    }

    private void dial() {
        SimulatedStation station = world.anyStation();
        if (station == null) {
            dialWithin(1_000, 5_000);
            return;
        }
        call = new Call(world, this, station);
        dialledInCalm = world.calmFor() > CALMED_DOWN;
        boolean silent = !world.calm() && world.dice.oneIn(15);
        List<EventEntry> push = (stranger || world.dice.oneIn(2)) && !log.isEmpty() ? newest() : List.<EventEntry>of();
        if (stranger && dialledInCalm && !vanishing) {
            push.forEach(entry -> world.journal.mustBeQuarantined(Identity.of(serial, logId, entry)));
        }
        if (vanishing) {
            call.vanishAfter(world.dice.below(8));
            gone = true;
        }
        call.begin(silent, push);
    }
}
