package identicom.runtime.http;

import java.io.InputStream;
import java.time.Instant;
import java.util.Optional;

public final class Request {
    public String path(String name) {
        return "";
    }

    public Optional<String> query(String name) {
        return Optional.empty();
    }

    public Optional<Instant> instant(String name) {
        return Optional.empty();
    }

    public int limit() {
        return 100;
    }

    public Optional<String> cursor() {
        return Optional.empty();
    }

    public <T> T json(Class<T> type) {
        throw Problem.badRequest("", "", "");
    }

    public InputStream body(long maxBytes) {
        return InputStream.nullInputStream();
    }

    public Identity identity() {
        throw Problem.unauthorized();
    }

    public String remoteAddress() {
        return "";
    }

    public Optional<String> header(String name) {
        return Optional.empty();
    }

    public boolean accepts(String mediaType) {
        return false;
    }
}
