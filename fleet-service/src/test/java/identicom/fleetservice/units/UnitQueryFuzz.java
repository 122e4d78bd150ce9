package identicom.fleetservice.units;

import static identicom.fuzzing.Invariants.holds;
import static identicom.fuzzing.Invariants.same;

import identicom.runtime.http.QueryTarget;
import identicom.runtime.http.Request;

/** Any query of the list of units: filter and cursor, or a 400. */
public final class UnitQueryFuzz extends QueryTarget {
    public UnitQueryFuzz() {
        super("state", "site", "connected", "cursor", "limit");
    }

    @Override
    protected void read(Request request) {
        UnitQueries.Filter filter = UnitsApi.filter(request);
        String after = filter.after();
        if (after != null) {
            holds(after.matches("[A-Z0-9-]{1,12}"), "serial");
            same(
                    after,
                    UnitsApi.filter(asked("cursor=" + UnitsApi.cursor(after))).after(),
                    "a cursor's text");
        }
        holds(filter.state() == null || filter.state().matches("(de)?commissioned"), "state");
        holds(filter.site() == null || filter.site().indexOf('\0') < 0, "U+0000 in a text");
    }
}
