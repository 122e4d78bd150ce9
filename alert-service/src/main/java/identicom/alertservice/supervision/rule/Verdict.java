package identicom.alertservice.supervision.rule;

import identicom.alertservice.supervision.rule.Power.Phase;
import java.util.Collection;

/** What becomes of a unit whose deadline the watermark has passed. */
public sealed interface Verdict {

    /** It is missing. */
    record Missing(Unit unit) implements Verdict {}

    /** It is not, and this is how it stands: with another deadline, or none. */
    record Excused(Unit unit) implements Verdict {}

    static Verdict of(Unit unit, Collection<Gap> gaps) {
        Long due = unit.watch().dueUs();
        if (due == null) {
            return new Excused(unit);
        }
        if (unit.power().phase() == Phase.PENDING) {
            return new Excused(unit.offByNow());
        }
        long end = gaps.stream()
                .filter(gap -> gap.excuses(due, unit.plan()))
                .mapToLong(Gap::toUs)
                .max()
                .orElse(Long.MIN_VALUE);
        return end == Long.MIN_VALUE
                ? new Missing(unit)
                : new Excused(unit.postponed(end + unit.plan().spanUs()));
    }
}
