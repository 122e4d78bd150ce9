package identicom.alertservice.escalation;

import identicom.alertservice.escalation.Policies.Deleted;
import identicom.alertservice.escalation.Policy.Level;
import identicom.alertservice.escalation.Policy.Member;
import identicom.alertservice.escalation.PolicyBodies.AssignmentsBody;
import identicom.alertservice.escalation.PolicyBodies.GroupBody;
import identicom.alertservice.escalation.PolicyBodies.PolicyBody;
import identicom.alertservice.store.Actions.Person;
import identicom.alertservice.store.DatabaseClock;
import identicom.alertservice.store.Transactions;
import identicom.runtime.http.Api;
import identicom.runtime.http.Page;
import identicom.runtime.http.Problem;
import identicom.runtime.http.Request;
import identicom.runtime.http.Response;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.Function;

/** Policies, contact groups and assignments over HTTP. Describes itself in {@code openapi/escalation.json}. */
public final class PoliciesApi {

    private record PolicyView(String name, List<Level> levels) {}

    private record Group(List<Member> members) {}

    private record GroupView(String name, List<Member> members) {}

    private record AssignmentsView(List<Assignment> assignments) {}

    private final Policies policies;
    private final BooleanSupplier databaseAway;
    private final Runnable committed;

    /** @param committed called after something was changed */
    public PoliciesApi(
            Transactions transactions, DatabaseClock clock, BooleanSupplier databaseAway, Runnable committed) {
        this.policies = new Policies(transactions, clock);
        this.databaseAway = databaseAway;
        this.committed = committed;
    }

    public Api bindTo(Api api) {
        return api.bind("listEscalationPolicies", this::listPolicies)
                .bind("getEscalationPolicy", this::getPolicy)
                .bind("putEscalationPolicy", this::putPolicy)
                .bind("deleteEscalationPolicy", this::deletePolicy)
                .bind("listContactGroups", this::listGroups)
                .bind("getContactGroup", this::getGroup)
                .bind("putContactGroup", this::putGroup)
                .bind("deleteContactGroup", this::deleteGroup)
                .bind("getEscalationAssignments", this::getAssignments)
                .bind("putEscalationAssignments", this::putAssignments);
    }

    private void listPolicies(Request request, Response response) throws SQLException {
        response.json(200, page(request, () -> policies.policies(null), PolicyView::new));
    }

    private void listGroups(Request request, Response response) throws SQLException {
        response.json(200, page(request, () -> policies.groups(null), GroupView::new));
    }

    @FunctionalInterface
    private interface Named<T> {
        Map<String, T> all() throws SQLException;
    }

    @FunctionalInterface
    private interface View<T, V> {
        V of(String name, T value);
    }

    /** The name behind which a page begins. */
    static String after(Request request) {
        return request.cursor(PolicyCheck.NAME).orElse("");
    }

    /** By name. */
    private <T, V> Page<V> page(Request request, Named<T> named, View<T, V> view) throws SQLException {
        String after = after(request);
        int limit = request.limit();
        needDatabase();
        List<Map.Entry<String, T>> rest = named.all().entrySet().stream()
                .filter(one -> one.getKey().compareTo(after) > 0)
                .toList();
        List<Map.Entry<String, T>> items = rest.subList(0, Math.min(limit, rest.size()));
        String next = rest.size() > limit ? items.getLast().getKey() : null;
        return new Page<>(
                items.stream().map(one -> view.of(one.getKey(), one.getValue())).toList(), next);
    }

    private void getPolicy(Request request, Response response) throws SQLException {
        String name = request.path("name");
        needDatabase();
        response.json(200, new Policy(one(policies.policies(name), name, "escalation policy ")));
    }

    private void getGroup(Request request, Response response) throws SQLException {
        String name = request.path("name");
        needDatabase();
        response.json(200, new Group(one(policies.groups(name), name, "contact group ")));
    }

    private static <T> T one(Map<String, T> found, String name, String what) {
        T value = found.get(name);
        if (value == null) {
            throw Problem.notFound(what + name);
        }
        return value;
    }

    private void putPolicy(Request request, Response response) throws SQLException {
        PolicyCheck named = new PolicyCheck();
        String name = named.made(named.name("name", request.path("name")));
        PolicyBody body = request.json(PolicyBody.class);
        needDatabase();
        List<Level> levels = policies.putPolicy(person(request), name, groups -> checked(c -> c.policy(body, groups)));
        committed.run();
        response.json(200, new Policy(levels));
    }

    private void putGroup(Request request, Response response) throws SQLException {
        PolicyCheck check = new PolicyCheck();
        String name = check.name("name", request.path("name"));
        List<Member> members = check.made(check.group(request.json(GroupBody.class)));
        needDatabase();
        policies.putGroup(person(request), name, members);
        committed.run();
        response.json(200, new Group(members));
    }

    private void getAssignments(Request request, Response response) throws SQLException {
        needDatabase();
        response.json(200, new AssignmentsView(policies.assignments()));
    }

    private void putAssignments(Request request, Response response) throws SQLException {
        AssignmentsBody body = request.json(AssignmentsBody.class);
        needDatabase();
        List<Assignment> assignments =
                policies.putAssignments(person(request), there -> checked(check -> check.assignments(body, there)));
        committed.run();
        response.json(200, new AssignmentsView(assignments));
    }

    private static <T> T checked(Function<PolicyCheck, T> making) {
        PolicyCheck check = new PolicyCheck();
        return check.made(making.apply(check));
    }

    private void deletePolicy(Request request, Response response) throws SQLException {
        String name = request.path("name");
        if (name.equals(Policy.DEFAULT)) {
            throw Problem.conflict("default applies where nothing else is assigned: it cannot be deleted", Map.of());
        }
        needDatabase();
        answer(policies.deletePolicy(person(request), name), "escalation policy " + name, "assigned", response);
    }

    private void deleteGroup(Request request, Response response) throws SQLException {
        String name = request.path("name");
        needDatabase();
        answer(policies.deleteGroup(person(request), name), "contact group " + name, "named by policies", response);
    }

    private void answer(Deleted deleted, String what, String how, Response response) {
        if (!deleted.found()) {
            throw Problem.notFound(what);
        }
        if (!deleted.usedBy().isEmpty()) {
            throw Problem.conflict(what + " is " + how, Map.of("usedBy", deleted.usedBy()));
        }
        committed.run();
        response.empty(204);
    }

    private static Person person(Request request) {
        return new Person(request.identity().user(), request.identity().role().text(), request.remoteAddress());
    }

    private void needDatabase() {
        if (databaseAway.getAsBoolean()) {
            throw Problem.unavailable("the database does not answer");
        }
    }
}
