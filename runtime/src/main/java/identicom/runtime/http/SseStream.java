package identicom.runtime.http;

import org.jspecify.annotations.Nullable;

public final class SseStream implements AutoCloseable {
    /** Waits for room; closes the stream when there is none for long. */
    public void event(@Nullable String id, String event, String data) {}

    /** Never waits; closes the stream and returns false when its queue is full. */
    public boolean offer(@Nullable String id, String event, String data) {
        return false;
    }

    public void comment(String text) {}

    public boolean isOpen() {
        return false;
    }

    public void onClose(Runnable action) {}

    @Override
    public void close() {}
}
