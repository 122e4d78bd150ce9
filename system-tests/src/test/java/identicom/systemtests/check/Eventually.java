package identicom.systemtests.check;

import java.io.IOException;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;

/** What need not be so at once. */
final class Eventually {
    private static final Duration POLL = Duration.ofMillis(500);

    /** Fails with an {@link AssertionError} where it is not so. */
    interface Check {
        void run() throws IOException, InterruptedException;
    }

    private Eventually() {}

    /** Looks until it is so or time is over, and then once more: so it is always looked at, and what is wrong is what is told. */
    static void holds(Duration limit, Check check) throws IOException, InterruptedException {
        try {
            Awaitility.await()
                    .atMost(limit)
                    .pollDelay(Duration.ZERO)
                    .pollInterval(POLL)
                    .ignoreExceptionsInstanceOf(IOException.class)
                    .untilAsserted(check::run);
        } catch (ConditionTimeoutException late) {
            check.run();
        }
    }
}
