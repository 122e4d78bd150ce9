package identicom.receiver;

import identicom.receiver.publish.StationState;
import identicom.schema.v1.SessionRecord;
import identicom.schema.v1.StationHeartbeat;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.IntSupplier;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Says every 2 s, to every partition of the sessions' topic, that the station lives. */
final class Heartbeat implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Heartbeat.class);

    /** Says the last heartbeat, and waits for what must stand before it. Whether it could be said. */
    @FunctionalInterface
    interface LastWord {
        boolean say(SessionRecord heartbeat, Duration limit) throws InterruptedException;
    }

    private final String station;
    private final Consumer<SessionRecord> say;
    private final LastWord lastWord;
    private final StationState state;
    private final BooleanSupplier draining;
    private final IntSupplier sessions;
    private final LongSupplier nowUs;
    private final long startedAtUs;
    private final long startedNanos = System.nanoTime();
    private final ScheduledExecutorService executor = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("station-clock").daemon(true).factory());

    /** For what may hang on a disk: it holds up no heartbeat. */
    private final ScheduledExecutorService chores = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("station-chores").daemon(true).factory());

    private volatile boolean ended;

    Heartbeat(
            String station,
            Consumer<SessionRecord> say,
            LastWord lastWord,
            StationState state,
            BooleanSupplier draining,
            IntSupplier sessions,
            LongSupplier nowUs) {
        this.station = station;
        this.say = say;
        this.lastWord = lastWord;
        this.state = state;
        this.draining = draining;
        this.sessions = sessions;
        this.nowUs = nowUs;
        this.startedAtUs = nowUs.getAsLong();
    }

    void start(Duration every) {
        executor.scheduleAtFixedRate(this::beat, 0, every.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Runs {@code task} again and again on a thread of its own, where it may block. */
    void also(Duration every, Runnable task) {
        chores.scheduleWithFixedDelay(() -> survived(task), every.toMillis(), every.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void beat() {
        if (!ended) {
            survived(() -> say.accept(present()));
        }
    }

    /** A task that throws would never be run again. */
    private static void survived(Runnable task) {
        try {
            task.run();
        } catch (RuntimeException e) {
            LOG.error("The station's clock goes on after a failure: this is a bug", e);
        }
    }

    /** The last word of this process: it is sent behind the last record of every session, or not at all. */
    void last(Duration limit) throws InterruptedException {
        ended = true;
        if (!lastWord.say(present(), limit)) {
            LOG.warn("The last heartbeat was not sent: main does not have all that was heard");
        }
    }

    private SessionRecord present() {
        return SessionRecord.newBuilder()
                .setStation(station)
                .setHeartbeat(StationHeartbeat.newBuilder()
                        .setAtUs(nowUs.getAsLong())
                        .setDraining(draining.getAsBoolean())
                        .setStartedAtUs(startedAtUs)
                        .setUptimeUs(TimeUnit.NANOSECONDS.toMicros(System.nanoTime() - startedNanos))
                        .setOpenSessions(sessions.getAsInt())
                        .setMainSilent(state.mainSilent())
                        .setPrioritySilent(state.prioritySilent()))
                .build();
    }

    @Override
    public void close() {
        executor.shutdownNow();
        chores.shutdownNow();
    }
}
