package identicom.schema;

/** A Kafka cluster of the system. */
public enum Cluster {
    /** Carries everything; what it has acknowledged is durable. */
    MAIN,
    /** A second, independent cluster: critical events, quarantine and keys, so that an emergency has a way of its own. */
    PRIORITY
}
