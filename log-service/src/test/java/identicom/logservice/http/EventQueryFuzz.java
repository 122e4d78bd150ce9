package identicom.logservice.http;

import static identicom.fuzzing.Invariants.holds;
import static identicom.fuzzing.Invariants.same;

import identicom.logservice.events.EventFilter;
import identicom.runtime.http.QueryTarget;
import identicom.runtime.http.Request;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Any query of the lists of events and of the audit trail: filters and cursor, or a 400. */
final class EventQueryFuzz extends QueryTarget {
    private static final Instant FIRST = Instant.parse("0001-01-01T00:00:00Z");
    private static final Instant END = Instant.parse("+10000-01-01T00:00:00Z");

    EventQueryFuzz() {
        super(
                "serial",
                "type",
                "class",
                "trust",
                "who",
                "action",
                "object",
                "from",
                "to",
                "cursor",
                "limit",
                "standing");
    }

    @Override
    protected void read(Request request) {
        EventFilter filter = Parameters.events(request);
        keepable(filter.from());
        keepable(filter.to());
        Parameters.audit(request);
        request.cursor().ifPresent(text -> cursor(text, filter));
    }

    private static void cursor(String text, EventFilter filter) {
        Cursor cursor = Cursor.parse(text, filter);
        keepable(cursor.began());
        same(cursor, Cursor.parse(cursor.text(filter), filter), "a cursor's text");
    }

    private static void keepable(@Nullable Instant time) {
        holds(time == null || (!time.isBefore(FIRST) && time.isBefore(END)), "a time that the database cannot keep");
    }
}
