package identicom.alertservice.stream;

import identicom.alertservice.timer.Repeating;
import identicom.runtime.process.Health;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import javax.sql.DataSource;

/**
 * Knows whether the database answers: it is asked every 200 ms, over a connection of its own so that no queue for one
 * stands in between. What counts is when the last answer came, so a database that hangs is noticed as fast as one that
 * refuses.
 */
public final class DatabasePulse implements AutoCloseable {

    /** Without an answer for this long the database is away. */
    public static final Duration AWAY_AFTER = Duration.ofSeconds(1);

    private static final Duration BEAT = Duration.ofMillis(200);

    private final DataSource database;
    private final Health.Component health;
    private final Repeating beating;
    private volatile long answeredAt = System.nanoTime();

    /** @param database a pool of one connection, used by nobody else */
    public DatabasePulse(DataSource database, Health health) {
        this.database = database;
        this.health = health.register("alerts-database", false);
        this.beating = new Repeating("alerts-pulse", BEAT, this::beat);
    }

    public void start() {
        beating.start();
    }

    /** Whether it has not answered for {@link #AWAY_AFTER}. */
    public boolean away() {
        boolean away = System.nanoTime() - answeredAt > AWAY_AFTER.toNanos();
        if (away) {
            health.down("no answer for " + AWAY_AFTER.toMillis() + " ms");
        }
        return away;
    }

    private void beat() throws SQLException {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("select 1");
        }
        answeredAt = System.nanoTime();
        health.up();
    }

    @Override
    public void close() {
        beating.close();
    }
}
