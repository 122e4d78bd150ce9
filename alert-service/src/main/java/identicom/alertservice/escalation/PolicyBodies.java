package identicom.alertservice.escalation;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the interface takes, before it is checked: anything may be absent. */
final class PolicyBodies {

    record PolicyBody(@Nullable List<@Nullable LevelBody> levels) {}

    record LevelBody(
            @Nullable Integer afterSeconds,
            @Nullable List<@Nullable TargetBody> targets,
            @Nullable HoursBody hours) {}

    record TargetBody(
            @Nullable String channel,
            @Nullable String address,
            @Nullable String group,
            @Nullable HoursBody hours) {}

    record HoursBody(
            @Nullable String zone,
            @Nullable List<@Nullable String> days,
            @Nullable String from,
            @Nullable String to) {}

    record GroupBody(@Nullable List<@Nullable MemberBody> members) {}

    record MemberBody(
            @Nullable String name,
            @Nullable String channel,
            @Nullable String address) {}

    record AssignmentsBody(@Nullable List<@Nullable AssignmentBody> assignments) {}

    record AssignmentBody(
            @Nullable String serial,
            @Nullable String site,
            @Nullable String kind,
            @Nullable String policy) {}

    private PolicyBodies() {}
}
