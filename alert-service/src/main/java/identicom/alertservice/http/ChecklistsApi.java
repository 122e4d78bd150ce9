package identicom.alertservice.http;

import identicom.alertservice.store.Checklists;
import identicom.alertservice.store.Checklists.Checklist;
import identicom.runtime.http.Api;
import identicom.runtime.http.Page;
import identicom.runtime.http.Problem;
import identicom.runtime.http.Request;
import identicom.runtime.http.Response;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What is to be done about an alert of a kind. */
public final class ChecklistsApi {

    static final int MOST_STEPS = 50;
    static final int LONGEST_STEP = 200;

    private static final Pattern KIND = Pattern.compile("(?=.{1,64}$)[a-z0-9]+(-[a-z0-9]+)*");

    /** Body of a list. */
    record ListBody(@Nullable List<@Nullable String> steps) {}

    /** A list as it is told. */
    record Told(
            String kind,
            List<String> steps,
            @Nullable String changedAt,
            @Nullable String changedBy) {
        static Told of(Checklist list) {
            return new Told(list.kind(), list.steps(), list.changedAt().toString(), list.changedBy());
        }
    }

    private final Checklists checklists;
    private final BooleanSupplier databaseAway;
    private final Runnable committed;

    /** @param committed called after something was changed */
    public ChecklistsApi(Checklists checklists, BooleanSupplier databaseAway, Runnable committed) {
        this.checklists = checklists;
        this.databaseAway = databaseAway;
        this.committed = committed;
    }

    public Api bindTo(Api api) {
        return api.bind("listChecklists", this::list)
                .bind("getChecklist", this::get)
                .bind("putChecklist", this::put);
    }

    private void list(Request request, Response response) throws SQLException {
        int limit = request.limit();
        String after = after(request);
        Asked.needDatabase(databaseAway);
        List<Checklist> found = checklists.after(after, limit + 1);
        List<Told> page = found.stream().limit(limit).map(Told::of).toList();
        response.json(
                200, new Page<>(page, found.size() > limit ? page.getLast().kind() : null));
    }

    /** The kind behind which a page begins. */
    static String after(Request request) {
        return request.cursor(KIND).orElse("");
    }

    private void get(Request request, Response response) throws SQLException {
        String kind = kind(request);
        Asked.needDatabase(databaseAway);
        response.json(200, checklists.of(kind).map(Told::of).orElse(new Told(kind, List.of(), null, null)));
    }

    private void put(Request request, Response response) throws SQLException {
        String kind = kind(request);
        List<String> steps = steps(request.json(ListBody.class).steps());
        Asked.needDatabase(databaseAway);
        Checklist list = checklists.put(kind, steps, Asked.person(request));
        committed.run();
        response.json(200, Told.of(list));
    }

    private static List<String> steps(@Nullable List<@Nullable String> asked) {
        if (asked == null || asked.size() > MOST_STEPS) {
            throw Problem.badRequest(
                    "steps", asked == null ? "absent" : asked.size() + " steps", "at most " + MOST_STEPS + " texts");
        }
        List<String> steps = new ArrayList<>();
        for (String step : asked) {
            String text = Asked.text("steps", step, LONGEST_STEP, "what is to be done");
            if (steps.contains(text)) {
                throw Problem.badRequest("steps", text + ", twice", "each step once");
            }
            steps.add(text);
        }
        return steps;
    }

    private static String kind(Request request) {
        String kind = request.path("kind");
        if (!KIND.matcher(kind).matches()) {
            throw Problem.badRequest("kind", kind, "an alert's kind, such as man-down");
        }
        return kind;
    }
}
