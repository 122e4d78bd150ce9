package identicom.runtime.tracing;

import io.micrometer.core.instrument.MeterRegistry;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.metrics.MeterProvider;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.propagation.TextMapGetter;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporter;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.export.BatchSpanProcessor;
import io.opentelemetry.sdk.trace.samplers.Sampler;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Traces by OpenTelemetry, exported as OTLP over HTTP. At most {@value #QUEUE} spans wait; further ones are dropped. Batches
 * are sent one after another by threads of their own, each once: what the endpoint does not take within 5 s is lost.
 */
final class OtlpTracing implements Tracing {
    private static final int QUEUE = 8_192;
    private static final int BATCH = 512;
    private static final Duration CONNECT_LIMIT = Duration.ofSeconds(3);
    private static final Duration SEND_LIMIT = Duration.ofSeconds(5);
    private static final long STOP_LIMIT_S = 3;
    private static final TextMapGetter<String> ONE_HEADER = new OneHeader();

    /** The text is the header's value; there is no other. */
    private static final class OneHeader implements TextMapGetter<String> {
        @Override
        public @Nullable String get(@Nullable String carrier, String key) {
            return HEADER.equals(key) ? carrier : null;
        }
    }

    private final double share;
    private final TellingExporter exporter;
    private final SdkTracerProvider provider;
    private final Tracer tracer;

    OtlpTracing(TracingSettings settings, String process) {
        this.share = settings.sample();
        this.exporter = new TellingExporter(
                settings.endpoint(),
                OtlpHttpSpanExporter.builder()
                        .setEndpoint(settings.endpoint())
                        .setConnectTimeout(CONNECT_LIMIT)
                        .setTimeout(SEND_LIMIT)
                        .setMeterProvider(MeterProvider.noop())
                        .build());
        this.provider = SdkTracerProvider.builder()
                .setResource(Resource.create(Attributes.of(AttributeKey.stringKey("service.name"), process)))
                .setSampler(Sampler.parentBased(Sampler.alwaysOn()))
                .addSpanProcessor(BatchSpanProcessor.builder(exporter)
                        .setMaxQueueSize(QUEUE)
                        .setMaxExportBatchSize(BATCH)
                        .setScheduleDelay(Duration.ofSeconds(1))
                        .setExporterTimeout(SEND_LIMIT.multipliedBy(2))
                        .build())
                .build();
        this.tracer = provider.get("identicom");
    }

    @Override
    public Span begin(String name, boolean always, long sinceUs) {
        if (!always && ThreadLocalRandom.current().nextDouble() >= share) {
            return Span.NONE;
        }
        return new OtlpSpan(
                tracer,
                tracer.spanBuilder(name)
                        .setNoParent()
                        .setSpanKind(SpanKind.SERVER)
                        .setStartTimestamp(sinceUs, TimeUnit.MICROSECONDS)
                        .startSpan());
    }

    @Override
    public Span handling(String name, byte @Nullable [] traceparent) {
        if (traceparent == null) {
            return Span.NONE;
        }
        Context sender = W3CTraceContextPropagator.getInstance()
                .extract(Context.root(), new String(traceparent, StandardCharsets.US_ASCII), ONE_HEADER);
        if (!io.opentelemetry.api.trace.Span.fromContext(sender)
                .getSpanContext()
                .isSampled()) {
            return Span.NONE;
        }
        return new OtlpSpan(
                tracer,
                tracer.spanBuilder(name)
                        .setParent(sender)
                        .setSpanKind(SpanKind.CONSUMER)
                        .startSpan());
    }

    @Override
    public void countIn(MeterRegistry registry) {
        exporter.countIn(registry);
    }

    @Override
    public void close() {
        provider.shutdown().join(STOP_LIMIT_S, TimeUnit.SECONDS);
    }
}
