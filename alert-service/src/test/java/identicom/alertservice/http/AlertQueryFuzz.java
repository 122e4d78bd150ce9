package identicom.alertservice.http;

import static identicom.fuzzing.Invariants.holds;
import static identicom.fuzzing.Invariants.printable;
import static identicom.fuzzing.Invariants.same;

import identicom.alertservice.store.AlertList;
import identicom.fuzzing.FuzzTarget;
import identicom.runtime.http.AskedRequest;
import identicom.runtime.http.Problem;
import identicom.runtime.http.Request;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Any query of the list of alerts: filter and cursor, or a 400. Input: the raw query. */
public final class AlertQueryFuzz implements FuzzTarget {
    private static final Set<String> KNOWN = Set.of("state", "serial", "kind", "canary", "cursor", "limit");

    @Override
    public void run(byte[] input) {
        String query = new String(input, StandardCharsets.ISO_8859_1);
        try {
            Request request = AskedRequest.of(query, KNOWN);
            AlertList.Filter filter = AlertsApi.filter(request);
            holds(word(filter.serial()) && word(filter.kind()), "a control character");
            request.cursor(AlertsApi.CURSOR).ifPresent(below -> holds(below >= 0, "a number below 0"));
        } catch (Problem problem) {
            same(400, problem.status(), "status");
            printable(problem.getMessage(), "detail");
        }
    }

    private static boolean word(@Nullable String text) {
        return text == null || text.chars().noneMatch(Character::isISOControl);
    }

    @Override
    public long mostAllocated(int length) {
        return 131_072 + 1_000L * length;
    }
}
