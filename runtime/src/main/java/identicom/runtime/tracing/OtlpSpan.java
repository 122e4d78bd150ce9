package identicom.runtime.tracing;

import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import java.nio.charset.StandardCharsets;

/** A span that is exported. */
final class OtlpSpan implements Span {
    private final Tracer tracer;
    private final io.opentelemetry.api.trace.Span span;

    OtlpSpan(Tracer tracer, io.opentelemetry.api.trace.Span span) {
        this.tracer = tracer;
        this.span = span;
    }

    @Override
    public Span sending(String name) {
        return new OtlpSpan(
                tracer,
                tracer.spanBuilder(name)
                        .setParent(Context.root().with(span))
                        .setSpanKind(SpanKind.PRODUCER)
                        .startSpan());
    }

    @Override
    public Span with(String attribute, String value) {
        span.setAttribute(attribute, value);
        return this;
    }

    @Override
    public byte[] traceparent() {
        SpanContext context = span.getSpanContext();
        String header = "00-" + context.getTraceId() + "-" + context.getSpanId() + "-"
                + context.getTraceFlags().asHex();
        return header.getBytes(StandardCharsets.US_ASCII);
    }

    @Override
    public void end() {
        span.end();
    }

    @Override
    public void failed(String why) {
        span.setStatus(StatusCode.ERROR, why);
        span.end();
    }
}
