package identicom.alertservice.journey;

import identicom.alertservice.view.Journey;
import identicom.runtime.process.Metrics;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.time.Instant;

/** How long alerts take on their way to a person; with the standard's limits as buckets. */
final class JourneyMeters {

    private final Timer sent;
    private final Timer acknowledged;

    JourneyMeters(Metrics metrics) {
        sent = timer(metrics, "identicom.alerts.raised.to.sent", "From an alert's raising to the first screen");
        acknowledged =
                timer(metrics, "identicom.alerts.raised.to.acknowledged", "From an alert's raising to being taken up");
    }

    private static Timer timer(Metrics metrics, String name, String description) {
        return Timer.builder(name)
                .description(description)
                .serviceLevelObjectives(
                        Duration.ofMillis(100),
                        Duration.ofMillis(500),
                        Duration.ofSeconds(1),
                        Duration.ofSeconds(2),
                        Duration.ofSeconds(5),
                        Statistics.SOON,
                        Statistics.LATEST,
                        Duration.ofMinutes(2),
                        Duration.ofMinutes(10))
                .register(metrics.registry());
    }

    void sent(Instant raisedAt, Instant sentAt) {
        sent.record(Journey.between(raisedAt, sentAt));
    }

    void acknowledged(Instant raisedAt, Instant acknowledgedAt) {
        acknowledged.record(Journey.between(raisedAt, acknowledgedAt));
    }
}
