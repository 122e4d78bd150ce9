package identicom.alertservice.escalation;

import identicom.alertservice.escalation.Policy.Level;
import identicom.alertservice.escalation.Policy.Member;
import identicom.alertservice.escalation.Policy.Target;
import identicom.alertservice.escalation.PolicyBodies.AssignmentBody;
import identicom.alertservice.escalation.PolicyBodies.AssignmentsBody;
import identicom.alertservice.escalation.PolicyBodies.GroupBody;
import identicom.alertservice.escalation.PolicyBodies.HoursBody;
import identicom.alertservice.escalation.PolicyBodies.LevelBody;
import identicom.alertservice.escalation.PolicyBodies.MemberBody;
import identicom.alertservice.escalation.PolicyBodies.PolicyBody;
import identicom.alertservice.escalation.PolicyBodies.TargetBody;
import identicom.runtime.http.Problem;
import identicom.runtime.http.Problem.Wrong;
import java.time.DateTimeException;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Makes policies, groups and assignments of what was sent, or says everything that is wrong with it. One use. */
final class PolicyCheck {

    static final int LEVELS = 20;
    static final int TARGETS = 50;
    static final int MEMBERS = 200;
    static final int ASSIGNMENTS = 5_000;
    static final int LONGEST_DELAY = 86_400;
    static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");
    private static final int LONGEST_TEXT = 200;
    private static final Hours NEVER = new Hours("UTC", List.of(), "00:00", "00:00");

    private final List<Wrong> wrong = new ArrayList<>();

    /** What was made, unless something was wrong. @throws Problem 400 */
    <T> T made(T value) {
        if (!wrong.isEmpty()) {
            throw Problem.badRequest(wrong);
        }
        return value;
    }

    private void wrong(String field, @Nullable Object was, String expected) {
        wrong.add(new Wrong(field, was == null ? "absent" : was.toString(), expected));
    }

    String name(String field, String name) {
        if (!NAME.matcher(name).matches()) {
            wrong(field, name, "1..64 letters, digits, dots, hyphens and underscores, a letter or digit first");
        }
        return name;
    }

    List<Level> policy(PolicyBody body, Set<String> groups) {
        List<Level> levels = new ArrayList<>();
        List<LevelBody> given = list("levels", body.levels(), LEVELS);
        for (int i = 0; i < given.size(); i++) {
            String field = "levels." + i;
            LevelBody level = given.get(i);
            if (level == null) {
                wrong(field, null, "an object");
                continue;
            }
            int least = levels.isEmpty() ? 0 : levels.getLast().afterSeconds();
            levels.add(level(field, level, least, groups));
        }
        return levels;
    }

    private Level level(String field, LevelBody body, int least, Set<String> groups) {
        Integer after = body.afterSeconds();
        if (after == null || after < least || after > LONGEST_DELAY) {
            wrong(
                    field + ".afterSeconds",
                    after,
                    "a whole number " + least + ".." + LONGEST_DELAY
                            + (least > 0 ? ", not less than the level before" : ""));
        }
        List<Target> targets = new ArrayList<>();
        List<TargetBody> given = list(field + ".targets", body.targets(), TARGETS);
        for (int i = 0; i < given.size(); i++) {
            TargetBody target = given.get(i);
            if (target == null) {
                wrong(field + ".targets." + i, null, "an object");
            } else {
                targets.add(target(field + ".targets." + i, target, groups));
            }
        }
        return new Level(after == null ? least : after, targets, hours(field + ".hours", body.hours()));
    }

    private Target target(String field, TargetBody body, Set<String> groups) {
        Hours hours = hours(field + ".hours", body.hours());
        if (body.group() != null) {
            if (body.channel() != null || body.address() != null) {
                wrong(field, "a group with a channel or an address", "a group alone, or a channel");
            }
            if (!groups.contains(body.group())) {
                wrong(field + ".group", body.group(), "the name of a contact group");
            }
            return new Target(null, null, body.group(), hours);
        }
        if (Policy.SCREEN.equals(body.channel())) {
            if (body.address() != null) {
                wrong(field + ".address", body.address(), "none: screen takes no address");
            }
            return new Target(Policy.SCREEN, null, null, hours);
        }
        if (!Addresses.CHANNELS.contains(body.channel() == null ? "" : body.channel())) {
            wrong(field + ".channel", body.channel(), "screen, sms, mail or webhook, or a group");
            return new Target(body.channel(), body.address(), null, hours);
        }
        return new Target(body.channel(), address(field, body.channel(), body.address()), null, hours);
    }

    private String address(String field, String channel, @Nullable String address) {
        String usual = address == null ? "" : Addresses.usual(channel, address);
        if (!Addresses.valid(channel, usual)) {
            wrong(field + ".address", address, Addresses.expected(channel));
        }
        return usual;
    }

    private @Nullable Hours hours(String field, @Nullable HoursBody body) {
        if (body == null) {
            return null;
        }
        int before = wrong.size();
        String zone = body.zone() == null ? "" : body.zone();
        if (!zone(zone)) {
            wrong(field + ".zone", body.zone(), "a time zone such as Europe/London");
        }
        List<@Nullable String> days = body.days() == null ? List.copyOf(Hours.WEEK) : body.days();
        if (days.isEmpty() || !new HashSet<@Nullable String>(Hours.WEEK).containsAll(days)) {
            wrong(field + ".days", days, "some of " + String.join(", ", Hours.WEEK));
        }
        String from = time(field + ".from", body.from());
        String to = time(field + ".to", body.to());
        if (wrong.size() > before) {
            return NEVER;
        }
        return new Hours(zone, Hours.WEEK.stream().filter(days::contains).toList(), from, to);
    }

    private static boolean zone(String zone) {
        try {
            ZoneId.of(zone);
            return true;
        } catch (DateTimeException e) {
            return false;
        }
    }

    private String time(String field, @Nullable String text) {
        if (text == null || !text.matches("([01]\\d|2[0-3]):[0-5]\\d")) {
            wrong(field, text, "a time such as 08:00");
            return "00:00";
        }
        return LocalTime.parse(text).toString();
    }

    List<Member> group(GroupBody body) {
        List<Member> members = new ArrayList<>();
        List<MemberBody> given = list("members", body.members(), MEMBERS);
        for (int i = 0; i < given.size(); i++) {
            String field = "members." + i;
            MemberBody member = given.get(i);
            if (member == null) {
                wrong(field, null, "an object");
                continue;
            }
            String name = text(field + ".name", member.name());
            String channel = member.channel() == null ? "" : member.channel();
            if (!Addresses.CHANNELS.contains(channel)) {
                wrong(field + ".channel", member.channel(), "sms, mail or webhook");
            } else {
                members.add(new Member(name, channel, address(field, channel, member.address())));
            }
        }
        return members;
    }

    List<Assignment> assignments(AssignmentsBody body, Map<String, ?> policies) {
        List<Assignment> assignments = new ArrayList<>();
        Set<List<@Nullable String>> places = new HashSet<>();
        if (body.assignments() == null) {
            wrong("assignments", null, "a list of at most " + ASSIGNMENTS);
            return assignments;
        }
        List<AssignmentBody> given =
                body.assignments().isEmpty() ? List.of() : list("assignments", body.assignments(), ASSIGNMENTS);
        for (int i = 0; i < given.size(); i++) {
            AssignmentBody one = given.get(i);
            if (one == null) {
                wrong("assignments." + i, null, "an object");
                continue;
            }
            Assignment assignment = assignment("assignments." + i, one, policies);
            if (!places.add(java.util.Arrays.asList(assignment.serial(), assignment.site(), assignment.kind()))) {
                wrong("assignments." + i, "the same as an earlier one", "each combination once");
            }
            assignments.add(assignment);
        }
        return assignments;
    }

    private Assignment assignment(String field, AssignmentBody one, Map<String, ?> policies) {
        if (one.serial() != null && one.site() != null) {
            wrong(field, "serial and site", "one of them");
        }
        if (one.serial() == null && one.site() == null && one.kind() == null) {
            wrong(field, "nothing", "serial, site or kind; where nothing is assigned, default applies");
        }
        String serial = one.serial() == null ? null : text(field + ".serial", one.serial());
        String site = one.site() == null ? null : text(field + ".site", one.site());
        String kind = one.kind() == null ? null : text(field + ".kind", one.kind());
        String policy = one.policy() == null ? "" : one.policy();
        if (!policies.containsKey(policy)) {
            wrong(field + ".policy", one.policy(), "the name of a policy");
        }
        return new Assignment(serial, site, kind, policy);
    }

    private String text(String field, @Nullable String text) {
        boolean usable = text != null
                && !text.isBlank()
                && text.length() <= LONGEST_TEXT
                && text.codePoints().noneMatch(Character::isISOControl);
        if (!usable) {
            wrong(field, text, "1.." + LONGEST_TEXT + " characters in one line");
        }
        return text == null ? "" : text.strip();
    }

    private <T extends @Nullable Object> List<T> list(String field, @Nullable List<T> given, int atMost) {
        if (given == null || given.isEmpty() || given.size() > atMost) {
            wrong(field, given == null ? null : given.size() + " items", "a list of 1.." + atMost);
            return List.of();
        }
        return given;
    }
}
