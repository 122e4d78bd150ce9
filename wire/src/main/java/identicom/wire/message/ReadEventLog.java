package identicom.wire.message;

/**
 * {@code 02}: asks for the entries of the event log above a sequence.
 *
 * @param after u32: the last sequence that the station has; 0 for the log's start
 */
public record ReadEventLog(long after) implements ToUnit {
    public ReadEventLog {
        Unsigned.u32("after", after);
    }
}
