package identicom.alertservice.alert;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Where an alert stands between people.
 *
 * @param holder who acknowledged it; of a closed alert, who had
 * @param firstTakenAt when it was acknowledged for the first time, whatever came of that
 * @param rings how often it rang
 * @param reopenAt set when it rang while acknowledged: then it opens again unless acknowledged again
 */
public record Standing(
        AlertState state,
        @Nullable Holder holder,
        @Nullable Instant firstTakenAt,
        @Nullable String outcome,
        int rings,
        Instant rangAt,
        @Nullable Instant reopenAt) {

    /** An acknowledged alert that rang opens again after this, unless acknowledged again. */
    public static final Duration REOPEN_AFTER = Duration.ofSeconds(30);

    /**
     * Who has taken an alert.
     *
     * @param byFeed whether they then had a live stream of alerts
     * @param attendBy when they are reminded, or lose it once they were
     */
    public record Holder(
            String user,
            Instant since,
            boolean byFeed,
            @Nullable Instant attendBy,
            boolean reminded) {

        Holder attending(@Nullable Instant by) {
            return new Holder(user, since, byFeed, by, false);
        }
    }

    static Standing raised(Instant now) {
        return new Standing(AlertState.OPEN, null, null, null, 1, now, null);
    }

    /** Rings; in an acknowledged alert it rings its holder, and the first unanswered ring says when it opens again. */
    Standing rung(Instant now) {
        Instant due = state == AlertState.ACKNOWLEDGED && reopenAt == null ? now.plus(REOPEN_AFTER) : reopenAt;
        return new Standing(state, holder, firstTakenAt, outcome, rings + 1, now, due);
    }

    /** What was done while it was a test says nothing of how fast an emergency was taken. */
    Standing madeLive(Instant now) {
        return new Standing(state, holder, null, outcome, rings, rangAt, reopenAt).rung(now);
    }

    Standing taken(Holder by) {
        Instant first = firstTakenAt == null ? by.since() : firstTakenAt;
        return new Standing(AlertState.ACKNOWLEDGED, by, first, null, rings, rangAt, null);
    }

    /** The same holder, and no ring but what there was. */
    Standing heldBy(Holder same) {
        return new Standing(state, same, firstTakenAt, outcome, rings, rangAt, reopenAt);
    }

    /** Its holder is rung, and has until {@code by}. */
    Standing reminded(Instant by, Instant now) {
        if (holder == null) {
            throw new IllegalStateException("nobody holds it: " + state + " (expected: ACKNOWLEDGED)");
        }
        Holder reminded = new Holder(holder.user(), holder.since(), holder.byFeed(), by, true);
        return new Standing(state, reminded, firstTakenAt, outcome, rings + 1, now, reopenAt);
    }

    Standing reopened(Instant now) {
        return new Standing(AlertState.OPEN, null, firstTakenAt, null, rings + 1, now, null);
    }

    Standing closed(String how) {
        return new Standing(AlertState.CLOSED, holder, firstTakenAt, how, rings, rangAt, null);
    }
}
