package identicom.runtime.http;

import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.ServerRequest;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What was asked. Confined to the request's thread. */
public final class Request {
    private static final int DEFAULT_LIMIT = 100;
    private static final int MAX_LIMIT = 1000;
    private static final int MAX_JSON_BYTES = 1_048_576;

    /** 0001-01-01 and 10000-01-01: what RFC 3339 can write. */
    private static final Instant FIRST = Instant.parse("0001-01-01T00:00:00Z");

    private static final Instant END = Instant.parse("+10000-01-01T00:00:00Z");
    private static final HeaderName FORWARDED_FOR = HeaderNames.create("X-Forwarded-For");

    private final ServerRequest request;
    private final Router.Match match;
    private final Guard.@Nullable Shown shown;
    private final HttpSettings settings;

    Request(ServerRequest request, Router.Match match, Guard.@Nullable Shown shown, HttpSettings settings) {
        this.request = request;
        this.match = match;
        this.shown = shown;
        this.settings = settings;
    }

    /**
     * The value of a variable in the path.
     *
     * @throws IllegalArgumentException the path has no such variable
     */
    public String path(String name) {
        String value = match.variables().get(name);
        if (value == null) {
            throw new IllegalArgumentException(match.operation().id() + " has no path variable " + name);
        }
        return value;
    }

    /** A query parameter; empty when it was not given. @throws Problem 400 it was given twice, or has a U+0000 in it */
    public Optional<String> query(String name) {
        if (!request.query().contains(name)) {
            return Optional.empty();
        }
        List<String> values = request.query().all(name);
        if (values.size() > 1) {
            throw Problem.badRequest(name, values.size() + " values", "one value");
        }
        String value = values.isEmpty() ? "" : values.getFirst(); // without an equals sign it has none
        if (value.indexOf('\0') >= 0) { // PostgreSQL has no such text: nothing can be found by it
            throw Problem.badRequest(name, "a text with U+0000", "a text without the control character U+0000");
        }
        return Optional.of(value);
    }

    /** A query parameter that is a time. @throws Problem 400 it is none, or one that RFC 3339 cannot write */
    public Optional<Instant> instant(String name) {
        return query(name).map(text -> {
            try {
                return writable(name, OffsetDateTime.parse(text).toInstant());
            } catch (DateTimeParseException e) {
                throw Problem.badRequest(name, text, "a time such as 2026-05-01T08:30:00Z");
            }
        });
    }

    /** A parameter's or a field's time. @throws Problem 400 RFC 3339 cannot write it */
    public static Instant writable(String name, Instant time) {
        if (time.isBefore(FIRST) || !time.isBefore(END)) {
            throw Problem.badRequest(name, time.toString(), "a time in the years 1 to 9999");
        }
        return time;
    }

    /** A query parameter that is a whole number from {@code min} to {@code max}. @throws Problem 400 it is none */
    public OptionalLong number(String name, long min, long max) {
        Optional<String> text = query(name);
        if (text.isEmpty()) {
            return OptionalLong.empty();
        }
        try {
            long value = Long.parseLong(text.get());
            if (value >= min && value <= max) {
                return OptionalLong.of(value);
            }
        } catch (NumberFormatException e) {
            // Answered below with what was expected.
        }
        throw Problem.badRequest(name, text.get(), "a whole number " + min + ".." + max);
    }

    /** A list's page size: query parameter {@code limit}, 1 to 1000, by default 100. */
    public int limit() {
        return (int) number("limit", 1, MAX_LIMIT).orElse(DEFAULT_LIMIT);
    }

    /** Where a list's page begins: query parameter {@code cursor}. */
    public Optional<String> cursor() {
        return query("cursor");
    }

    /**
     * Where the page of a list begins whose items are numbered: the query parameter {@code cursor}, which is {@code prefix} and the number
     * of the last item of the page before.
     *
     * @throws Problem 400 it is not that
     */
    public OptionalLong cursor(String prefix) {
        Optional<String> asked = cursor();
        if (asked.isEmpty()) {
            return OptionalLong.empty();
        }
        String cursor = asked.get();
        if (cursor.startsWith(prefix)) {
            try {
                long number = Long.parseLong(cursor, prefix.length(), cursor.length(), 10);
                if (number >= 0) {
                    return OptionalLong.of(number);
                }
            } catch (NumberFormatException e) {
                // Answered below with what was expected.
            }
        }
        throw Problem.badCursor(cursor);
    }

    /**
     * Where the page of a list begins whose items have names: the query parameter {@code cursor}, which is the name of the last item of the
     * page before.
     *
     * @throws Problem 400 no item can have that name
     */
    public Optional<String> cursor(Pattern names) {
        Optional<String> asked = cursor();
        if (asked.isPresent() && !names.matcher(asked.get()).matches()) {
            throw Problem.badCursor(asked.get());
        }
        return asked;
    }

    /**
     * The body, read as JSON of at most 1 MiB.
     *
     * @throws Problem 400 with what was wrong, 413, 415
     */
    public <T> T json(Class<T> type) {
        String contentType = mediaType();
        if (!contentType.equals("application/json")) {
            throw Problem.unsupportedMediaType(contentType, "application/json");
        }
        try (InputStream in = body(MAX_JSON_BYTES)) {
            return JsonBody.read(in.readAllBytes(), type);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The body's bytes as they come in. Reading past {@code maxBytes} throws {@link Problem} 413. */
    public InputStream body(long maxBytes) {
        request.headers().contentLength().ifPresent(length -> {
            if (length > maxBytes) {
                LimitedInput.passOver(request.content().inputStream());
                throw Problem.tooLarge(maxBytes);
            }
        });
        if (!request.content().hasEntity()) {
            return InputStream.nullInputStream();
        }
        return new LimitedInput(request.content().inputStream(), maxBytes);
    }

    /** Who asks. @throws Problem 401 at a public operation that was asked without a token */
    public Identity identity() {
        if (shown == null) {
            throw Problem.unauthorized();
        }
        return shown.identity();
    }

    /** Who asks; at a public operation possibly nobody known. */
    public Optional<Identity> identityIfAny() {
        return Optional.ofNullable(shown).map(Guard.Shown::identity);
    }

    /**
     * The address that asks: of the other side of the connection, or the one that a trusted load balancer there names last in {@code
     * X-Forwarded-For}.
     */
    public String remoteAddress() {
        if (request.remotePeer().address() instanceof InetSocketAddress socket && socket.getAddress() != null) {
            InetAddress peer = socket.getAddress();
            return (settings.isLoadBalancer(peer) ? forwardedFor().orElse(peer) : peer).getHostAddress();
        }
        return request.remotePeer().host();
    }

    /** What stands before the last address was written by whoever asks, and proves nothing. */
    private Optional<InetAddress> forwardedFor() {
        List<String> lines = request.headers().values(FORWARDED_FOR);
        if (lines.isEmpty()) {
            return Optional.empty();
        }
        String line = lines.getLast();
        try {
            return Optional.of(InetAddress.ofLiteral(
                    line.substring(line.lastIndexOf(',') + 1).strip()));
        } catch (IllegalArgumentException noAddress) {
            return Optional.empty();
        }
    }

    public Optional<String> header(String name) {
        return request.headers().first(HeaderNames.create(name));
    }

    /** Whether {@code Accept} names this media type itself. {@code *}{@code /*} names none. */
    public boolean accepts(String mediaType) {
        for (String header : request.headers().values(HeaderNames.ACCEPT)) {
            for (String range : header.split(",")) {
                if (range.split(";", 2)[0].strip().equalsIgnoreCase(mediaType)) {
                    return true;
                }
            }
        }
        return false;
    }

    /** The body's media type without parameters, in lower case; empty when none was given. */
    String mediaType() {
        String header = request.headers().first(HeaderNames.CONTENT_TYPE).orElse("");
        return header.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
    }

    /** Of the query's parameters. The first who asks for any of them has the whole query decoded. */
    private Set<String> names() {
        try {
            return request.query().names();
        } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
            throw Problem.badRequest(
                    "query", request.query().rawValue(), "percent signs followed by two hexadecimal digits");
        }
    }

    /** @throws Problem 400 for a query parameter and 415 for a body that the operation does not know */
    void check() {
        Operation operation = match.operation();
        for (String name : names()) {
            if (!operation.query().contains(name)) {
                throw Problem.badRequest(
                        "query",
                        name,
                        operation.query().isEmpty()
                                ? "no parameters"
                                : "only "
                                        + String.join(
                                                ", ",
                                                operation.query().stream()
                                                        .sorted()
                                                        .toList()));
            }
        }
        boolean hasBody = request.headers().contentLength().orElse(0) > 0
                || request.headers().contains(HeaderNames.TRANSFER_ENCODING);
        if (hasBody
                && !operation.bodyTypes().isEmpty()
                && !operation.bodyTypes().contains(mediaType())) {
            throw Problem.unsupportedMediaType(
                    mediaType(),
                    String.join(", ", operation.bodyTypes().stream().sorted().toList()));
        }
    }
}
