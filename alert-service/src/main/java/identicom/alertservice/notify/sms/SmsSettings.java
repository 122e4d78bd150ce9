package identicom.alertservice.notify.sms;

import identicom.runtime.config.Configuration;
import identicom.runtime.config.Key;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.SSLSocketFactory;

/**
 * Which providers there are, the preferred one first; none where no host was given.
 *
 * @param timeout for a connection, a bind and the answer to a message each
 * @param leftOutFor how long a provider that failed is not asked while another one can be
 */
public record SmsSettings(List<SmsProvider> providers, Duration timeout, Duration leftOutFor) {
    private static final Duration LEFT_OUT_FOR = Duration.ofSeconds(30);
    /** The outbox waits 25 s for both providers; see {@link Submission#longest}. */
    private static final Duration LONGEST_TIMEOUT = Duration.ofSeconds(10);

    private static final int LONGEST_SYSTEM_ID = 15;
    private static final int LONGEST_PASSWORD = 8;

    private static final ProviderKeys FIRST = new ProviderKeys(1);
    private static final ProviderKeys SECOND = new ProviderKeys(2);

    static final Key<Duration> TIMEOUT = new Key<>(
            "sms.timeout",
            "5s",
            "how long a provider has to answer before the other one is asked; 100ms to 10s",
            false,
            SmsSettings::timeoutOf);

    public static final List<Key<?>> KEYS = keys();

    private record ProviderKeys(
            int number,
            Key<String> host,
            Key<Integer> port,
            Key<String> systemId,
            Key<String> password,
            Key<String> source,
            Key<Boolean> tls) {

        ProviderKeys(int n) {
            this(
                    n,
                    Key.optionalText("sms." + n + ".host", "SMPP host of the " + nth(n) + " SMS provider; empty: none"),
                    Key.integer("sms." + n + ".port", 2775, 1, 65_535, "SMPP port of the " + nth(n) + " SMS provider"),
                    new Key<>(
                            "sms." + n + ".system-id",
                            "",
                            "what the " + nth(n) + " SMS provider calls this system at the bind",
                            false,
                            text -> ascii(text, LONGEST_SYSTEM_ID)),
                    new Key<>(
                            "sms." + n + ".password",
                            "",
                            "password of that bind",
                            true,
                            text -> ascii(text, LONGEST_PASSWORD)),
                    new Key<>(
                            "sms." + n + ".source",
                            "",
                            "sender that phones show, and that people answer to; empty: the provider's choice",
                            false,
                            SmsProvider::checkedSource),
                    Key.flag(
                            "sms." + n + ".tls",
                            false,
                            "TLS from the first byte to the " + nth(n)
                                    + " SMS provider; its certificate and host name are checked"));
        }

        private static String nth(int n) {
            return n == 1 ? "first" : "second";
        }

        List<Key<?>> all() {
            return List.of(host, port, systemId, password, source, tls);
        }

        SmsProvider provider(Configuration configuration, String name) {
            return new SmsProvider(
                    number,
                    name,
                    configuration.get(host),
                    configuration.get(port),
                    configuration.get(systemId),
                    configuration.get(password),
                    configuration.get(source),
                    configuration.get(tls) ? (SSLSocketFactory) SSLSocketFactory.getDefault() : null);
        }
    }

    public static SmsSettings from(Configuration configuration) {
        List<SmsProvider> providers = new ArrayList<>();
        for (ProviderKeys keys : List.of(FIRST, SECOND)) {
            if (!configuration.get(keys.host).isEmpty()) {
                providers.add(keys.provider(configuration, nameOf(keys, configuration)));
            }
        }
        return new SmsSettings(List.copyOf(providers), configuration.get(TIMEOUT), LEFT_OUT_FOR);
    }

    /** Its system id where that tells one from the other. It must stay the same over restarts: receipts name it. */
    private static String nameOf(ProviderKeys keys, Configuration configuration) {
        String systemId = configuration.get(keys.systemId);
        boolean same = configuration.get(FIRST.systemId).equals(configuration.get(SECOND.systemId));
        if (systemId.isEmpty()) {
            return "sms." + keys.number;
        }
        return same ? systemId + "-" + keys.number : systemId;
    }

    private static List<Key<?>> keys() {
        List<Key<?>> keys = new ArrayList<>(FIRST.all());
        keys.addAll(SECOND.all());
        keys.add(TIMEOUT);
        return List.copyOf(keys);
    }

    private static String ascii(String text, int longest) {
        if (text.length() > longest || !text.chars().allMatch(c -> c > 0x20 && c < 0x7f)) {
            throw new IllegalArgumentException(
                    "at most " + longest + " printable ASCII characters, as SMPP 3.4 has it");
        }
        return text;
    }

    private static Duration timeoutOf(String text) {
        Duration timeout =
                Key.duration("sms.timeout", Duration.ofSeconds(5), "").parser().parse(text);
        if (timeout.toMillis() < 100 || timeout.compareTo(LONGEST_TIMEOUT) > 0) {
            throw new IllegalArgumentException("a time span from 100ms to 10s");
        }
        return timeout;
    }
}
