package identicom.alertservice.supervision.rule;

import org.jspecify.annotations.Nullable;

/**
 * How a unit stands.
 *
 * @param heardUs null: never seen
 * @param dueUs null: no deadline
 * @param overdueUs the deadline that it missed; null: it did not
 * @param alone overdue, and an alert of its own was raised
 * @param missedIn overdue, and named by this mass loss
 */
public record Watch(
        @Nullable Long heardUs,
        @Nullable Long dueUs,
        @Nullable Long overdueUs,
        boolean alone,
        @Nullable Long missedIn) {

    public static final Watch NEVER_SEEN = new Watch(null, null, null, false, null);

    /** In time, with this deadline. */
    Watch due(@Nullable Long us) {
        return new Watch(heardUs, us, null, false, null);
    }

    /** The deadline is another one, all else stands. */
    Watch postponed(long us) {
        return new Watch(heardUs, us, overdueUs, alone, missedIn);
    }

    Watch heard(long us) {
        return new Watch(us, dueUs, overdueUs, alone, missedIn);
    }
}
