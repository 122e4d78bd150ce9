package identicom.alertservice.canary;

import identicom.alertservice.view.CanaryUnit;
import identicom.runtime.config.Configuration;
import identicom.runtime.config.Key;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is known of the canary before it calls.
 *
 * @param every how often it calls
 * @param sms whom an hourly text message goes to; empty: nobody
 * @param watchdog asked after each success; null: nobody is
 */
public record CanarySettings(
        CanaryUnit unit,
        Duration every,
        String sms,
        @Nullable URI watchdog) {

    private static final Key<String> SERIAL = new Key<>(
            "canary.serial",
            "",
            "serial of the unit whose emergencies are tests of the whole way; it must be commissioned. Empty: there is none",
            false,
            CanarySettings::serial);
    private static final Key<Duration> EVERY = Key.duration(
            "canary.every",
            Duration.ofMinutes(1),
            Duration.ofSeconds(10),
            Duration.ofHours(1),
            "how often the canary calls, 10s to 1h; missing after three times this");
    private static final Key<String> SMS =
            Key.optionalText("canary.sms", "number that gets a text message about the canary once an hour");
    private static final Key<String> WATCHDOG = new Key<>(
            "canary.watchdog-url",
            "",
            "http or https address that is asked after each canary that came through: an outside watchdog",
            true, // such an address is often the password itself
            CanarySettings::address);

    public static final List<Key<?>> KEYS = List.of(SERIAL, EVERY, SMS, WATCHDOG);

    public static CanarySettings from(Configuration c) {
        String watchdog = c.get(WATCHDOG);
        return new CanarySettings(
                new CanaryUnit(c.get(SERIAL)),
                c.get(EVERY),
                c.get(SMS),
                watchdog.isEmpty() ? null : URI.create(watchdog));
    }

    private static String serial(String text) {
        if (!text.matches("[A-Z0-9-]{0,12}")) {
            throw new IllegalArgumentException("up to 12 characters A-Z 0-9 -");
        }
        return text;
    }

    private static String address(String text) {
        if (!text.isEmpty() && !text.matches("https?://[^\\s/]+.*")) {
            throw new IllegalArgumentException("an http or https address");
        }
        return text;
    }
}
