package identicom.standalone.process;

import identicom.runtime.process.Health;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;

/** Waits until every component that is needed says that it is up. */
public final class Readiness {
    private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

    private Readiness() {}

    /** @return an empty text when ready; else what was still down at the limit */
    public static String await(Health health, Duration limit) {
        long until = System.nanoTime() + limit.toNanos();
        while (!health.ready()) {
            if (System.nanoTime() > until) {
                return health.states().entrySet().stream()
                        .filter(state -> state.getValue().requiredForReady()
                                && !state.getValue().up())
                        .map(Readiness::text)
                        .collect(Collectors.joining("; "));
            }
            LockSupport.parkNanos(LOOK_NANOS);
        }
        return "";
    }

    private static String text(Map.Entry<String, Health.State> state) {
        return state.getKey() + ": " + state.getValue().why();
    }
}
