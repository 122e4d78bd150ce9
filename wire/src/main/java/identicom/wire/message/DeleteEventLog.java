package identicom.wire.message;

/**
 * {@code 03}: lets the unit delete its log up to and with a sequence. Only ever for what is durable.
 *
 * @param upTo u32: the last sequence to delete
 */
public record DeleteEventLog(long upTo) implements ToUnit {
    public DeleteEventLog {
        Unsigned.u32("upTo", upTo);
    }
}
