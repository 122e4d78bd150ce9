package identicom.receiver.publish;

import com.google.protobuf.InvalidProtocolBufferException;
import identicom.schema.v1.SessionClosed;
import identicom.schema.v1.SessionProgressed;
import identicom.schema.v1.SessionRecord;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the station has heard of units and main does not have: of each serial when it was last heard and in which session, and
 * that session's closed record where it was lost. Guarded by its owner's lock.
 *
 * <p>Bounded: of more than {@code most} serials the later ones are not kept, and the station cannot say whom it heard between
 * {@link #gapFromUs} and {@link #gapToUs}. 200,000 take up to 70 MB.
 */
final class Untold {
    private static final int MOST_ACKNOWLEDGEMENTS = 8;

    /** Heartbeats, 2 s apart, in each of which a gap stood before another may take its place: one may be lost. */
    private static final int SAID_ENOUGH = 5;

    /** @param closed bytes of the session's closed record, if that was lost; smaller in memory than the record */
    private record Kept(String sessionId, String station, long heardUs, byte @Nullable [] closed) {
        Kept newer(Kept other) {
            return other.heardUs >= heardUs ? other : this;
        }
    }

    private final Map<String, Kept> waiting = new LinkedHashMap<>();
    private final Map<String, Kept> sending = new HashMap<>();
    private final int most;
    private long gapFromUs;
    private long gapToUs;
    private boolean gapIsOver = true;
    private int gapSaid = SAID_ENOUGH;

    Untold(int most) {
        this.most = most;
    }

    boolean isEmpty() {
        return waiting.isEmpty() && sending.isEmpty();
    }

    int size() {
        return waiting.size() + sending.size();
    }

    /** Microseconds since 1970 UTC; 0: nothing was ever forgotten. Of several gaps the last one, unless that would hide one. */
    long gapFromUs() {
        return gapFromUs;
    }

    long gapToUs() {
        return gapToUs;
    }

    /** When {@code record} says that its unit was last heard. */
    static long heardUs(SessionRecord record) {
        return switch (record.getWhatCase()) {
            case OPENED -> record.getOpened().getAtUs();
            case PROGRESSED -> record.getProgressed().getLastByteAtUs();
            case CLOSED -> record.getClosed().getLastByteAtUs();
            case HEARTBEAT, WHAT_NOT_SET -> 0;
        };
    }

    /** Main will never have {@code lost}. */
    void keep(SessionRecord lost) {
        byte[] closed = lost.hasClosed() ? small(lost.getClosed()).toByteArray() : null;
        keep(lost.getSerial(), new Kept(lost.getSessionId(), lost.getStation(), heardUs(lost), closed));
    }

    private void keep(String serial, Kept kept) {
        if (!waiting.containsKey(serial) && size() >= most) {
            boolean another = gapIsOver && gapSaid >= SAID_ENOUGH;
            gapFromUs = another ? kept.heardUs : Math.min(gapFromUs, kept.heardUs);
            gapToUs = another ? kept.heardUs : Math.max(gapToUs, kept.heardUs);
            gapIsOver = false;
            gapSaid = 0;
            return;
        }
        waiting.merge(serial, kept, Kept::newer);
    }

    private static SessionClosed small(SessionClosed closed) {
        return closed.getCriticalCount() <= MOST_ACKNOWLEDGEMENTS
                ? closed
                : closed.toBuilder()
                        .clearCritical()
                        .addAllCritical(closed.getCriticalList().subList(0, MOST_ACKNOWLEDGEMENTS))
                        .build();
    }

    /** Main has a record of this serial that says that it was heard at {@code heardUs}: older ones need not be told. */
    void told(String serial, long heardUs) {
        waiting.computeIfPresent(serial, (same, kept) -> kept.heardUs <= heardUs ? null : kept);
        noteEnd();
    }

    /** The serials to be told now, so that at most {@code atOnce} are under way; they are told by {@link #records}. */
    List<String> next(int atOnce) {
        List<String> serials = new ArrayList<>();
        Iterator<Map.Entry<String, Kept>> each = waiting.entrySet().iterator();
        while (sending.size() < atOnce && each.hasNext()) {
            Map.Entry<String, Kept> next = each.next();
            if (sending.putIfAbsent(next.getKey(), next.getValue()) == null) {
                serials.add(next.getKey());
                each.remove();
            }
        }
        return serials;
    }

    /** A heartbeat says the gap now. */
    void gapSaid() {
        gapSaid = Math.min(gapSaid + 1, SAID_ENOUGH);
    }

    /** What is to be published of a serial under way: when it was last heard, and that its session is over. */
    List<SessionRecord> records(String serial, long nowUs) {
        Kept kept = sending.get(serial);
        if (kept == null) {
            return List.of();
        }
        SessionRecord.Builder record = SessionRecord.newBuilder()
                .setSerial(serial)
                .setSessionId(kept.sessionId)
                .setStation(kept.station);
        List<SessionRecord> records = new ArrayList<>();
        records.add(record.setProgressed(
                        SessionProgressed.newBuilder().setAtUs(nowUs).setLastByteAtUs(kept.heardUs))
                .build());
        if (kept.closed != null) {
            records.add(record.setClosed(closed(kept.closed)).build());
        }
        return records;
    }

    private static SessionClosed closed(byte[] bytes) {
        try {
            return SessionClosed.parseFrom(bytes);
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalStateException("a record made here cannot be read", e);
        }
    }

    /** What was under way of a serial has arrived, or must be sent again. */
    void sent(String serial, boolean arrived) {
        Kept kept = sending.remove(serial);
        if (kept == null) {
            return;
        }
        if (arrived) {
            told(serial, kept.heardUs);
        } else {
            waiting.merge(serial, kept, (newer, older) -> older.newer(newer));
        }
    }

    private void noteEnd() {
        gapIsOver |= isEmpty();
    }
}
