package identicom.simulator.unit;

import identicom.wire.message.EventEntry;
import identicom.wire.message.EventLog;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/**
 * A unit's event memory: entries in ascending sequence, the oldest overwritten when it is full. Not thread safe; its
 * {@link SimulatedUnit} guards it.
 */
final class UnitLog {
    private static final int MOST_REMAINING = 65_535;

    private final int logId;
    private final int capacity;
    private final ArrayDeque<EventEntry> entries = new ArrayDeque<>();
    private long lastSequence;

    UnitLog(int logId, int capacity) {
        this.logId = logId;
        this.capacity = capacity;
    }

    int logId() {
        return logId;
    }

    boolean full() {
        return entries.size() >= capacity;
    }

    /** The sequence of the next entry. */
    long nextSequence() {
        return lastSequence + 1;
    }

    /** Leaves out {@code count} sequence numbers. */
    void skip(int count) {
        lastSequence += count;
    }

    void add(EventEntry entry) {
        entries.addLast(entry);
        lastSequence = entry.sequence();
    }

    EventEntry overwriteOldest() {
        return entries.removeFirst();
    }

    /** Removes and returns all entries up to and with {@code upTo}. */
    List<EventEntry> delete(long upTo) {
        List<EventEntry> gone = new ArrayList<>();
        while (!entries.isEmpty() && entries.getFirst().sequence() <= upTo) {
            gone.add(entries.removeFirst());
        }
        return gone;
    }

    /** The answer to {@code 02 after}. */
    EventLog read(long after) {
        List<EventEntry> page = new ArrayList<>();
        int above = 0;
        for (EventEntry entry : entries) {
            if (entry.sequence() > after) {
                above++;
                if (page.size() < EventLog.MAX_ENTRIES) {
                    page.add(entry);
                }
            }
        }
        return new EventLog(Math.min(above - page.size(), MOST_REMAINING), false, logId, page);
    }

    /** A pushed frame with {@code pushed}, which are entries of this log. */
    EventLog push(List<EventEntry> pushed) {
        long last = pushed.getLast().sequence();
        long remaining = entries.stream().filter(e -> e.sequence() > last).count();
        return new EventLog((int) Math.min(remaining, MOST_REMAINING), true, logId, pushed);
    }

    /** The newest entries of that kind that fit into a frame, in ascending order. */
    List<EventEntry> newest(Predicate<EventEntry> kind) {
        List<EventEntry> all = entries.stream().filter(kind).toList();
        return all.subList(Math.max(0, all.size() - EventLog.MAX_ENTRIES), all.size());
    }

    List<EventEntry> entries() {
        return List.copyOf(entries);
    }

    boolean isEmpty() {
        return entries.isEmpty();
    }

    boolean any(Predicate<EventEntry> kind) {
        return entries.stream().anyMatch(kind);
    }
}
