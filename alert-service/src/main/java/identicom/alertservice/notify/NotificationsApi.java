package identicom.alertservice.notify;

import identicom.alertservice.notify.NotificationList.Filter;
import identicom.alertservice.notify.NotificationList.Found;
import identicom.alertservice.store.Transactions;
import identicom.runtime.http.Api;
import identicom.runtime.http.Page;
import identicom.runtime.http.Problem;
import identicom.runtime.http.Request;
import identicom.runtime.http.Response;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;
import java.util.function.BooleanSupplier;

/** Who was told what, and what became of it. Describes itself in {@code openapi/escalation.json}. */
public final class NotificationsApi {

    private static final List<String> CHANNELS = List.of("screen", "sms", "mail", "webhook");
    private static final List<String> STATES = List.of("queued", "sending", "sent", "delivered", "failed", "stopped");
    static final String CURSOR = "o";

    private final NotificationList list;
    private final BooleanSupplier databaseAway;

    public NotificationsApi(Transactions transactions, BooleanSupplier databaseAway) {
        this.list = new NotificationList(transactions);
        this.databaseAway = databaseAway;
    }

    public Api bindTo(Api api) {
        return api.bind("listNotifications", this::list);
    }

    private void list(Request request, Response response) throws SQLException {
        Filter filter = filter(request);
        long below = request.cursor(CURSOR).orElse(Long.MAX_VALUE);
        int limit = request.limit();
        if (databaseAway.getAsBoolean()) {
            throw Problem.unavailable("the database does not answer");
        }
        Found found = list.page(filter, below, limit);
        response.json(200, new Page<>(found.items(), found.next() == null ? null : CURSOR + found.next()));
    }

    static Filter filter(Request request) {
        return new Filter(
                request.query("alert").map(NotificationsApi::alert).orElse(null),
                request.query("channel")
                        .map(text -> oneOf("channel", text, CHANNELS))
                        .orElse(null),
                request.query("state").map(text -> oneOf("state", text, STATES)).orElse(null));
    }

    private static UUID alert(String text) {
        try {
            return UUID.fromString(text);
        } catch (IllegalArgumentException e) {
            throw Problem.badRequest("alert", text, "an alert's id, a UUID");
        }
    }

    private static String oneOf(String name, String text, List<String> known) {
        if (!known.contains(text)) {
            throw Problem.badRequest(name, text, String.join(", ", known));
        }
        return text;
    }
}
