package identicom.mediaservice.sweep;

import identicom.runtime.process.Health;
import identicom.runtime.process.Metrics;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sweeps at the start and then at its interval; after a failure it is tried again soon. One thread of its own. */
public final class SweepSchedule implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(SweepSchedule.class);
    private static final Duration AFTER_FAILURE = Duration.ofSeconds(5);

    private final Sweep sweep;
    private final Duration interval;
    private final Health.Component state;
    private final SweepMeters meters;
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("media-sweep").factory());

    public SweepSchedule(Sweep sweep, Duration interval, Health health, Metrics metrics) {
        this.sweep = sweep;
        this.interval = interval;
        this.state = health.register("media store", false);
        this.meters = new SweepMeters(metrics);
    }

    public void start() {
        thread.execute(this::turn);
    }

    private void turn() {
        Duration next = interval;
        try {
            Sweep.Result result = sweep.run();
            meters.swept(result);
            if (result.lost() > 0) {
                state.down(result.lost() + " pictures were lost from the store");
            } else {
                state.up();
            }
            LOG.info("Swept the store: {}", result);
        } catch (SQLException | IOException | RuntimeException e) {
            next = AFTER_FAILURE;
            state.down(e.toString());
            LOG.warn("The store could not be swept, next try in {} s: {}", next.toSeconds(), e.toString());
        }
        if (!thread.isShutdown()) {
            thread.schedule(this::turn, next.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    @Override
    public void close() {
        thread.shutdownNow();
        try {
            if (!thread.awaitTermination(10, TimeUnit.SECONDS)) {
                LOG.warn("The sweep under way did not end within 10 s");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
