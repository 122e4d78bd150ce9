package identicom.runtime.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.helidon.http.HeaderNames;
import io.helidon.http.Status;
import io.helidon.webserver.http.ServerResponse;
import java.io.OutputStream;
import java.time.Duration;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** The answer. Exactly one of {@code json}, {@code bytes}, {@code empty}, {@code stream} and {@code sse} is called, once. Confined to the request's thread. */
public final class Response {
    private final ServerResponse response;
    private final OpenStreams openStreams;
    private final BooleanSupplier stillAllowed;
    private final boolean secureCookie;
    private @Nullable OutputStream out;
    private @Nullable SseStream sse;
    private boolean begun;

    Response(ServerResponse response, OpenStreams openStreams, BooleanSupplier stillAllowed, boolean secureCookie) {
        this.response = response;
        this.openStreams = openStreams;
        this.stillAllowed = stillAllowed;
        this.secureCookie = secureCookie;
    }

    /** Answers with {@code body} as JSON. */
    public void json(int status, Object body) {
        bytes(status, "application/json", jsonBytes(body));
    }

    /** Answers with the whole of a small content. */
    public void bytes(int status, String contentType, byte[] content) {
        begin(status);
        response.headers().set(HeaderNames.CONTENT_TYPE, contentType);
        response.send(content);
    }

    /** Answers without content. */
    public void empty(int status) {
        begin(status);
        response.send();
    }

    /**
     * Answers 200 with what is written, as it is written, in constant memory. It ends when the handler returns; when the handler throws,
     * the connection is broken, so that nobody takes a part for the whole. A reader that takes nothing for 30 s is cut off.
     */
    public OutputStream stream(String contentType, Map<String, String> headers) {
        return stream(200, contentType, headers);
    }

    /** As {@link #stream(String, Map)}, with another status. */
    public OutputStream stream(int status, String contentType, Map<String, String> headers) {
        begin(status);
        headers.forEach(this::header);
        response.headers().set(HeaderNames.CONTENT_TYPE, contentType);
        OutputStream opened = response.outputStream();
        out = opened;
        return openStreams.download(opened);
    }

    /**
     * Opens an event stream. The handler may go on writing to it, or return and leave it to others: it stays open until it is closed, its
     * reader leaves, or the token is no longer valid.
     *
     * @throws Problem 503 as many are open as there may be
     */
    public SseStream sse() {
        openStreams.reserve();
        try {
            begin(200);
            response.headers().set(HeaderNames.CONTENT_TYPE, "text/event-stream");
            response.headers().set(HeaderNames.create("X-Accel-Buffering"), "no");
            OutputStream opened = response.outputStream();
            out = opened;
            SseStream stream = openStreams.open(opened, stillAllowed);
            sse = stream;
            return stream;
        } catch (RuntimeException e) {
            openStreams.release();
            throw e;
        }
    }

    /** Sets a header. @throws IllegalArgumentException it has a character that no header may have */
    public Response header(String name, String value) {
        if (value.chars().anyMatch(c -> c < ' ' || c == 0x7f)) {
            throw new IllegalArgumentException("header " + name + " has a control character");
        }
        response.headers().set(HeaderNames.create(name), value);
        return this;
    }

    /** Sets the cookie that carries the token: HttpOnly, SameSite=Strict, Secure where that is configured. */
    public Response tokenCookie(String token, Duration maxAge) {
        String cookie = Guard.COOKIE + "=" + token + "; Path=/; Max-Age=" + maxAge.toSeconds()
                + "; HttpOnly; SameSite=Strict" + (secureCookie ? "; Secure" : "");
        return header("Set-Cookie", cookie);
    }

    /** Removes that cookie. */
    public Response clearTokenCookie() {
        return tokenCookie("", Duration.ZERO);
    }

    private void begin(int status) {
        if (begun) {
            throw new IllegalStateException("answered twice");
        }
        begun = true;
        response.status(Status.create(status));
    }

    /** Something has gone out, or is about to. */
    boolean hasBegun() {
        return begun;
    }

    /** Completes the answer after the handler has returned. @return false: the connection has to be broken */
    boolean finish() throws Exception {
        SseStream stream = sse;
        if (stream != null) {
            try {
                if (!stream.awaitEnd()) {
                    return false;
                }
            } finally {
                stream.close();
                openStreams.release();
                sse = null;
            }
        }
        if (out != null) {
            out.close();
        }
        return true;
    }

    /** After the handler has failed. */
    void abandon() throws InterruptedException {
        SseStream stream = sse;
        if (stream != null) {
            stream.cut();
            stream.awaitEnd();
            openStreams.release();
            sse = null;
        }
    }

    private static byte[] jsonBytes(Object body) {
        try {
            return Json.mapper().writeValueAsBytes(body);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("an answer cannot be written as JSON", e);
        }
    }
}
