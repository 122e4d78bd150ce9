package identicom.schema;

import java.util.Locale;

/** A Kafka cluster of the system. */
public enum Cluster {
    /** Carries everything; what it has acknowledged is durable. */
    MAIN,
    /** A second, independent cluster: critical events, quarantine and keys, so that an emergency has a way of its own. */
    PRIORITY;

    private final String word = name().toLowerCase(Locale.ROOT);

    /** As in configuration, records, metrics and messages: {@code main}, {@code priority}. */
    public String word() {
        return word;
    }
}
