package identicom.standalone.doctor;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A host and a port that something should listen on. */
record Endpoint(String host, int port) {
    private static final int HIGHEST = 65_535;
    private static final Pattern TEXT =
            Pattern.compile("(?:[A-Za-z0-9+._-]*://)?\\[?([0-9A-Za-z%._:-]+?)]?:([0-9]{1,5})");

    /** Of {@code host:port}, {@code [address]:port} or {@code listener://host:port}, as Kafka reads them; empty when it is none. */
    static Optional<Endpoint> of(String text) {
        Matcher matcher = TEXT.matcher(text);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        int port = Integer.parseInt(matcher.group(2));
        return port == 0 || port > HIGHEST ? Optional.empty() : Optional.of(new Endpoint(matcher.group(1), port));
    }

    @Override
    public String toString() {
        return (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
    }
}
