package identicom.receiver.server;

import identicom.receiver.session.Effect;
import identicom.receiver.session.EndReason;
import identicom.schema.Cluster;
import identicom.schema.v1.Event;
import identicom.schema.v1.SessionClosed;
import identicom.schema.v1.SessionProgressed;
import io.netty.channel.EventLoop;
import io.netty.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What one session tells the sessions' topic: opened, progressed at most every 20 s, closed. The closed record waits up to 3 s
 * for what the clusters have not yet said of the session's critical events. Event loop only.
 */
final class SessionTelling {
    private static final Logger ACCESS = LoggerFactory.getLogger("access");
    private static final long PROGRESS_S = 20;
    private static final long LAST_WORD_S = 3;

    private final Station station;
    private final Supplier<String> source;
    private final ByteMeter meter;
    private final EventLoop loop;
    private final Runnable done;
    private final CriticalLedger ledger = new CriticalLedger();
    private final long startedNanos;
    private @Nullable SessionRecords records;
    private @Nullable Future<?> progress;
    private @Nullable Future<?> lastWord;
    private @Nullable EndReason reason;
    private boolean opened;
    private boolean told;
    private long toldBytes;
    private int events;
    private int deletes;

    /** @param source address and port that it comes from, as far as that is known when asked */
    SessionTelling(Station station, Supplier<String> source, ByteMeter meter, EventLoop loop, Runnable done) {
        this.station = station;
        this.source = source;
        this.meter = meter;
        this.loop = loop;
        this.done = done;
        this.startedNanos = station.nanoTime().getAsLong();
    }

    void identified(SessionRecords of) {
        records = of;
    }

    void opened(Effect.Opened opening) {
        opened = true;
        SessionRecords of = records;
        if (of != null) {
            station.publisher().session(of.opened(opening));
        }
        progress = loop.scheduleAtFixedRate(this::progress, PROGRESS_S, PROGRESS_S, TimeUnit.SECONDS);
    }

    void published(int count) {
        events += count;
    }

    void deleted() {
        deletes++;
    }

    void critical(long number, Event event) {
        ledger.published(number, event);
    }

    void acknowledged(long number, Cluster cluster, long atUs) {
        ledger.acknowledged(number, cluster, atUs);
        lastWordIfComplete();
    }

    void lost(long number) {
        ledger.lost(number);
        lastWordIfComplete();
    }

    private void progress() {
        SessionRecords of = records;
        if (of == null || (meter.in() == toldBytes && !ledger.hasNews())) {
            return;
        }
        toldBytes = meter.in();
        station.publisher()
                .session(of.progressed(SessionProgressed.newBuilder()
                        .setAtUs(station.nowUs().getAsLong())
                        .setLastByteAtUs(lastByteAtUs())
                        .addAllCritical(ledger.tell())));
    }

    /** The session is over; its last record follows, now or soon. */
    void ended(EndReason why) {
        reason = why;
        if (progress != null) {
            progress.cancel(false);
        }
        if (opened && ledger.owing()) {
            lastWord = loop.schedule(this::lastWord, LAST_WORD_S, TimeUnit.SECONDS);
        } else {
            lastWord();
        }
    }

    private void lastWordIfComplete() {
        if (reason != null && !told && !ledger.owing()) {
            lastWord();
        }
    }

    private void lastWord() {
        SessionRecords of = records;
        EndReason why = reason;
        if (told || why == null) {
            return;
        }
        told = true;
        if (lastWord != null) {
            lastWord.cancel(false);
        }
        if (opened && of != null) {
            station.publisher()
                    .session(of.closed(SessionClosed.newBuilder()
                            .setAtUs(station.nowUs().getAsLong())
                            .setReason(why.word())
                            .setBytesIn(meter.in())
                            .setBytesOut(meter.out())
                            .setEvents(events)
                            .setDeletes(deletes)
                            .setLastByteAtUs(lastByteAtUs())
                            .addAllCritical(ledger.tell())));
        }
        access(of, why);
        done.run();
    }

    /** One line a session, whose fields are JSON's own where lines are JSON; none for a load balancer's probe. */
    private void access(@Nullable SessionRecords of, EndReason why) {
        if (why == EndReason.PROBE) {
            return;
        }
        ACCESS.atInfo()
                .addKeyValue("session", of == null ? "-" : of.sessionId())
                .addKeyValue("serial", of == null ? "-" : of.unit().serial())
                .addKeyValue("station", station.name())
                .addKeyValue("source", source.get())
                .addKeyValue("outcome", why.word())
                .addKeyValue("durationMs", TimeUnit.NANOSECONDS.toMillis(nanoTime() - startedNanos))
                .addKeyValue("bytesIn", meter.in())
                .addKeyValue("bytesOut", meter.out())
                .addKeyValue("events", events)
                .addKeyValue("deletes", deletes)
                .log("session ended");
    }

    private long lastByteAtUs() {
        return station.nowUs().getAsLong() - TimeUnit.NANOSECONDS.toMicros(nanoTime() - meter.lastNanos());
    }

    private long nanoTime() {
        return station.nanoTime().getAsLong();
    }
}
