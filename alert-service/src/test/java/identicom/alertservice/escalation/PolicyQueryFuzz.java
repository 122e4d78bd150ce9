package identicom.alertservice.escalation;

import static identicom.fuzzing.Invariants.holds;

import identicom.runtime.http.QueryTarget;
import identicom.runtime.http.Request;

/** Any query of the lists of escalation policies and of contact groups: behind which name, or a 400. */
public final class PolicyQueryFuzz extends QueryTarget {
    public PolicyQueryFuzz() {
        super("cursor", "limit");
    }

    @Override
    protected void read(Request request) {
        String after = PoliciesApi.after(request);
        holds(after.length() <= 64 && after.chars().allMatch(c -> c > ' ' && c < 0x7f), "name");
    }
}
