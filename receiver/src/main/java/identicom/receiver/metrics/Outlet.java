package identicom.receiver.metrics;

import identicom.schema.Cluster;
import java.util.Locale;

/** The ways out of a station. Each has a queue, a thread and a producer of its own, so that none waits for another. */
public enum Outlet {
    CRITICAL_MAIN(Cluster.MAIN, true),
    CRITICAL_PRIORITY(Cluster.PRIORITY, true),
    HIGH(Cluster.MAIN, false),
    ROUTINE(Cluster.MAIN, false),
    SESSIONS(Cluster.MAIN, false),
    PICTURES(Cluster.MAIN, false),
    PICTURE_PROGRESS(Cluster.MAIN, false),
    COMMAND_RESULTS(Cluster.MAIN, false),
    QUARANTINE_MAIN(Cluster.MAIN, true),
    QUARANTINE_PRIORITY(Cluster.PRIORITY, true);

    private final Cluster cluster;
    private final boolean urgent;
    private final String word = name().toLowerCase(Locale.ROOT).replace('_', '-');

    Outlet(Cluster cluster, boolean urgent) {
        this.cluster = cluster;
        this.urgent = urgent;
    }

    public Cluster cluster() {
        return cluster;
    }

    /** Carries what a person must see: nothing is collected or compressed first. */
    public boolean urgent() {
        return urgent;
    }

    /** Smaller on the line than it is: what is urgent does not wait for it, and pictures are compressed already. */
    public boolean compressed() {
        return !urgent && this != PICTURES;
    }

    /** As in thread names and labels: {@code critical-main}. */
    public String word() {
        return word;
    }
}
