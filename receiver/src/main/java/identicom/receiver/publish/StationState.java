package identicom.receiver.publish;

/** What the station can do with events now. Any thread. */
public interface StationState {
    /** Main has not answered or acknowledged anything for 5 s. */
    boolean mainSilent();

    boolean prioritySilent();

    /** The queues of the classes other than critical are nearly full. */
    boolean outboxFull();

    /** The queues of picture blocks and of picture progress are nearly full. */
    boolean picturesFull();

    /** The queues of critical events to both clusters are nearly full. */
    boolean criticalFull();

    /** A critical event can be accepted nowhere: each cluster is silent or its queue full. */
    boolean nowhere();

    /** {@code listener} is called after each change, on any thread; it must not block. */
    void onChange(Runnable listener);
}
