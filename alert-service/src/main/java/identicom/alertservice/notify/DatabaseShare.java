package identicom.alertservice.notify;

import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.Semaphore;

/**
 * One channel's share of the database: it asks for {@value #AT_ONCE} connections at most, and again after a short pause
 * when it is not answered, for what is being handed over cannot wait until its lease ends. Any thread.
 */
final class DatabaseShare {

    @FunctionalInterface
    interface Work<T> {
        T run() throws SQLException;
    }

    private static final int AT_ONCE = 2;
    private static final Duration FIRST_PAUSE = Duration.ofMillis(100);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(1);

    private final Semaphore turns = new Semaphore(AT_ONCE, true);

    /** @param within no other try begins later than this */
    <T> T run(Duration within, Work<T> work) throws SQLException, InterruptedException {
        long began = System.nanoTime();
        for (Duration pause = FIRST_PAUSE; ; pause = longer(pause)) {
            turns.acquire();
            try {
                return work.run();
            } catch (SQLException e) {
                if (System.nanoTime() - began + pause.toNanos() > within.toNanos()) {
                    throw e;
                }
            } finally {
                turns.release();
            }
            Thread.sleep(pause);
        }
    }

    private static Duration longer(Duration pause) {
        Duration twice = pause.multipliedBy(2);
        return twice.compareTo(LONGEST_PAUSE) < 0 ? twice : LONGEST_PAUSE;
    }
}
