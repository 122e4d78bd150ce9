package identicom.receiver.session;

import identicom.wire.message.DeleteEventLog;
import identicom.wire.message.EventEntry;
import identicom.wire.message.EventLog;
import identicom.wire.message.EventLogDeleted;
import identicom.wire.message.FromUnit;
import identicom.wire.message.ReadEventLog;
import identicom.wire.message.ToUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.SplittableRandom;
import java.util.TreeMap;

/** A unit as PROTOCOL.md describes it, with a log that has gaps, grows, and is now and then replaced. */
final class ModelUnit {
    private static final int[] TYPES = {0x20, 0x21, 0x3b, 0x32, 0x48};

    private final SplittableRandom random;
    private final boolean replaces;
    final NavigableMap<Long, EventEntry> log = new TreeMap<>();
    int logId;
    private long next = 1;

    ModelUnit(SplittableRandom random, int entries, boolean replaces) {
        this.random = random;
        this.replaces = replaces;
        this.logId = random.nextInt(0x8000);
        for (int i = 0; i < entries; i++) {
            logSomething();
        }
    }

    EventEntry logSomething() {
        next += 1 + (random.nextInt(4) == 0 ? random.nextInt(100) : 0);
        EventEntry entry = Units.entry(next, TYPES[random.nextInt(TYPES.length)]);
        log.put(next, entry);
        return entry;
    }

    /** Something happens: it is logged, and pushed with whatever the unit likes to push with it. */
    EventLog push() {
        EventEntry entry = logSomething();
        return new EventLog(0, true, logId, List.of(entry));
    }

    /** What the unit says to {@code request}, in order. */
    List<FromUnit> answer(ToUnit request) {
        return switch (request) {
            case ReadEventLog read -> read(read.after());
            case DeleteEventLog delete -> delete(delete.upTo());
            default -> throw new AssertionError("unexpected " + request);
        };
    }

    private List<FromUnit> read(long after) {
        List<FromUnit> frames = new ArrayList<>();
        if (replaces && random.nextInt(12) == 0) {
            log.clear();
            logId = (logId + 1 + random.nextInt(100)) & 0x7fff;
            next = random.nextInt(3);
            int entries = random.nextInt(60);
            for (int i = 0; i < entries; i++) {
                logSomething();
            }
            if (random.nextBoolean()) {
                frames.add(push());
            }
        }
        List<EventEntry> entries = log.tailMap(after, false).values().stream()
                .limit(1 + random.nextInt(EventLog.MAX_ENTRIES))
                .toList();
        int left = log.tailMap(after, false).size() - entries.size();
        frames.add(new EventLog(Math.min(left, 65535), false, logId, entries));
        return frames;
    }

    private List<FromUnit> delete(long upTo) {
        log.headMap(upTo, true).clear();
        return List.of(new EventLogDeleted(upTo));
    }

    /** What {@code upTo} would delete now. */
    List<EventEntry> wouldDelete(long upTo) {
        return log.headMap(upTo, true).entrySet().stream()
                .map(Map.Entry::getValue)
                .toList();
    }
}
