package identicom.receiver.publish;

import identicom.schema.Cluster;

/** What became of an event. Called once a cluster it was meant for, on any thread; must not block. */
public interface Receipt {
    /** {@code cluster} has it, on all in-sync replicas. */
    void acknowledged(Cluster cluster, long atUs);

    /** {@code cluster} will never acknowledge it. */
    void lost(Cluster cluster);
}
