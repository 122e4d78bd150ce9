package identicom.alertservice.supervision;

import static identicom.fuzzing.Invariants.holds;

import identicom.runtime.http.QueryTarget;
import identicom.runtime.http.Request;

/** Any query of the list of supervised units: which, and behind which serial, or a 400. */
public final class SupervisionQueryFuzz extends QueryTarget {
    public SupervisionQueryFuzz() {
        super("state", "cursor", "limit");
    }

    @Override
    protected void read(Request request) {
        SupervisionApi.which(request);
        String after = SupervisionApi.after(request);
        holds(after.matches("[A-Z0-9-]{0,12}"), "serial");
    }
}
