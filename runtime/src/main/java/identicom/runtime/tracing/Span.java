package identicom.runtime.tracing;

import org.jspecify.annotations.Nullable;

/** Something that takes its time in one process, as part of a trace. Any thread. */
public interface Span {
    /** Of what is not traced: does nothing, makes nothing. */
    Span NONE = new NoSpan();

    /** A span within this one: of a record on its way to Kafka. */
    Span sending(String name);

    /** Says more about it; returns it. */
    Span with(String attribute, String value);

    /**
     * What a record carries so that its reader goes on with the trace: {@code traceparent} of W3C Trace Context in ASCII. Null:
     * not traced.
     */
    byte @Nullable [] traceparent();

    /** It is over and went well. */
    void end();

    /** It is over. @param why for a person */
    void failed(String why);
}
