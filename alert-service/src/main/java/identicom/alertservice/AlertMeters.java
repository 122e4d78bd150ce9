package identicom.alertservice;

import identicom.alertservice.stream.Board;
import identicom.alertservice.stream.UnstoredWatch;
import identicom.runtime.process.Metrics;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;

/** The meters of this service. Never a serial in a label. */
final class AlertMeters {

    private AlertMeters() {}

    static void register(Metrics metrics, Board board, UnstoredWatch watch) {
        MeterRegistry registry = metrics.registry();
        Gauge.builder("identicom.alerts.not.closed", board, Board::open)
                .description("Alerts that are not closed, as this instance holds them")
                .register(registry);
        Gauge.builder(
                        "identicom.alerts.events.unstored",
                        board,
                        b -> b.unstored().size())
                .description("Critical events that screens were shown and that are not stored yet")
                .register(registry);
        FunctionCounter.builder("identicom.alerts.events.refused", board, b -> b.refused() + watch.refused())
                .description("Critical events that memory had no room for; they come by the consumers")
                .register(registry);
    }
}
