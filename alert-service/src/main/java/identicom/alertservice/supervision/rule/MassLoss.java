package identicom.alertservice.supervision.rule;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Whether missing units are one loss of many. Of the units of a group that were due in the last 5 minutes, those are
 * missing whose deadline passed in them and who have not been heard since; those have met it who were heard in them. A
 * group is lost when at least 10 and at least 20 % of both together are missing. While a loss is open, whoever misses a
 * deadline within an interval and a grace of its beginning joins it, however few they are, if still 20 % of those due in
 * the group are missing. Later ones did not fall silent with it: they are judged as if there were none, and where they
 * are a loss again, that one begins anew.
 */
public final class MassLoss {

    public static final long WINDOW_US = 5 * 60_000_000L;
    public static final int AT_LEAST = 10;
    private static final int PER_CENT = 20;

    /** How many of each group were missing and met their deadline in the window. */
    public record Window(Map<Group, Long> missing, Map<Group, Long> met) {

        private long missing(Group group) {
            return missing.getOrDefault(group, 0L);
        }

        private boolean wide(Group group) {
            long due = missing(group) + met.getOrDefault(group, 0L);
            return missing(group) * 100 >= due * PER_CENT;
        }
    }

    private MassLoss() {}

    /** Whether it hangs on how many have met their deadline; where it does not, they need not be counted. */
    public static boolean possible(Map<Group, Long> missing, Set<Group> open) {
        return missing.entrySet().stream()
                .anyMatch(group -> group.getValue() >= AT_LEAST || open.contains(group.getKey()));
    }

    /**
     * The loss that names this unit: of the largest group that is lost. Empty: it is missing by itself.
     *
     * @param open since when each open loss is
     */
    public static Optional<Group> naming(Unit unit, Window window, Map<Group, Long> open) {
        return Group.of(unit).stream()
                .filter(group -> window.missing(group) >= AT_LEAST || joins(unit, open.get(group)))
                .filter(window::wide)
                .findFirst();
    }

    /** @param sinceUs of the open loss; null: there is none */
    public static boolean joins(Unit unit, @Nullable Long sinceUs) {
        Long due = unit.watch().dueUs();
        return sinceUs != null && due != null && due <= sinceUs + unit.plan().spanUs();
    }

    /** How many are missing of each group. */
    public static Map<Group, Long> count(Collection<Unit> missing, Map<Group, Long> before) {
        Map<Group, Long> counts = new HashMap<>(before);
        for (Unit unit : missing) {
            Group.of(unit).forEach(group -> counts.merge(group, 1L, Long::sum));
        }
        return counts;
    }

    /** Most of those named were heard again. */
    public static boolean isBack(long named, long stillMissing) {
        return stillMissing * 100 <= named * PER_CENT;
    }
}
