package identicom.fleetservice.users;

import identicom.runtime.process.Metrics;
import io.micrometer.core.instrument.Counter;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/** Counts logins by outcome. */
public final class LoginMetrics {
    /** What became of a login. */
    enum Outcome {
        ACCEPTED,
        REFUSED,
        THROTTLED
    }

    private final Map<Outcome, Counter> logins = new EnumMap<>(Outcome.class);

    public LoginMetrics(Metrics metrics) {
        for (Outcome outcome : Outcome.values()) {
            Counter counter = Counter.builder("identicom.fleet.logins")
                    .description("Logins by what became of them")
                    .tag("outcome", outcome.name().toLowerCase(Locale.ROOT))
                    .register(metrics.registry());
            logins.put(outcome, counter);
        }
    }

    void count(Outcome outcome) {
        Objects.requireNonNull(logins.get(outcome)).increment();
    }
}
