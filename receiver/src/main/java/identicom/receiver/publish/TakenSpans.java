package identicom.receiver.publish;

import identicom.runtime.tracing.Span;
import identicom.runtime.tracing.Tracing;
import identicom.schema.v1.Event;
import identicom.schema.v1.EventClass;
import identicom.schema.v1.PictureBlock;
import identicom.schema.v1.Quarantined;
import java.util.Locale;

/** The first spans of traces: from the reading of a frame to the hand-over of what it brought. Any thread. */
final class TakenSpans {
    private final Tracing tracing;

    TakenSpans(Tracing tracing) {
        this.tracing = tracing;
    }

    Span event(Event event) {
        boolean emergency = event.getEventClass() == EventClass.CRITICAL;
        Span span = tracing.begin("take event", emergency, event.getAcceptedAtUs());
        if (span == Span.NONE) {
            return span;
        }
        return about(span, event.getStation(), event.getSerial(), event.getSessionId())
                .with("identicom.class", event.getEventClass().name().toLowerCase(Locale.ROOT))
                .with("identicom.type", event.getTypeName());
    }

    Span picture(PictureBlock block) {
        Span span = tracing.begin("take picture block", false, block.getReadAtUs());
        return span == Span.NONE
                ? span
                : about(span, block.getStation(), block.getIdentity().getSerial(), block.getSessionId());
    }

    /** Of what is no emergency nothing is traced. */
    Span quarantined(Quarantined record) {
        if (tracing == Tracing.OFF
                || record.getEventsList().stream().noneMatch(event -> event.getEventClass() == EventClass.CRITICAL)) {
            return Span.NONE;
        }
        Span span = tracing.begin("take quarantined", true, record.getAtUs());
        return about(span, record.getStation(), record.getSerial(), record.getSessionId());
    }

    private static Span about(Span span, String station, String serial, String session) {
        return span.with("identicom.station", station)
                .with("identicom.serial", serial)
                .with("identicom.session", session);
    }
}
