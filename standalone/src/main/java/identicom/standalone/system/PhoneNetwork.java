package identicom.standalone.system;

import identicom.embedded.smsc.Smsc;
import identicom.runtime.config.Configuration;
import java.io.IOException;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Where no SMS provider is configured, an SMSC in this process: texts end there and are read in the list of
 * notifications. Where one is, the first or the second, there is none, so that no text ends here that was meant for a
 * phone.
 */
final class PhoneNetwork implements AutoCloseable {
    /** Also what the list of notifications calls the provider. */
    private static final String SYSTEM_ID = "standalone";

    private static final String SOURCE = "Identicom";
    private static final int PASSWORD_BYTES = 4;

    private final Optional<Smsc> smsc;
    private final Map<String, String> settings;

    private PhoneNetwork(Optional<Smsc> smsc, Map<String, String> settings) {
        this.smsc = smsc;
        this.settings = settings;
    }

    /** @throws IOException its socket could not be opened */
    static PhoneNetwork start(Configuration given, Consumer<String> progress) throws IOException {
        boolean configured = List.of("sms.1.host", "sms.2.host").stream().anyMatch(given::has);
        if (configured) {
            return new PhoneNetwork(Optional.empty(), Map.of());
        }
        byte[] random = new byte[PASSWORD_BYTES];
        new SecureRandom().nextBytes(random);
        String password = HexFormat.of().formatHex(random);
        Smsc smsc = Smsc.start(Smsc.Options.withPassword(password));
        progress.accept("no SMS provider is configured: texts to phones end here and are read as notifications");
        return new PhoneNetwork(
                Optional.of(smsc),
                Map.of(
                        "sms.1.host",
                        smsc.host(),
                        "sms.1.port",
                        Integer.toString(smsc.port()),
                        "sms.1.tls",
                        "false",
                        "sms.1.system-id",
                        SYSTEM_ID,
                        "sms.1.password",
                        password,
                        "sms.1.source",
                        SOURCE));
    }

    /** Where alert-service finds it, as configuration keys; empty where there is none. */
    Map<String, String> settings() {
        return settings;
    }

    /** Empty where a provider is configured. */
    Optional<Smsc> smsc() {
        return smsc;
    }

    @Override
    public void close() {
        smsc.ifPresent(Smsc::close);
    }
}
