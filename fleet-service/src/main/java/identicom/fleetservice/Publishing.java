package identicom.fleetservice;

import identicom.fleetservice.storage.Transactions;
import identicom.runtime.kafka.RetriableStorageException;
import identicom.runtime.process.Health;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** Waits until what a command has put into the outbox is with main. */
final class Publishing {
    private static final long LOOK_MS = 200;
    private static final Duration TOLD_EVERY = Duration.ofSeconds(5);
    private static final Duration STALL_LIMIT = Duration.ofSeconds(60);

    private Publishing() {}

    /**
     * Returns when none is left.
     *
     * @param left counts the rows that are waited for
     * @param health of who publishes them
     * @throws RetriableStorageException main has taken none for 60 s
     */
    static void await(Transactions transactions, Transactions.Work<Long> left, Health health, Consumer<String> progress)
            throws SQLException, InterruptedException {
        long least = Long.MAX_VALUE;
        long leastNanos = System.nanoTime();
        long toldNanos = System.nanoTime();
        long waiting = transactions.read(left);
        while (waiting > 0) {
            if (waiting < least) {
                least = waiting;
                leastNanos = System.nanoTime();
            } else if (System.nanoTime() - leastNanos > STALL_LIMIT.toNanos()) {
                throw new RetriableStorageException(
                        "Kafka main took no record for " + STALL_LIMIT.toSeconds() + " s; " + waiting
                                + " wait in the outbox, and a running fleet-service publishes them. "
                                + health.states());
            }
            if (System.nanoTime() - toldNanos > TOLD_EVERY.toNanos()) {
                toldNanos = System.nanoTime();
                progress.accept("records that wait to be published: " + waiting);
            }
            TimeUnit.MILLISECONDS.sleep(LOOK_MS);
            waiting = transactions.read(left);
        }
    }
}
