package identicom.alertservice.supervision;

import static org.assertj.core.api.Assertions.assertThat;

import identicom.alertservice.store.Transactions;
import identicom.alertservice.supervision.store.Clock;
import identicom.alertservice.supervision.store.Progress;
import identicom.runtime.process.Metrics;
import identicom.schema.DatabaseSchema;
import identicom.testing.TestDatabase;
import identicom.testing.TestPostgres;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A database that is away must not look like a watermark that moves. */
class SupervisionMetersTest {
    private final Metrics metrics = new Metrics();
    private final AtomicLong nanos = new AtomicLong();
    private final Clock clock = new Clock(() -> Duration.ZERO);
    private TestDatabase database;
    private Transactions transactions;
    private SupervisionMeters meters;

    @BeforeEach
    void open() throws SQLException {
        database = TestDatabase.on(TestPostgres.shared(), DatabaseSchema.ALERTS);
        transactions = new Transactions(database.service());
        meters = new SupervisionMeters(metrics, transactions, clock, nanos::get);
    }

    @AfterEach
    void close() {
        metrics.close();
        database.close();
    }

    private double said(String name) {
        return metrics.registry().get(name).gauge().value();
    }

    @Test
    void theWatermarksAgeIsNoNumberBeforeItWasSaidOrWhereThereIsNone() throws Exception {
        assertThat(said("identicom.supervision.watermark.age")).isNaN();
        assertThat(said("identicom.supervision.overdue")).isNaN();

        meters.count();

        assertThat(said("identicom.supervision.watermark.age")).isNaN();
        assertThat(said("identicom.supervision.overdue")).isZero();
    }

    @Test
    void whatTheDatabaseHasNotSaidForLongIsNoNumber() throws Exception {
        transactions.run(tx -> {
            long nowUs = clock.nowUs(tx);
            Progress.write(tx, nowUs - Duration.ofMinutes(2).toNanos() / 1_000, nowUs, false);
            return true;
        });
        meters.count();
        nanos.addAndGet(Duration.ofSeconds(30).toNanos());
        assertThat(said("identicom.supervision.watermark.age")).isGreaterThanOrEqualTo(120);
        assertThat(said("identicom.supervision.blind")).isZero();

        nanos.incrementAndGet();

        assertThat(said("identicom.supervision.watermark.age")).isNaN();
        assertThat(said("identicom.supervision.blind")).isNaN();
    }
}
