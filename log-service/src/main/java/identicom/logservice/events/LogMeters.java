package identicom.logservice.events;

import identicom.runtime.process.Metrics;
import io.micrometer.core.instrument.Counter;

/** What the event log counts. */
final class LogMeters {
    private final Counter stored;
    private final Counter repeated;
    private final Counter raised;
    private final Counter moved;

    LogMeters(Metrics metrics) {
        stored = counter(metrics, "identicom.log.events.stored", "Events stored for the first time");
        repeated = counter(metrics, "identicom.log.events.repeated", "Events delivered that were stored already");
        raised = counter(metrics, "identicom.log.events.raised", "Stored events whose trust rose");
        moved = counter(
                metrics, "identicom.log.events.moved", "Events moved from the default partition to their month's");
    }

    private static Counter counter(Metrics metrics, String name, String description) {
        return Counter.builder(name).description(description).register(metrics.registry());
    }

    void batch(long newRows, long repeats, long trustRaised) {
        stored.increment(newRows);
        repeated.increment(repeats);
        raised.increment(trustRaised);
    }

    void moved(long rows) {
        moved.increment(rows);
    }
}
