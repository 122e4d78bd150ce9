package identicom.alertservice.notify;

import static identicom.fuzzing.Invariants.holds;

import identicom.alertservice.notify.NotificationList.Filter;
import identicom.runtime.http.QueryTarget;
import identicom.runtime.http.Request;

/** Any query of the list of notifications: filter and cursor, or a 400. */
public final class NotificationQueryFuzz extends QueryTarget {
    public NotificationQueryFuzz() {
        super("alert", "channel", "state", "cursor", "limit");
    }

    @Override
    protected void read(Request request) {
        Filter filter = NotificationsApi.filter(request);
        holds(filter.channel() == null || isWord(filter.channel()), "channel");
        holds(filter.state() == null || isWord(filter.state()), "state");
        request.cursor(NotificationsApi.CURSOR).ifPresent(below -> holds(below >= 0, "a number below 0"));
    }

    private static boolean isWord(String text) {
        return text.matches("[a-z]{3,9}");
    }
}
