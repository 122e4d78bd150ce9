package identicom.fleetservice.units;

import static identicom.fuzzing.Invariants.holds;
import static identicom.fuzzing.Invariants.printable;
import static identicom.fuzzing.Invariants.same;

import identicom.fuzzing.FuzzTarget;
import identicom.runtime.http.AskedRequest;
import identicom.runtime.http.Problem;
import identicom.runtime.http.Request;
import java.nio.charset.StandardCharsets;
import java.util.Set;

/** Any query of the list of units: filter and cursor, or a 400. Input: the raw query. */
public final class UnitQueryFuzz implements FuzzTarget {
    private static final Set<String> KNOWN = Set.of("state", "site", "connected", "cursor", "limit");

    @Override
    public void run(byte[] input) {
        String query = new String(input, StandardCharsets.ISO_8859_1);
        try {
            Request request = AskedRequest.of(query, KNOWN);
            UnitQueries.Filter filter = UnitsApi.filter(request);
            String after = filter.after();
            if (after != null) {
                holds(after.matches("[A-Z0-9-]{1,12}"), "serial");
                same(
                        after,
                        UnitsApi.filter(AskedRequest.of("cursor=" + UnitsApi.cursor(after), KNOWN))
                                .after(),
                        "a cursor's text");
            }
            holds(filter.state() == null || filter.state().matches("(de)?commissioned"), "state");
            holds(filter.site() == null || filter.site().indexOf('\0') < 0, "U+0000 in a text");
        } catch (Problem problem) {
            same(400, problem.status(), "status");
            printable(problem.getMessage(), "detail");
        }
    }

    @Override
    public long mostAllocated(int length) {
        return 131_072 + 1_000L * length;
    }
}
