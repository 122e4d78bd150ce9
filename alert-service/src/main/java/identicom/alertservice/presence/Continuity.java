package identicom.alertservice.presence;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * For how long something has been done again and again without a failure and without a long gap, by the clock by which it
 * is done. One thread only.
 */
final class Continuity {

    private final Duration longestGap;
    private @Nullable Instant since;
    private Instant last = Instant.MIN;

    Continuity(Duration longestGap) {
        this.longestGap = longestGap;
    }

    void done(Instant at) {
        if (since == null || at.isBefore(last) || at.isAfter(last.plus(longestGap))) {
            since = at;
        }
        last = at;
    }

    void failed() {
        since = null;
    }

    boolean heldFor(Duration span) {
        return since != null && !last.isBefore(since.plus(span));
    }
}
