package identicom.alertservice.http;

import identicom.alertservice.alert.AlertState;
import identicom.alertservice.alert.Answer;
import identicom.alertservice.alert.Handling;
import identicom.alertservice.store.Actions;
import identicom.alertservice.store.Actions.Acted;
import identicom.alertservice.store.Actions.Person;
import identicom.alertservice.store.AlertList;
import identicom.alertservice.store.TestAlerts;
import identicom.alertservice.view.AlertView;
import identicom.runtime.http.Api;
import identicom.runtime.http.Page;
import identicom.runtime.http.Problem;
import identicom.runtime.http.Request;
import identicom.runtime.http.Response;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** Alerts as a list, one by one, and what people do to them. Describes itself in {@code openapi/alert-service.json}. */
public final class AlertsApi {

    static final int LONGEST_TEXT = 4000;
    static final String CURSOR = "n";

    /** Body of a note. */
    record NoteBody(@Nullable String text) {}

    /** Body of a step. */
    record StepBody(@Nullable String step) {}

    /** Body of a closing. */
    record CloseBody(@Nullable String outcome, @Nullable String note) {}

    @FunctionalInterface
    private interface Deed {
        Optional<Acted> by(UUID alert, Person person) throws SQLException;
    }

    private final AlertList list;
    private final Actions actions;
    private final TestAlerts tests;
    private final BooleanSupplier databaseAway;
    private final Runnable committed;

    /** @param committed called after something was changed */
    public AlertsApi(
            AlertList list, Actions actions, TestAlerts tests, BooleanSupplier databaseAway, Runnable committed) {
        this.list = list;
        this.actions = actions;
        this.tests = tests;
        this.databaseAway = databaseAway;
        this.committed = committed;
    }

    public Api bindTo(Api api) {
        return api.bind("listAlerts", this::list)
                .bind("getAlert", this::get)
                .bind("acknowledgeAlert", this::acknowledge)
                .bind("noteAlert", this::note)
                .bind("stepAlert", this::step)
                .bind("makeAlertLive", this::live)
                .bind("closeAlert", this::close);
    }

    private void list(Request request, Response response) throws SQLException {
        AlertList.Filter filter = filter(request);
        long below = request.cursor(CURSOR).orElse(Long.MAX_VALUE);
        int limit = request.limit();
        boolean canaries = request.query("canary").map(AlertsApi::flag).orElse(false);
        needDatabase();
        AlertList.Found found = list.page(filter, below, limit, canaries);
        String next = found.next() == null ? null : CURSOR + found.next();
        json(response, new Page<>(found.alerts(), next));
    }

    static AlertList.Filter filter(Request request) {
        return new AlertList.Filter(
                request.query("state").map(AlertsApi::state).orElse(null),
                request.query("serial").map(text -> Asked.word("serial", text)).orElse(null),
                request.query("kind").map(text -> Asked.word("kind", text)).orElse(null));
    }

    private static boolean flag(String text) {
        if (!text.equals("true") && !text.equals("false")) {
            throw Problem.badRequest("canary", text, "true or false");
        }
        return text.equals("true");
    }

    private static AlertState state(String text) {
        return Arrays.stream(AlertState.values())
                .filter(state -> state.text().equals(text))
                .findFirst()
                .orElseThrow(() -> Problem.badRequest("state", text, "open, acknowledged or closed"));
    }

    private void get(Request request, Response response) throws SQLException {
        UUID id = id(request);
        needDatabase();
        json(response, list.one(id).orElseThrow(() -> Problem.notFound("alert " + id)));
    }

    private void acknowledge(Request request, Response response) throws SQLException {
        act(request, response, actions::acknowledge);
    }

    private void note(Request request, Response response) throws SQLException {
        String noted = Asked.text("text", request.json(NoteBody.class).text(), LONGEST_TEXT, "what is to be noted");
        act(request, response, (alert, person) -> actions.note(alert, person, noted));
    }

    private void step(Request request, Response response) throws SQLException {
        String step =
                Asked.text("step", request.json(StepBody.class).step(), ChecklistsApi.LONGEST_STEP, "what was done");
        act(request, response, (alert, person) -> actions.step(alert, person, step));
    }

    private void live(Request request, Response response) throws SQLException {
        act(request, response, tests::live);
    }

    private void close(Request request, Response response) throws SQLException {
        CloseBody body = request.json(CloseBody.class);
        Handling.Outcome outcome = Arrays.stream(Handling.Outcome.values())
                .filter(o -> o.text().equals(body.outcome()))
                .findFirst()
                .orElseThrow(() -> Problem.badRequest(
                        "outcome", body.outcome() == null ? "absent" : body.outcome(), "genuine, false-alarm or test"));
        String note = body.note() == null || body.note().isBlank()
                ? null
                : Asked.text("note", body.note(), LONGEST_TEXT, "how it ended");
        act(request, response, (alert, person) -> actions.close(alert, person, outcome, note));
    }

    private void act(Request request, Response response, Deed deed) throws SQLException {
        UUID id = id(request);
        needDatabase();
        Acted acted = deed.by(id, Asked.person(request)).orElseThrow(() -> Problem.notFound("alert " + id));
        if (acted.answer() instanceof Answer.Refused refused) {
            throw Problem.conflict(refused.why(), standing(acted.view(), refused.openSteps()));
        }
        committed.run();
        json(response, acted.view());
    }

    private static Map<String, Object> standing(AlertView view, List<String> openSteps) {
        Map<String, Object> standing = new LinkedHashMap<>();
        standing.put("state", view.state());
        if (view.acknowledgedBy() != null) {
            standing.put("acknowledgedBy", view.acknowledgedBy());
        }
        if (view.outcome() != null) {
            standing.put("outcome", view.outcome());
        }
        if (!openSteps.isEmpty()) {
            standing.put("openSteps", openSteps);
        }
        return standing;
    }

    private static UUID id(Request request) {
        String text = request.path("id");
        try {
            return UUID.fromString(text);
        } catch (IllegalArgumentException e) {
            throw Problem.badRequest("id", text, "an alert's id, a UUID");
        }
    }

    private void needDatabase() {
        Asked.needDatabase(databaseAway);
    }

    private static void json(Response response, Object body) {
        response.json(200, body);
    }
}
