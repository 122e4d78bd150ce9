package identicom.logservice.http;

import identicom.logservice.audit.AuditFilter;
import identicom.logservice.events.EventFilter;
import identicom.runtime.http.Problem;
import identicom.runtime.http.Request;
import java.time.Instant;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads the lists' filters from the query; what cannot be used is answered with what was expected. */
final class Parameters {
    private static final Pattern SERIAL = Pattern.compile("[A-Z0-9-]{1,12}");
    private static final Pattern TYPE = Pattern.compile("[0-9a-fA-F]{2}");
    private static final List<String> CLASSES = List.of("routine", "high", "critical");
    private static final List<String> TRUSTS = List.of("unregistered", "unverified", "whitelisted");
    private static final int MAX_TEXT = 200;

    private Parameters() {}

    static EventFilter events(Request request) {
        Span span = span(request);
        return new EventFilter(
                matching(request, "serial", SERIAL, "1 to 12 characters of A-Z, 0-9 and -"),
                type(request),
                word(request, "class", CLASSES),
                span.from(),
                span.to(),
                word(request, "trust", TRUSTS));
    }

    static AuditFilter audit(Request request) {
        Span span = span(request);
        return new AuditFilter(
                text(request, "who"), text(request, "action"), text(request, "object"), span.from(), span.to());
    }

    private record Span(@Nullable Instant from, @Nullable Instant to) {}

    private static Span span(Request request) {
        Instant from = request.instant("from").orElse(null);
        Instant to = request.instant("to").orElse(null);
        if (from != null && to != null && to.isBefore(from)) {
            throw Problem.badRequest("to", to.toString(), "a time not before from, " + from);
        }
        return new Span(from, to);
    }

    private static @Nullable Integer type(Request request) {
        String code = matching(request, "type", TYPE, "two hex digits such as 3b");
        return code == null ? null : Integer.parseInt(code, 16);
    }

    private static @Nullable String matching(Request request, String name, Pattern pattern, String expected) {
        String text = request.query(name).orElse(null);
        if (text != null && !pattern.matcher(text).matches()) {
            throw Problem.badRequest(name, text, expected);
        }
        return text;
    }

    private static @Nullable String word(Request request, String name, List<String> words) {
        String text = request.query(name).orElse(null);
        if (text != null && !words.contains(text)) {
            throw Problem.badRequest(name, text, "one of " + String.join(", ", words));
        }
        return text;
    }

    private static @Nullable String text(Request request, String name) {
        String text = request.query(name).orElse(null);
        if (text != null && (text.isEmpty() || text.length() > MAX_TEXT || text.indexOf('\0') >= 0)) {
            throw Problem.badRequest(name, text, "1 to " + MAX_TEXT + " characters");
        }
        return text;
    }
}
