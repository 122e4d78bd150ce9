package identicom.receiver.publish;

import identicom.schema.v1.SessionRecord;
import identicom.schema.v1.StationHeartbeat;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Session records and heartbeats on their way out, so that a heartbeat never says more than is true: everything that was heard up
 * to its {@code at_us} stands before it in its partition.
 *
 * <ol>
 *   <li>A heartbeat is first only a mark among the session records. It is handed to the producer when main has acknowledged
 *       every record before the mark; so none of them can end up behind it, whatever the producer does about failures.
 *   <li>A record that main will not have is replaced by the time at which its unit was last heard ({@link Untold}), which is sent
 *       again until main has it, or a newer record of the unit. While anything of that kind is left, no heartbeat is sent at all.
 *   <li>A unit that identified itself and has no opened record yet (the whitelist is asked) lowers the claim of each mark to
 *       before that moment. It does so for 5 s at most: a whitelist answers in half a second.
 * </ol>
 *
 * <p>Any thread; never blocks longer than a map takes, but for {@link #last}.
 */
final class SessionDispatch {
    static final int MOST_UNTOLD = 200_000;
    private static final int RESENT_AT_ONCE = 1_000;
    private static final long LONGEST_JUDGEMENT_US = TimeUnit.SECONDS.toMicros(5);
    private static final int MOST_IDENTIFYING = 100_000;

    /** Records between two marks, and the heartbeat that stands behind them. */
    private static final class Stretch {
        private int outstanding;
        private @Nullable SessionRecord mark;
    }

    private final Outbox outbox;
    private final BooleanSupplier silent;
    private final BooleanSupplier nowhere;
    private final LongSupplier nowUs;
    private final Untold untold;
    private final Shut shut = new Shut();
    private final Object lock = new Object();
    private final Map<String, Long> identifying = new LinkedHashMap<>();
    private final Deque<Stretch> stretches = new ArrayDeque<>();
    private @Nullable SessionRecord ready;
    private long claimedUs = -1;
    private long marks;
    private long marksSent;
    private long marksReady;

    /**
     * @param silent whether main is
     * @param nowhere whether a critical event can be accepted nowhere
     */
    SessionDispatch(
            Outbox outbox, BooleanSupplier silent, BooleanSupplier nowhere, LongSupplier nowUs, int mostUntold) {
        this.outbox = outbox;
        this.silent = silent;
        this.nowhere = nowhere;
        this.nowUs = nowUs;
        this.untold = new Untold(mostUntold);
        stretches.add(new Stretch());
    }

    /** Whether the station can accept critical events may have changed. */
    void look() {
        synchronized (lock) {
            shut.look(nowhere.getAsBoolean(), nowUs.getAsLong());
        }
    }

    /** Serials of which main does not know when they were last heard. */
    int untold() {
        synchronized (lock) {
            return untold.size();
        }
    }

    /** A unit identifies itself now: no heartbeat will claim this moment before its opened record is out. */
    long identifying(String sessionId) {
        synchronized (lock) {
            long now = nowUs.getAsLong();
            if (now == claimedUs) {
                now++; // a heartbeat speaks of this very microsecond already
            }
            if (identifying.size() < MOST_IDENTIFYING) {
                identifying.putIfAbsent(sessionId, now);
            }
            return now;
        }
    }

    /** The session is opened or never will be. */
    void identified(String sessionId) {
        synchronized (lock) {
            identifying.remove(sessionId);
        }
    }

    void session(SessionRecord record) {
        Stretch stretch;
        synchronized (lock) {
            stretch = stretches.getLast();
            stretch.outstanding++;
            identifying.remove(record.getSessionId());
        }
        offer(record, arrived -> settled(stretch, record, arrived));
    }

    private void offer(SessionRecord record, Outbox.Outcome outcome) {
        outbox.offer(record.getSerial().getBytes(StandardCharsets.UTF_8), record.toByteArray(), outcome);
    }

    private void settled(Stretch stretch, SessionRecord record, boolean arrived) {
        synchronized (lock) {
            stretch.outstanding--;
            if (arrived) {
                untold.told(record.getSerial(), Untold.heardUs(record));
            } else {
                untold.keep(record);
            }
            sendReady();
        }
    }

    /** Says what {@code heartbeat} says as soon as it is true; a newer one may take its place. */
    void heartbeat(SessionRecord heartbeat) {
        look();
        mark(heartbeat);
        resend();
    }

    private long mark(SessionRecord heartbeat) {
        synchronized (lock) {
            SessionRecord claimed = claimed(heartbeat);
            claimedUs = claimed.getHeartbeat().getAtUs();
            stretches.getLast().mark = claimed;
            stretches.add(new Stretch());
            marks++;
            sendReady();
            return marks;
        }
    }

    /** The same, of the moment before the oldest identification that is not told yet. */
    private SessionRecord claimed(SessionRecord heartbeat) {
        StationHeartbeat said = heartbeat.getHeartbeat();
        long tooOld = said.getAtUs() - LONGEST_JUDGEMENT_US;
        identifying.values().removeIf(at -> at < tooOld);
        long at = identifying.values().stream().mapToLong(heard -> heard - 1).reduce(said.getAtUs(), Math::min);
        return heartbeat.toBuilder()
                .setHeartbeat(said.toBuilder()
                        .setAtUs(at)
                        .setUptimeUs(Math.max(1, said.getUptimeUs() - (said.getAtUs() - at))))
                .build();
    }

    private void sendReady() {
        while (stretches.size() > 1 && stretches.getFirst().outstanding == 0) {
            ready = stretches.removeFirst().mark;
            marksReady++;
        }
        SessionRecord beat = ready;
        if (beat == null || !untold.isEmpty()) {
            return;
        }
        ready = null;
        StationHeartbeat.Builder said = beat.getHeartbeat().toBuilder();
        SessionRecord record = beat.toBuilder()
                .setHeartbeat(said.setGapFromUs(untold.gapFromUs())
                        .setGapToUs(untold.gapToUs())
                        .addAllShut(shut.upTo(said.getAtUs())))
                .build();
        untold.gapSaid();
        outbox.offerToAll(record.getStation().getBytes(StandardCharsets.UTF_8), record.toByteArray());
        marksSent = marksReady;
        lock.notifyAll();
    }

    /** Sends on what was lost. What fails again waits for the next heartbeat. */
    private void resend() {
        if (silent.getAsBoolean()) {
            return;
        }
        List<List<SessionRecord>> batches = new ArrayList<>();
        synchronized (lock) {
            long now = nowUs.getAsLong();
            untold.next(RESENT_AT_ONCE).forEach(serial -> batches.add(untold.records(serial, now)));
        }
        batches.forEach(this::resend);
    }

    private void resend(List<SessionRecord> records) {
        AtomicInteger left = new AtomicInteger(records.size());
        AtomicBoolean allArrived = new AtomicBoolean(true);
        for (SessionRecord record : records) {
            offer(record, arrived -> {
                if (!arrived) {
                    allArrived.set(false);
                }
                if (left.decrementAndGet() == 0) {
                    resent(record.getSerial(), allArrived.get());
                }
            });
        }
    }

    private void resent(String serial, boolean arrived) {
        boolean goOn;
        synchronized (lock) {
            untold.sent(serial, arrived);
            sendReady();
            goOn = arrived && !untold.isEmpty();
        }
        if (goOn) {
            resend();
        }
    }

    /**
     * The last heartbeat of this process, behind all its session records. Waits until they are through.
     *
     * @return whether it was handed to the producer; if not, nothing was claimed that is not true
     */
    boolean last(SessionRecord heartbeat, Duration limit) throws InterruptedException {
        long until = System.nanoTime() + limit.toNanos();
        long number = mark(heartbeat);
        resend();
        synchronized (lock) {
            while (marksSent < number) {
                long leftMs = TimeUnit.NANOSECONDS.toMillis(until - System.nanoTime());
                if (leftMs <= 0) {
                    return false;
                }
                lock.wait(leftMs);
            }
            return true;
        }
    }
}
