package identicom.logservice.upkeep;

import identicom.runtime.process.Health;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Does work at the start and again and again, sooner after a failure; whichever instance holds the work's advisory lock does it, the
 * others leave it to that one. Its state stands in the process's health and does not take the process out of service. One thread.
 */
public final class Upkeep implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Upkeep.class);
    private static final Duration STOP_WITHIN = Duration.ofSeconds(10);

    private final String name;
    private final Plan plan;
    private final DataSource database;
    private final Health.Component state;
    private final ScheduledExecutorService thread;

    /**
     * When it is done.
     *
     * @param name one word: of the thread ({@code event-log-NAME}), the advisory lock ({@code event_log.NAME}) and the part of the health
     * @param period after work that was done
     * @param afterFailure after work that failed
     */
    public record Plan(String name, Duration period, Duration afterFailure) {}

    /** All of it, once. */
    @FunctionalInterface
    public interface Work {
        void run() throws SQLException;
    }

    /** What the holder of the lock does. */
    @FunctionalInterface
    public interface Turn<T> {
        /** @param connection holds the lock; commits by itself, and must be left so */
        T run(Connection connection) throws SQLException;
    }

    public Upkeep(Plan plan, DataSource database, Health health) {
        this.name = "event-log " + plan.name();
        this.plan = plan;
        this.database = database;
        this.state = health.register(name, false);
        this.thread = Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().name("event-log-" + plan.name()).factory());
    }

    public void start(Work work) {
        thread.execute(() -> again(work));
    }

    private void again(Work work) {
        Duration next = plan.period();
        try {
            work.run();
            state.up();
        } catch (SQLException | RuntimeException e) {
            next = plan.afterFailure();
            state.down(e.toString());
            LOG.warn("{} failed, next try in {} s: {}", name, next.toSeconds(), e.toString());
        }
        if (!thread.isShutdown()) {
            thread.schedule(() -> again(work), next.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    /** Takes a turn in the calling thread. @return what it made, or {@code otherwise} where another instance is at it */
    public <T> T alone(T otherwise, Turn<T> turn) throws SQLException {
        try (Connection connection = database.getConnection()) {
            if (!yes(connection, "select pg_try_advisory_lock(hashtextextended(?, 0))")) {
                return otherwise;
            }
            try {
                return turn.run(connection);
            } finally {
                yes(connection, "select pg_advisory_unlock(hashtextextended(?, 0))");
            }
        }
    }

    private boolean yes(Connection connection, String question) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(question)) {
            statement.setString(1, "event_log." + plan.name());
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                return row.getBoolean(1);
            }
        }
    }

    @Override
    public void close() {
        thread.shutdownNow();
        try {
            if (!thread.awaitTermination(STOP_WITHIN.toSeconds(), TimeUnit.SECONDS)) {
                LOG.warn("{} did not end within {} s", name, STOP_WITHIN.toSeconds());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
