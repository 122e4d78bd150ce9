package identicom.wire.message;

/**
 * {@code 83}: the unit has deleted its log.
 *
 * @param upTo u32: the sequence up to which, as in the {@link DeleteEventLog} it answers
 */
public record EventLogDeleted(long upTo) implements FromUnit {
    public EventLogDeleted {
        Unsigned.u32("upTo", upTo);
    }
}
