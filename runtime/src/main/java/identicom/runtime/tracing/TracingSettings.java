package identicom.runtime.tracing;

import identicom.runtime.config.Configuration;
import identicom.runtime.config.Key;
import java.util.List;

/**
 * Where spans go, and of how much.
 *
 * @param endpoint takes OTLP over HTTP; empty: there are no traces
 * @param sample share of what is not an emergency, 0 to 1
 */
record TracingSettings(String endpoint, double sample) {
    private static final Key<String> ENDPOINT = new Key<>(
            "traces.endpoint",
            "",
            "http or https address that takes spans as OTLP, such as http://collector:4318/v1/traces; left out: no traces",
            false,
            TracingSettings::address);
    private static final Key<Double> SAMPLE = new Key<>(
            "traces.sample",
            "0.01",
            "share of events and picture blocks that is traced, 0 to 1; emergencies always are",
            false,
            TracingSettings::share);

    static final List<Key<?>> KEYS = List.of(ENDPOINT, SAMPLE);

    static TracingSettings from(Configuration configuration) {
        return new TracingSettings(configuration.get(ENDPOINT), configuration.get(SAMPLE));
    }

    private static String address(String text) {
        if (!text.isEmpty() && !text.matches("https?://[^\\s/@]+/\\S+")) {
            throw new IllegalArgumentException(
                    "an http or https address with its path and without a password, such as http://collector:4318/v1/traces");
        }
        return text;
    }

    private static Double share(String text) {
        if (!text.matches("0|1|[01]\\.\\d{1,9}") || Double.parseDouble(text) > 1) {
            throw new IllegalArgumentException("a number 0..1, such as 0.01");
        }
        return Double.valueOf(text);
    }
}
