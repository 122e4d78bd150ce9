package identicom.receiver.whitelist;

/**
 * What is known of a serial.
 *
 * @param version grows with each change: the higher one wins
 */
public record Known(long version, boolean commissioned) {
    static Known newer(Known one, Known other) {
        return other.version > one.version ? other : one;
    }
}
