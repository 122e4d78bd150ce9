package identicom.runtime.tracing;

import io.micrometer.core.instrument.MeterRegistry;
import org.jspecify.annotations.Nullable;

/** {@link Tracing#OFF}. */
final class NoTracing implements Tracing {
    @Override
    public Span begin(String name, boolean always, long sinceUs) {
        return Span.NONE;
    }

    @Override
    public Span handling(String name, byte @Nullable [] traceparent) {
        return Span.NONE;
    }

    @Override
    public void countIn(MeterRegistry registry) {}

    @Override
    public void close() {}
}
