package identicom.systemtests.instances;

import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.Function;

/** How long what happened around a kill, and after it, had to wait. */
final class Handover {
    /** What happened shortly before may have been in the hands of those who died. */
    private static final Duration BEFORE = Duration.ofSeconds(1);

    private static final Duration LIMIT = Duration.ofSeconds(60);

    private final long killed;
    private final Duration after;

    /** @param killed by {@link System#nanoTime()} @param after until how long after the kill it is looked at */
    Handover(long killed, Duration after) {
        this.killed = killed;
        this.after = after;
    }

    /** Waits until all of it was seen. @return the longest time from the happening, or the kill if that was later */
    Duration longest(String where, Map<String, Long> happened, Function<String, OptionalLong> seen) {
        long longest = 0;
        for (Map.Entry<String, Long> one : happened.entrySet()) {
            if (isAround(one.getValue())) {
                await(one.getKey() + " " + where)
                        .atMost(LIMIT)
                        .until(() -> seen.apply(one.getKey()).isPresent());
                long from = Math.max(one.getValue(), killed);
                longest = Math.max(longest, seen.apply(one.getKey()).orElseThrow() - from);
            }
        }
        return Duration.ofNanos(longest);
    }

    private boolean isAround(long at) {
        return at >= killed - BEFORE.toNanos() && at <= killed + after.toNanos();
    }
}
