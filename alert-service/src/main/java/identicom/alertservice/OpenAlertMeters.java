package identicom.alertservice;

import identicom.alertservice.alert.AlertState;
import identicom.alertservice.store.OpenAlerts;
import identicom.alertservice.store.OpenAlerts.Count;
import identicom.alertservice.store.Transactions;
import identicom.alertservice.timer.Repeating;
import identicom.runtime.process.Metrics;
import io.micrometer.core.instrument.Gauge;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.function.LongSupplier;

/**
 * How many alerts stand open and acknowledged, asked of the database every 5 s: the same at every instance. Not a number while
 * the database has not said for 30 s. Any thread.
 */
final class OpenAlertMeters implements AutoCloseable {

    private static final Duration EVERY = Duration.ofSeconds(5);
    private static final long STALE_NANOS = Duration.ofSeconds(30).toNanos();

    private record Counted(List<Count> counts, long atNanos) {}

    private final Transactions transactions;
    private final LongSupplier nanos;
    private final Repeating counting = new Repeating("alerts-counting", EVERY, this::count);
    private volatile Counted counted;

    OpenAlertMeters(Metrics metrics, Transactions transactions) {
        this(metrics, transactions, System::nanoTime);
    }

    /** @param nanos a monotonic clock */
    OpenAlertMeters(Metrics metrics, Transactions transactions, LongSupplier nanos) {
        this.transactions = transactions;
        this.nanos = nanos;
        this.counted = new Counted(List.of(), nanos.getAsLong() - STALE_NANOS - 1);
        for (AlertState state : List.of(AlertState.OPEN, AlertState.ACKNOWLEDGED)) {
            for (boolean test : new boolean[] {false, true}) {
                Gauge.builder("identicom.alerts.open", this, me -> me.standing(state, test))
                        .description("Alerts that are not closed, as the database has them")
                        .tag("state", state.text())
                        .tag("test", Boolean.toString(test))
                        .register(metrics.registry());
            }
        }
    }

    void start() {
        counting.start();
    }

    void count() throws SQLException {
        counted = new Counted(transactions.run(OpenAlerts::count), nanos.getAsLong());
    }

    private double standing(AlertState state, boolean test) {
        Counted last = counted;
        if (nanos.getAsLong() - last.atNanos > STALE_NANOS) {
            return Double.NaN;
        }
        return last.counts.stream()
                .filter(one -> one.state() == state && one.test() == test)
                .mapToLong(Count::alerts)
                .sum();
    }

    @Override
    public void close() {
        counting.close();
    }
}
