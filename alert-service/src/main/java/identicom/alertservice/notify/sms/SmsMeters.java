package identicom.alertservice.notify.sms;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.BooleanSupplier;

/** What is counted of one provider. The label {@code provider} is its place in the configuration, 1 or 2. */
final class SmsMeters {

    enum Sent {
        ACCEPTED,
        REFUSED,
        FAILED
    }

    enum Came {
        DELIVERED,
        UNDELIVERED,
        OPEN,
        TEXT,
        IGNORED,
        SENT_BACK
    }

    private final Map<Sent, Counter> sent = new EnumMap<>(Sent.class);
    private final Map<Came, Counter> came = new EnumMap<>(Came.class);
    private final Counter binds;

    SmsMeters(MeterRegistry registry, SmsProvider provider, BooleanSupplier bound) {
        String number = Integer.toString(provider.number());
        for (Sent outcome : Sent.values()) {
            sent.put(
                    outcome,
                    Counter.builder("identicom.sms.messages")
                            .description("Texts handed to a provider, by what it answered")
                            .tag("provider", number)
                            .tag("outcome", outcome.name().toLowerCase(Locale.ROOT))
                            .register(registry));
        }
        for (Came what : Came.values()) {
            came.put(
                    what,
                    Counter.builder("identicom.sms.replies")
                            .description(
                                    "Receipts and texts that came from a provider; sent_back: it is to send them again")
                            .tag("provider", number)
                            .tag("outcome", what.name().toLowerCase(Locale.ROOT))
                            .register(registry));
        }
        binds = Counter.builder("identicom.sms.binds")
                .description("Successful binds")
                .tag("provider", number)
                .register(registry);
        Gauge.builder("identicom.sms.bound", () -> bound.getAsBoolean() ? 1 : 0)
                .description("1 while bound to the provider")
                .tag("provider", number)
                .register(registry);
    }

    void sent(Sent outcome) {
        sent.get(outcome).increment();
    }

    void came(Came what) {
        came.get(what).increment();
    }

    void bound() {
        binds.increment();
    }
}
