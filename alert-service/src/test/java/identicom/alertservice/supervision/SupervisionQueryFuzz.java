package identicom.alertservice.supervision;

import static identicom.fuzzing.Invariants.holds;
import static identicom.fuzzing.Invariants.printable;
import static identicom.fuzzing.Invariants.same;

import identicom.fuzzing.FuzzTarget;
import identicom.runtime.http.AskedRequest;
import identicom.runtime.http.Problem;
import identicom.runtime.http.Request;
import java.nio.charset.StandardCharsets;
import java.util.Set;

/** Any query of the list of supervised units: which, and behind which serial, or a 400. Input: the raw query. */
public final class SupervisionQueryFuzz implements FuzzTarget {
    private static final Set<String> KNOWN = Set.of("state", "cursor", "limit");

    @Override
    public void run(byte[] input) {
        String query = new String(input, StandardCharsets.ISO_8859_1);
        try {
            Request request = AskedRequest.of(query, KNOWN);
            SupervisionApi.which(request);
            String after = SupervisionApi.after(request);
            holds(after.matches("[A-Z0-9-]{0,12}"), "serial");
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
