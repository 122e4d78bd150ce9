package identicom.alertservice.http;

import static identicom.fuzzing.Invariants.holds;

import identicom.alertservice.store.AlertList;
import identicom.runtime.http.QueryTarget;
import identicom.runtime.http.Request;
import org.jspecify.annotations.Nullable;

/** Any query of the list of alerts: filter and cursor, or a 400. */
public final class AlertQueryFuzz extends QueryTarget {
    public AlertQueryFuzz() {
        super("state", "serial", "kind", "canary", "cursor", "limit");
    }

    @Override
    protected void read(Request request) {
        AlertList.Filter filter = AlertsApi.filter(request);
        holds(word(filter.serial()) && word(filter.kind()), "a control character");
        request.cursor(AlertsApi.CURSOR).ifPresent(below -> holds(below >= 0, "a number below 0"));
    }

    private static boolean word(@Nullable String text) {
        return text == null || text.chars().noneMatch(Character::isISOControl);
    }
}
