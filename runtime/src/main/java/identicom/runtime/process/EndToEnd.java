package identicom.runtime.process;

import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/**
 * How long it takes from a station's reading of something until a service has stored it. Station and service have clocks of
 * their own: what seems to take less than no time counts as no time. Any thread.
 */
public final class EndToEnd {
    private final Timer timer;
    private final InstantSource clock;

    /**
     * @param service such as {@code log-service}
     * @param what the class of an event, or {@code picture}
     */
    public EndToEnd(Metrics metrics, String service, String what) {
        this(metrics, service, what, InstantSource.system());
    }

    EndToEnd(Metrics metrics, String service, String what, InstantSource clock) {
        this.clock = clock;
        this.timer = Metrics.latency("identicom.end.to.end")
                .description("From a station's reading to where the service has it stored")
                .tag("service", service)
                .tag("class", what)
                .register(metrics.registry());
    }

    /** @param readAt by the station's clock; 1970 or before: the record does not say */
    public void stored(Instant readAt) {
        if (readAt.isAfter(Instant.EPOCH)) {
            Duration taken = Duration.between(readAt, clock.instant());
            timer.record(taken.isNegative() ? Duration.ZERO : taken);
        }
    }
}
