package identicom.alertservice.supervision;

import identicom.alertservice.store.Transactions;
import identicom.alertservice.supervision.store.Clock;
import identicom.alertservice.supervision.store.Overview;
import identicom.alertservice.supervision.store.Overview.Which;
import identicom.alertservice.supervision.store.Progress;
import identicom.runtime.process.Metrics;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Timer;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.function.ToDoubleFunction;

/**
 * How many units stand how, counted now and then for the meters and for whoever asks. The meters are not a number while the
 * database has not said for 30 s. Any thread.
 */
final class SupervisionMeters {

    static final Duration EVERY = Duration.ofSeconds(10);
    private static final long STALE_NANOS = Duration.ofSeconds(30).toNanos();

    /**
     * @param supervised commissioned, all of them
     * @param ageSeconds of the watermark; not a number where there is none
     * @param atNanos when it was counted, by a monotonic clock
     */
    record Counted(
            long supervised, long overdue, long neverSeen, long off, double ageSeconds, int blind, long atNanos) {}

    private final Transactions transactions;
    private final Clock clock;
    private final LongSupplier nanos;
    private final Timer sweeps;
    private volatile Counted counted;

    SupervisionMeters(Metrics metrics, Transactions transactions, Clock clock) {
        this(metrics, transactions, clock, System::nanoTime);
    }

    /** @param nanos a monotonic clock */
    SupervisionMeters(Metrics metrics, Transactions transactions, Clock clock, LongSupplier nanos) {
        this.transactions = transactions;
        this.clock = clock;
        this.nanos = nanos;
        this.counted = new Counted(0, 0, 0, 0, Double.NaN, 0, nanos.getAsLong() - STALE_NANOS - 1);
        this.sweeps = Timer.builder("identicom.supervision.sweep")
                .description("How long a sweep takes")
                .register(metrics.registry());
        Gauge.builder("identicom.supervision.overdue", this, me -> me.said(Counted::overdue))
                .description("Units that should have called and have not")
                .register(metrics.registry());
        Gauge.builder("identicom.supervision.never.seen", this, me -> me.said(Counted::neverSeen))
                .description("Commissioned units that were never heard")
                .register(metrics.registry());
        Gauge.builder("identicom.supervision.watermark.age", this, me -> me.said(Counted::ageSeconds))
                .description("How long ago everything was heard, by the database's clock")
                .baseUnit("seconds")
                .register(metrics.registry());
        Gauge.builder("identicom.supervision.blind", this, me -> me.said(Counted::blind))
                .description("Stations that are silent, and this service where it reads late")
                .register(metrics.registry());
    }

    private double said(ToDoubleFunction<Counted> what) {
        Counted last = counted;
        return nanos.getAsLong() - last.atNanos > STALE_NANOS ? Double.NaN : what.applyAsDouble(last);
    }

    void swept(long tookNanos) {
        sweeps.record(tookNanos, TimeUnit.NANOSECONDS);
    }

    /** As it was at most {@link #EVERY} ago. */
    Counted counted() {
        return counted;
    }

    void count() throws SQLException {
        counted = transactions.snapshot(tx -> {
            Long watermark = Progress.state(tx).watermarkUs();
            return new Counted(
                    Overview.count(tx, Which.ALL),
                    Overview.count(tx, Which.OVERDUE),
                    Overview.count(tx, Which.NEVER_SEEN),
                    Overview.count(tx, Which.OFF),
                    watermark == null ? Double.NaN : (clock.nowUs(tx) - watermark) / 1e6,
                    Progress.blind(tx).size(),
                    nanos.getAsLong());
        });
    }
}
