package identicom.receiver;

import identicom.receiver.publish.Publisher;
import identicom.receiver.publish.StationState;
import identicom.schema.v1.SessionRecord;
import identicom.schema.v1.StationHeartbeat;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.IntSupplier;
import java.util.function.LongSupplier;

/** Says every 2 s, to every partition of the sessions' topic, that the station lives. */
final class Heartbeat implements AutoCloseable {
    private final String station;
    private final Publisher publisher;
    private final StationState state;
    private final BooleanSupplier draining;
    private final IntSupplier sessions;
    private final LongSupplier nowUs;
    private final long startedAtUs;
    private final long startedNanos = System.nanoTime();
    private final ScheduledExecutorService executor = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("station-clock").daemon(true).factory());

    Heartbeat(
            String station,
            Publisher publisher,
            StationState state,
            BooleanSupplier draining,
            IntSupplier sessions,
            LongSupplier nowUs) {
        this.station = station;
        this.publisher = publisher;
        this.state = state;
        this.draining = draining;
        this.sessions = sessions;
        this.nowUs = nowUs;
        this.startedAtUs = nowUs.getAsLong();
    }

    void start(Duration every) {
        executor.scheduleAtFixedRate(this::beat, 0, every.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Runs {@code task} again and again on this clock's thread, where it may block for a moment. */
    void also(Duration every, Runnable task) {
        executor.scheduleWithFixedDelay(task, every.toMillis(), every.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void beat() {
        publisher.heartbeat(SessionRecord.newBuilder()
                .setStation(station)
                .setHeartbeat(StationHeartbeat.newBuilder()
                        .setAtUs(nowUs.getAsLong())
                        .setDraining(draining.getAsBoolean())
                        .setStartedAtUs(startedAtUs)
                        .setUptimeUs(TimeUnit.NANOSECONDS.toMicros(System.nanoTime() - startedNanos))
                        .setOpenSessions(sessions.getAsInt())
                        .setMainSilent(state.mainSilent())
                        .setPrioritySilent(state.prioritySilent()))
                .build());
    }

    @Override
    public void close() {
        executor.shutdownNow();
    }
}
