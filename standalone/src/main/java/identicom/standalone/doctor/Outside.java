package identicom.standalone.doctor;

import identicom.runtime.config.Configuration;
import java.util.ArrayList;
import java.util.List;

/** The SMS providers and the mail server that are configured: does anything listen there. Nothing is sent, and nobody is logged in. */
final class Outside {
    private Outside() {}

    static List<Check> checks(Configuration configuration) {
        List<Check> checks = new ArrayList<>();
        for (String prefix : List.of("sms.1", "sms.2", "mail")) {
            String host = configuration.text(prefix + ".host");
            if (!host.isEmpty()) {
                checks.add(new EndpointCheck(
                        prefix,
                        new Endpoint(host, Integer.parseInt(configuration.text(prefix + ".port"))),
                        Mark.WARN,
                        "correct " + prefix + ".host and " + prefix
                                + ".port, or open the way there; until then nobody is told by it"));
            }
        }
        if (checks.isEmpty()) {
            checks.add(new Told("SMS and mail", "none is configured: nobody is told outside the page"));
        }
        return checks;
    }

    /** Known without looking. */
    private record Told(String subject, String why) implements Check {
        @Override
        public List<Finding> find() {
            return List.of(Finding.skipped(subject, why));
        }
    }
}
