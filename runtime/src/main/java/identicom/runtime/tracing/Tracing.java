package identicom.runtime.tracing;

import identicom.runtime.config.Configuration;
import identicom.runtime.config.Key;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Traces of what units said, from the station over Kafka into the services. What is not traced costs a comparison; what is never
 * waits: where spans cannot be got rid of they are lost. Any thread.
 */
public interface Tracing extends AutoCloseable {
    /** The header of a record that carries its trace. */
    String HEADER = "traceparent";

    /** No traces at all. */
    Tracing OFF = new NoTracing();

    List<Key<?>> KEYS = TracingSettings.KEYS;

    /** {@link #OFF} unless an endpoint is configured. @param process as traces name it, such as {@code identicom-receiver} */
    static Tracing from(Configuration configuration, String process) {
        TracingSettings settings = TracingSettings.from(configuration);
        return settings.endpoint().isEmpty() ? OFF : new OtlpTracing(settings, process);
    }

    /**
     * The first span of a trace; {@link Span#NONE} where chance leaves it out.
     *
     * @param always it is not left to chance
     * @param sinceUs when it began: microseconds since 1970 UTC
     */
    Span begin(String name, boolean always, long sinceUs);

    /** Begins the handling of a record. @param traceparent of its header; null, or none that can be read: {@link Span#NONE} */
    Span handling(String name, byte @Nullable [] traceparent);

    /** Shows how many spans were handed over, and how many lost. */
    void countIn(MeterRegistry registry);

    /** Hands over what is left, for 3 s at most. */
    @Override
    void close();
}
