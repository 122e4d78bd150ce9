package identicom.runtime.tracing;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import java.util.Collection;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.LongAdder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Counts what another exporter does, and says once that spans are lost and once that they are taken again. Any thread. */
final class TellingExporter implements SpanExporter {
    private static final Logger LOG = LoggerFactory.getLogger(TellingExporter.class);

    private final String endpoint;
    private final SpanExporter exporter;
    private final LongAdder exported = new LongAdder();
    private final LongAdder lost = new LongAdder();
    private final AtomicBoolean away = new AtomicBoolean();

    /** @param endpoint as the log names it */
    TellingExporter(String endpoint, SpanExporter exporter) {
        this.endpoint = endpoint;
        this.exporter = exporter;
    }

    void countIn(MeterRegistry registry) {
        counter(registry, "exported", exported);
        counter(registry, "lost", lost);
    }

    private static void counter(MeterRegistry registry, String outcome, LongAdder count) {
        FunctionCounter.builder("identicom.traces.spans", count, LongAdder::sum)
                .description("Spans handed over to the endpoint, or lost because it did not take them")
                .tag("outcome", outcome)
                .register(registry);
    }

    @Override
    public CompletableResultCode export(Collection<SpanData> spans) {
        int count = spans.size();
        CompletableResultCode result = exporter.export(spans);
        result.whenComplete(() -> done(count, result.isSuccess()));
        return result;
    }

    private void done(int count, boolean taken) {
        (taken ? exported : lost).add(count);
        if (!taken && away.compareAndSet(false, true)) {
            LOG.warn("{} does not take spans: traces are lost until it does", endpoint);
        }
        if (taken && away.compareAndSet(true, false)) {
            LOG.info("{} takes spans again", endpoint);
        }
    }

    @Override
    public CompletableResultCode flush() {
        return exporter.flush();
    }

    @Override
    public CompletableResultCode shutdown() {
        return exporter.shutdown();
    }
}
