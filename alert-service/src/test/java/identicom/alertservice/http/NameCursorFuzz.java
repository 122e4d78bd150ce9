package identicom.alertservice.http;

import static identicom.fuzzing.Invariants.holds;

import identicom.runtime.http.QueryTarget;
import identicom.runtime.http.Request;
import java.util.Locale;

/** Any query of the lists of checklists and of units on test: behind which kind or serial, or a 400. */
public final class NameCursorFuzz extends QueryTarget {
    public NameCursorFuzz() {
        super("cursor", "limit");
    }

    @Override
    protected void read(Request request) {
        if (request.cursor()
                .map(text -> text.equals(text.toLowerCase(Locale.ROOT)))
                .orElse(false)) {
            holds(ChecklistsApi.after(request).matches("[a-z0-9-]{1,64}"), "kind");
        } else {
            holds(TestsApi.after(request).matches("[A-Z0-9-]{0,12}"), "serial");
        }
    }
}
