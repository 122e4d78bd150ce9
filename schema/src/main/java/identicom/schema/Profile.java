package identicom.schema;

/** How the clusters are built on which the topics stand. */
public enum Profile {
    /** One broker a cluster, which flushes to disk before it acknowledges. */
    EMBEDDED(1),
    /** Three brokers or more a cluster; an acknowledgement means two of them have it. */
    PRODUCTION(3);

    private final short replication;

    Profile(int replication) {
        this.replication = (short) replication;
    }

    /** Replicas of each partition. */
    public short replication() {
        return replication;
    }
}
