package identicom.logservice.http;

import static identicom.fuzzing.Invariants.holds;
import static identicom.fuzzing.Invariants.printable;
import static identicom.fuzzing.Invariants.same;

import identicom.fuzzing.FuzzTarget;
import identicom.logservice.events.EventFilter;
import identicom.runtime.http.AskedRequest;
import identicom.runtime.http.Problem;
import identicom.runtime.http.Request;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Any query of the lists of events and of the audit trail: filters and cursor, or a 400. Input: the raw query. */
final class EventQueryFuzz implements FuzzTarget {
    private static final Set<String> KNOWN = Set.of(
            "serial", "type", "class", "trust", "who", "action", "object", "from", "to", "cursor", "limit", "standing");
    private static final Instant FIRST = Instant.parse("0001-01-01T00:00:00Z");
    private static final Instant END = Instant.parse("+10000-01-01T00:00:00Z");

    @Override
    public void run(byte[] input) {
        String query = new String(input, StandardCharsets.ISO_8859_1);
        try {
            Request request = AskedRequest.of(query, KNOWN);
            EventFilter filter = Parameters.events(request);
            keepable(filter.from());
            keepable(filter.to());
            Parameters.audit(request);
            request.cursor().ifPresent(text -> cursor(text, filter));
        } catch (Problem problem) {
            same(400, problem.status(), "status");
            printable(problem.getMessage(), "detail");
        }
    }

    private static void cursor(String text, EventFilter filter) {
        Cursor cursor = Cursor.parse(text, filter);
        keepable(cursor.began());
        same(cursor, Cursor.parse(cursor.text(filter), filter), "a cursor's text");
    }

    private static void keepable(@Nullable Instant time) {
        holds(time == null || (!time.isBefore(FIRST) && time.isBefore(END)), "a time that the database cannot keep");
    }

    @Override
    public long mostAllocated(int length) {
        return 131_072 + 1_000L * length;
    }
}
