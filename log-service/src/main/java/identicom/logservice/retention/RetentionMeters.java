package identicom.logservice.retention;

import identicom.runtime.process.Metrics;
import io.micrometer.core.instrument.Counter;

/** What retention counts. */
final class RetentionMeters {
    private final Counter critical;
    private final Counter high;
    private final Counter routine;
    private final Counter turns;

    RetentionMeters(Metrics metrics) {
        critical = erased(metrics, "critical");
        high = erased(metrics, "high");
        routine = erased(metrics, "routine");
        turns = Counter.builder("identicom.log.retention.turns")
                .description("Looks for events past their months that went through")
                .register(metrics.registry());
    }

    private static Counter erased(Metrics metrics, String eventClass) {
        return Counter.builder("identicom.log.events.erased")
                .description("Events erased because their months were over")
                .tag("class", eventClass)
                .register(metrics.registry());
    }

    void erased(ErasedEvents erased) {
        critical.increment(erased.critical());
        high.increment(erased.high());
        routine.increment(erased.routine());
    }

    void turn() {
        turns.increment();
    }
}
