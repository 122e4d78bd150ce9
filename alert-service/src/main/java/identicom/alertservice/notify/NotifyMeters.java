package identicom.alertservice.notify;

import identicom.runtime.process.Metrics;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;

/** What was tried on which channel, and what came back. No address in a label. */
public final class NotifyMeters {

    private final MeterRegistry registry;

    public NotifyMeters(Metrics metrics) {
        this.registry = metrics.registry();
    }

    /** @param outcome {@code accepted}, {@code later}, {@code never} or {@code stopped} */
    void attempt(String channel, String outcome) {
        Counter.builder("identicom.notify.attempts")
                .description("Notifications that were to be handed over, by what became of it")
                .tag("channel", channel)
                .tag("outcome", outcome)
                .register(registry)
                .increment();
    }

    /** @param outcome {@code receipt}, {@code taken}, {@code refused}, {@code ignored} or {@code dropped} */
    void reply(String outcome) {
        Counter.builder("identicom.notify.replies")
                .description("What came back from phone networks, by what became of it")
                .tag("outcome", outcome)
                .register(registry)
                .increment();
    }
}
