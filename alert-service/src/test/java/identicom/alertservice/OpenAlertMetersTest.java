package identicom.alertservice;

import static identicom.alertservice.Events.MAN_DOWN;
import static identicom.alertservice.Events.NOON;
import static identicom.alertservice.Events.critical;
import static org.assertj.core.api.Assertions.assertThat;

import identicom.alertservice.alert.Handling.Outcome;
import identicom.alertservice.store.StoreFixture;
import identicom.runtime.process.Metrics;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class OpenAlertMetersTest extends StoreFixture {

    private final Metrics metrics = new Metrics();
    private final AtomicLong nanos = new AtomicLong();

    @AfterEach
    void closeMetrics() {
        metrics.close();
    }

    private double standing(String state, boolean test) {
        return metrics.registry()
                .get("identicom.alerts.open")
                .tag("state", state)
                .tag("test", Boolean.toString(test))
                .gauge()
                .value();
    }

    @Test
    void alertsAreCountedByWhereTheyStand() throws Exception {
        try (OpenAlertMeters meters = new OpenAlertMeters(metrics, transactions, nanos::get)) {
            store(critical("OPEN-1", 1, MAN_DOWN, NOON));
            store(critical("OPEN-2", 1, MAN_DOWN, NOON));
            store(critical("TAKEN", 1, MAN_DOWN, NOON));
            store(critical("GONE", 1, MAN_DOWN, NOON));
            actions.acknowledge(idOf("TAKEN"), ANN);
            actions.close(idOf("GONE"), ANN, Outcome.GENUINE, null);
            assertThat(standing("open", false)).isNaN();

            meters.count();

            assertThat(standing("open", false)).isEqualTo(2);
            assertThat(standing("acknowledged", false)).isEqualTo(1);
            assertThat(standing("open", true)).isZero();
        }
    }

    @Test
    void whatTheDatabaseHasNotSaidForLongIsNoNumber() throws Exception {
        try (OpenAlertMeters meters = new OpenAlertMeters(metrics, transactions, nanos::get)) {
            meters.count();
            nanos.addAndGet(Duration.ofSeconds(30).toNanos());
            assertThat(standing("open", false)).isZero();
            nanos.incrementAndGet();
            assertThat(standing("open", false)).isNaN();
        }
    }

    private UUID idOf(String serial) throws Exception {
        return alerts().stream()
                .filter(alert -> serial.equals(alert.serial()))
                .findFirst()
                .orElseThrow()
                .id();
    }
}
