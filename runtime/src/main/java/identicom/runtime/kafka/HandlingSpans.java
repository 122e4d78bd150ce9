package identicom.runtime.kafka;

import identicom.runtime.tracing.Span;
import identicom.runtime.tracing.Tracing;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;

/** The spans of one hand-over of a batch: of its records that carry a trace. Confined to one thread. */
final class HandlingSpans {
    private static final HandlingSpans NONE = new HandlingSpans(List.of());

    private record Traced(ConsumerRecord<byte[], byte[]> record, Span span) {}

    private final List<Traced> traced;

    private HandlingSpans(List<Traced> traced) {
        this.traced = traced;
    }

    static HandlingSpans begin(
            Tracing tracing, ConsumeLoop.Options options, List<ConsumerRecord<byte[], byte[]>> records) {
        if (tracing == Tracing.OFF) {
            return NONE;
        }
        String name = "handle " + options.name();
        List<Traced> traced = new ArrayList<>();
        for (ConsumerRecord<byte[], byte[]> record : records) {
            Header header = record.headers().lastHeader(Tracing.HEADER);
            Span span = header == null ? Span.NONE : tracing.handling(name, header.value());
            if (span != Span.NONE) {
                traced.add(new Traced(record, about(span, options, record)));
            }
        }
        return new HandlingSpans(traced);
    }

    private static Span about(Span span, ConsumeLoop.Options options, ConsumerRecord<byte[], byte[]> record) {
        return span.with("messaging.system", "kafka")
                .with("messaging.destination.name", record.topic())
                .with("messaging.destination.partition.id", Integer.toString(record.partition()))
                .with("messaging.kafka.offset", Long.toString(record.offset()))
                .with("messaging.consumer.group.name", options.group())
                .with("identicom.cluster", options.cluster().word());
    }

    void end() {
        traced.forEach(one -> one.span.end());
    }

    /** All of it is handed over again, and begins anew then. */
    void failed(String why) {
        traced.forEach(one -> one.span.failed(why));
    }

    /** The others are handed over again and begin anew then: of this hand-over they leave no span. */
    void poisoned(ConsumerRecord<byte[], byte[]> poison, String reason) {
        traced.stream()
                .filter(one -> one.record.equals(poison))
                .forEach(one -> one.span.failed("quarantine: " + reason));
    }
}
