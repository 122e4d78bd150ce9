package identicom.runtime.http;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * An answer that says what went wrong (RFC 9457): status, title, detail, what was expected. Carries no stack trace. Of what the asker
 * wrote it shows nothing that acts on a terminal, and nothing that JSON cannot carry.
 */
public final class Problem extends RuntimeException {
    private final int status;
    private final String title;
    private final Map<String, Object> extra;
    private final Map<String, String> headers;

    private Problem(int status, String title, String detail, Map<String, Object> extra, Map<String, String> headers) {
        super(Printable.text(detail), null, false, false);
        this.status = status;
        this.title = title;
        this.extra = new LinkedHashMap<>(extra);
        this.extra.replaceAll((name, value) -> value instanceof String text ? Printable.text(text) : value);
        this.headers = Map.copyOf(headers);
    }

    /** 400: a parameter or a field of the body. @param was what it was, @param expected what it could have been */
    public static Problem badRequest(String parameter, String was, String expected) {
        return new Problem(
                400,
                "Bad request",
                parameter + ": " + Printable.shortened(was) + " (expected: " + expected + ")",
                Map.of("parameter", parameter, "expected", expected),
                Map.of());
    }

    /** A parameter or a field that cannot be used. @param was what it was, @param expected what it could have been */
    public record Wrong(String parameter, String was, String expected) {
        public Wrong {
            parameter = Printable.text(parameter);
            was = Printable.text(was);
        }

        private String text() {
            return parameter + ": " + Printable.shortened(was) + " (expected: " + expected + ")";
        }
    }

    /** 400: where a list's page is to begin. @param was what the query parameter {@code cursor} was */
    public static Problem badCursor(String was) {
        return badRequest("cursor", was, "the next of an earlier page");
    }

    /** 400: all that is wrong at once, the first as {@link #badRequest(String, String, String)} says it. */
    public static Problem badRequest(List<Wrong> wrong) {
        Wrong first = wrong.getFirst();
        String detail = wrong.stream().map(Wrong::text).collect(Collectors.joining("; "));
        Map<String, Object> extra = new LinkedHashMap<>();
        extra.put("parameter", first.parameter());
        extra.put("expected", first.expected());
        extra.put("problems", wrong);
        return new Problem(400, "Bad request", detail, extra, Map.of());
    }

    /** 401. */
    public static Problem unauthorized() {
        return unauthorized(
                "No valid token came with the request", "a cookie from /api/v1/login or Authorization: Bearer");
    }

    /** 401 with what was wrong with what was shown. */
    public static Problem unauthorized(String detail, String expected) {
        return new Problem(
                401, "Unauthorized", detail, Map.of("expected", expected), Map.of("WWW-Authenticate", "Bearer"));
    }

    /** 403. */
    public static Problem forbidden(String detail) {
        return new Problem(403, "Forbidden", detail, Map.of(), Map.of());
    }

    /** 403. @param expected who or what would have been let through */
    public static Problem forbidden(String detail, String expected) {
        return new Problem(403, "Forbidden", detail, Map.of("expected", expected), Map.of());
    }

    /** 404. @param what was looked for, such as {@code unit MAN-1} */
    public static Problem notFound(String what) {
        return new Problem(404, "Not found", "There is no " + what, Map.of(), Map.of());
    }

    /** 405. @param allowed the methods of this path */
    static Problem methodNotAllowed(String method, String allowed) {
        return new Problem(
                405,
                "Method not allowed",
                method + " is not a method of this path",
                Map.of("expected", allowed),
                Map.of("Allow", allowed));
    }

    /** 409. @param extra further members of the answer */
    public static Problem conflict(String detail, Map<String, Object> extra) {
        return new Problem(409, "Conflict", detail, extra, Map.of());
    }

    /** 413. @param maxBytes how much would have been taken */
    public static Problem tooLarge(long maxBytes) {
        return new Problem(
                413,
                "Content too large",
                "The body is larger than this path takes",
                Map.of("expected", "at most " + maxBytes + " bytes"),
                Map.of());
    }

    /** 415. @param expected the media type that this path takes */
    public static Problem unsupportedMediaType(String was, String expected) {
        return new Problem(
                415,
                "Unsupported media type",
                "Content-Type: " + Printable.shortened(was),
                Map.of("expected", expected),
                Map.of());
    }

    /** 416. @param size of the whole, of which nothing was asked for */
    public static Problem rangeNotSatisfiable(long size) {
        return new Problem(
                416,
                "Range not satisfiable",
                "The range asked for lies beyond the end",
                Map.of("expected", "a range that begins below " + size),
                Map.of("Content-Range", "bytes */" + size));
    }

    /** 429. */
    public static Problem tooMany(Duration retryAfter) {
        long seconds = Math.max(1, retryAfter.plusMillis(999).toSeconds());
        return new Problem(
                429,
                "Too many requests",
                "Too many requests of this kind",
                Map.of("expected", "a pause of " + seconds + " s"),
                Map.of("Retry-After", Long.toString(seconds)));
    }

    /** 503. */
    public static Problem unavailable(String detail) {
        return new Problem(503, "Unavailable", detail, Map.of(), Map.of("Retry-After", "2"));
    }

    /** 500, of which the cause stands in the log only. */
    static Problem internal(String reference) {
        return new Problem(
                500,
                "Internal error",
                "Something went wrong here; it stands in the log as " + reference,
                Map.of("reference", reference),
                Map.of());
    }

    public int status() {
        return status;
    }

    /** The members of the answer's JSON object. */
    Map<String, @Nullable Object> members() {
        Map<String, @Nullable Object> members = new LinkedHashMap<>();
        members.put("title", title);
        members.put("status", status);
        members.put("detail", getMessage());
        members.putAll(extra);
        return members;
    }

    Map<String, String> headers() {
        return headers;
    }
}
