package identicom.runtime.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.Timer;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class EndToEndTest {
    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

    private final Metrics metrics = new Metrics();
    private final EndToEnd endToEnd = new EndToEnd(metrics, "log-service", "high", () -> NOW);

    @AfterEach
    void close() {
        metrics.close();
    }

    private Timer timer() {
        return metrics.registry().get("identicom.end.to.end").timer();
    }

    @Test
    void whatItTookStandsInItsBucket() {
        endToEnd.stored(NOW.minusMillis(300));
        assertThat(metrics.scrape())
                .contains(
                        "identicom_end_to_end_seconds_bucket{class=\"high\",service=\"log-service\",le=\"0.25\"} 0",
                        "identicom_end_to_end_seconds_bucket{class=\"high\",service=\"log-service\",le=\"0.5\"} 1");
    }

    @Test
    void aStationWhoseClockIsAheadTookNoTime() {
        endToEnd.stored(NOW.plusSeconds(5));
        assertThat(timer().count()).isEqualTo(1);
        assertThat(timer().totalTime(TimeUnit.SECONDS)).isZero();
    }

    @Test
    void aRecordThatDoesNotSayWhenIsLeftOut() {
        endToEnd.stored(Instant.EPOCH);
        assertThat(timer().count()).isZero();
    }
}
