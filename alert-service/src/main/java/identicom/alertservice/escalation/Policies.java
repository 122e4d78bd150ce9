package identicom.alertservice.escalation;

import identicom.alertservice.escalation.Policy.Level;
import identicom.alertservice.escalation.Policy.Member;
import identicom.alertservice.escalation.Policy.Target;
import identicom.alertservice.store.Actions.Person;
import identicom.alertservice.store.AuditTrail;
import identicom.alertservice.store.DatabaseClock;
import identicom.alertservice.store.Transactions;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Policies, contact groups and assignments as people keep them, each change with its line for the audit. */
final class Policies {

    /** What stood in the way of a deletion. */
    record Deleted(boolean found, List<String> usedBy) {}

    private final Transactions transactions;
    private final DatabaseClock clock;

    Policies(Transactions transactions, DatabaseClock clock) {
        this.transactions = transactions;
        this.clock = clock;
    }

    Map<String, List<Level>> policies(@Nullable String name) throws SQLException {
        return transactions.run(tx -> PolicyTable.policies(tx, name));
    }

    Map<String, List<Member>> groups(@Nullable String name) throws SQLException {
        return transactions.run(tx -> PolicyTable.groups(tx, name));
    }

    List<Assignment> assignments() throws SQLException {
        return transactions.run(PolicyTable::assignments);
    }

    /** @param checked makes the levels, given the names of the groups that there are */
    List<Level> putPolicy(Person person, String name, Function<Set<String>, List<Level>> checked) throws SQLException {
        return transactions.run(tx -> {
            PolicyTable.lock(tx);
            List<Level> levels = checked.apply(PolicyTable.groups(tx, null).keySet());
            PolicyTable.putPolicy(tx, name, levels);
            audit(tx, person, "policy.put", name, Map.of("levels", Policy.json(levels)));
            return levels;
        });
    }

    List<Member> putGroup(Person person, String name, List<Member> members) throws SQLException {
        return transactions.run(tx -> {
            PolicyTable.lock(tx);
            PolicyTable.putGroup(tx, name, members);
            audit(tx, person, "group.put", name, Map.of("members", Policy.json(members)));
            return members;
        });
    }

    /** @param checked makes the assignments, given the policies that there are */
    List<Assignment> putAssignments(Person person, Function<Map<String, ?>, List<Assignment>> checked)
            throws SQLException {
        return transactions.run(tx -> {
            PolicyTable.lock(tx);
            List<Assignment> assignments = checked.apply(PolicyTable.policies(tx, null));
            PolicyTable.replaceAssignments(tx, assignments);
            audit(tx, person, "assignments.put", "assignments", Map.of("assignments", Policy.json(assignments)));
            return assignments;
        });
    }

    /** Not while it is assigned somewhere. */
    Deleted deletePolicy(Person person, String name) throws SQLException {
        return transactions.run(tx -> {
            PolicyTable.lock(tx);
            List<String> usedBy = PolicyTable.assignments(tx).stream()
                    .filter(assignment -> assignment.policy().equals(name))
                    .map(Policy::json)
                    .toList();
            boolean found = !PolicyTable.policies(tx, name).isEmpty();
            if (found && usedBy.isEmpty()) {
                PolicyTable.deletePolicy(tx, name);
                audit(tx, person, "policy.delete", name, Map.of());
            }
            return new Deleted(found, usedBy);
        });
    }

    /** Not while a policy names it. */
    Deleted deleteGroup(Person person, String name) throws SQLException {
        return transactions.run(tx -> {
            PolicyTable.lock(tx);
            List<String> usedBy = PolicyTable.policies(tx, null).entrySet().stream()
                    .filter(policy -> names(policy.getValue(), name))
                    .map(Map.Entry::getKey)
                    .toList();
            boolean found = !PolicyTable.groups(tx, name).isEmpty();
            if (found && usedBy.isEmpty()) {
                PolicyTable.deleteGroup(tx, name);
                audit(tx, person, "group.delete", name, Map.of());
            }
            return new Deleted(found, usedBy);
        });
    }

    private static boolean names(List<Level> levels, String group) {
        return levels.stream()
                .flatMap(level -> level.targets().stream())
                .map(Target::group)
                .anyMatch(group::equals);
    }

    private void audit(Connection tx, Person person, String action, String object, Map<String, String> detail)
            throws SQLException {
        AuditTrail.add(tx, person, action, object, detail, clock.now(tx));
    }
}
