package identicom.runtime.tracing;

import org.jspecify.annotations.Nullable;

/** {@link Span#NONE}. */
final class NoSpan implements Span {
    @Override
    public Span sending(String name) {
        return this;
    }

    @Override
    public Span with(String attribute, String value) {
        return this;
    }

    @Override
    public byte @Nullable [] traceparent() {
        return null;
    }

    @Override
    public void end() {}

    @Override
    public void failed(String why) {}
}
