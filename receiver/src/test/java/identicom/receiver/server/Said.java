package identicom.receiver.server;

import identicom.wire.message.DeleteEventLog;
import identicom.wire.message.EventEntry;
import identicom.wire.message.EventLog;
import identicom.wire.message.EventLogDeleted;
import identicom.wire.message.Identification;
import identicom.wire.message.ListPictures;
import identicom.wire.message.Message;
import identicom.wire.message.PictureList;
import identicom.wire.message.ReadEventLog;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.stream.LongStream;

/** A unit's log behind a {@link RawUnit}, answering as PROTOCOL.md says until the station ends the session. */
public final class Said {
    public static final int LOG = 7;
    public static final int STATUS = 0x20;
    public static final int MAN_DOWN = 0x3b;

    public final NavigableMap<Long, EventEntry> log = new TreeMap<>();
    public final List<Message> requests = new ArrayList<>();
    public final List<Long> deletes = new ArrayList<>();

    public static Identification identification(String serial) {
        return new Identification(serial, "2.01");
    }

    /** Every third number, so that there are gaps. */
    public static Said entries(int count) {
        Said said = new Said();
        LongStream.rangeClosed(1, count).forEach(i -> said.put(3 * i, STATUS));
        return said;
    }

    public void put(long sequence, int type) {
        log.put(sequence, entry(sequence, type));
    }

    public static EventEntry entry(long sequence, int type) {
        return EventEntry.of(sequence, 1_700_000_000L, type, 1, 481_000_000, 115_000_000, 77, -71);
    }

    public static EventLog push(long sequence, int type) {
        return new EventLog(0, true, LOG, List.of(entry(sequence, type)));
    }

    /** Answers each request until the station's end. {@code atRequest} runs before the n-th answer. */
    public Said converse(RawUnit unit, java.util.function.IntConsumer atRequest) {
        for (Message request = unit.next(); request != null; request = unit.next()) {
            atRequest.accept(requests.size());
            requests.add(request);
            switch (request) {
                case ReadEventLog read -> unit.send(answer(read.after()));
                case DeleteEventLog delete -> {
                    deletes.add(delete.upTo());
                    log.headMap(delete.upTo(), true).clear();
                    unit.send(new EventLogDeleted(delete.upTo()));
                }
                case ListPictures list -> unit.send(new PictureList(List.of()));
                default -> throw new AssertionError("unexpected " + request);
            }
        }
        return this;
    }

    public Said converse(RawUnit unit) {
        return converse(unit, n -> {});
    }

    /** The answer to a first read that was taken off the line already. */
    EventLog firstAnswer() {
        return answer(0);
    }

    private EventLog answer(long after) {
        List<EventEntry> entries = log.tailMap(after, false).values().stream()
                .limit(EventLog.MAX_ENTRIES)
                .toList();
        return new EventLog(log.tailMap(after, false).size() - entries.size(), false, LOG, entries);
    }
}
