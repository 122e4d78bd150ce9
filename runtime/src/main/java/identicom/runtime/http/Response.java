package identicom.runtime.http;

import java.io.OutputStream;
import java.time.Duration;
import java.util.Map;

public final class Response {
    public void json(int status, Object body) {}

    public void empty(int status) {}

    public OutputStream stream(String contentType, Map<String, String> headers) {
        return OutputStream.nullOutputStream();
    }

    /** Opens the stream. The handler may go on writing to it, or return and leave it to others: it stays open until it is closed. */
    public SseStream sse() {
        return new SseStream();
    }

    public Response header(String name, String value) {
        return this;
    }

    /** Sets the cookie that carries the token: HttpOnly, SameSite=Strict. */
    public Response tokenCookie(String token, Duration maxAge) {
        return this;
    }

    /** Removes that cookie. */
    public Response clearTokenCookie() {
        return this;
    }
}
