package identicom.logservice.events;

import identicom.runtime.process.EndToEnd;
import identicom.runtime.process.Metrics;
import io.micrometer.core.instrument.Counter;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What the event log counts. */
final class LogMeters {
    private final Counter stored;
    private final Counter repeated;
    private final Counter raised;
    private final Counter moved;
    private final Map<String, EndToEnd> endToEnd = new HashMap<>();

    LogMeters(Metrics metrics) {
        stored = counter(metrics, "identicom.log.events.stored", "Events stored for the first time");
        repeated = counter(metrics, "identicom.log.events.repeated", "Events delivered that were stored already");
        raised = counter(metrics, "identicom.log.events.raised", "Stored events whose trust rose");
        moved = counter(
                metrics, "identicom.log.events.moved", "Events moved from the default partition to their month's");
        for (String eventClass : List.of("routine", "high", "critical")) {
            endToEnd.put(eventClass, new EndToEnd(metrics, "log-service", eventClass));
        }
    }

    /** Once a delivery that is stored, by this or an earlier one. */
    void arrived(Collection<EventRow> rows) {
        for (EventRow row : rows) {
            EndToEnd one = endToEnd.get(row.eventClass());
            if (one != null) {
                one.stored(row.acceptedAt());
            }
        }
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
