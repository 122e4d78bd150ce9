package identicom.alertservice.notify;

import static identicom.fuzzing.Invariants.holds;
import static identicom.fuzzing.Invariants.printable;
import static identicom.fuzzing.Invariants.same;

import identicom.alertservice.notify.NotificationList.Filter;
import identicom.fuzzing.FuzzTarget;
import identicom.runtime.http.AskedRequest;
import identicom.runtime.http.Problem;
import identicom.runtime.http.Request;
import java.nio.charset.StandardCharsets;
import java.util.Set;

/** Any query of the list of notifications: filter and cursor, or a 400. Input: the raw query. */
public final class NotificationQueryFuzz implements FuzzTarget {
    private static final Set<String> KNOWN = Set.of("alert", "channel", "state", "cursor", "limit");

    @Override
    public void run(byte[] input) {
        String query = new String(input, StandardCharsets.ISO_8859_1);
        try {
            Request request = AskedRequest.of(query, KNOWN);
            Filter filter = NotificationsApi.filter(request);
            holds(filter.channel() == null || printableWord(filter.channel()), "channel");
            holds(filter.state() == null || printableWord(filter.state()), "state");
            request.cursor(NotificationsApi.CURSOR).ifPresent(below -> holds(below >= 0, "a number below 0"));
        } catch (Problem problem) {
            same(400, problem.status(), "status");
            printable(problem.getMessage(), "detail");
        }
    }

    private static boolean printableWord(String text) {
        return text.matches("[a-z]{3,9}");
    }

    @Override
    public long mostAllocated(int length) {
        return 131_072 + 1_000L * length;
    }
}
