package identicom.standalone.doctor;

import identicom.runtime.config.Configuration;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Findings without the configuration's secrets: what a driver or a client says of a failure may repeat what it was given. Passwords
 * inside addresses and settings go, too. A secret of fewer than 4 characters is left alone: it would be found in any word.
 */
final class Masked {
    private static final int SHORTEST = 4;
    private static final String MASK = "***";
    private static final Pattern ASSIGNED = Pattern.compile("(?i)(password\\s*=\\s*)(\"[^\"]*\"|[^\\s&;,\"]+)");

    private final List<String> secrets;

    Masked(Collection<String> secrets) {
        this.secrets = secrets.stream()
                .filter(secret -> secret.length() >= SHORTEST)
                .sorted(Comparator.comparing(String::length).reversed())
                .toList();
    }

    static Masked of(Configuration configuration) {
        return new Masked(configuration.secrets());
    }

    Finding of(Finding finding) {
        return new Finding(
                finding.mark(),
                masked(finding.subject()),
                masked(finding.found()),
                masked(finding.expected()),
                masked(finding.advice()));
    }

    private String masked(String text) {
        String masked = text;
        for (String secret : secrets) {
            masked = masked.replace(secret, MASK);
        }
        return ASSIGNED.matcher(masked).replaceAll("$1***");
    }
}
