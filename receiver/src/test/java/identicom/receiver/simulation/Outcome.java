package identicom.receiver.simulation;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What came of one schedule.
 *
 * @param hash of all that happened: the same for the same seed
 * @param violation the first thing that must not be; null: there was none
 * @param lastSteps in words, where these were asked for
 */
record Outcome(long seed, long hash, @Nullable String violation, String lastSteps, Map<Reached, Integer> reached) {
    boolean clean() {
        return violation == null;
    }
}
