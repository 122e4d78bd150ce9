package identicom.wire.event;

/**
 * One line of the catalogue.
 *
 * @param code u8: as in an event log entry
 * @param name in words, lower case; {@code unknown} for a code that the catalogue does not know
 * @param eventClass how grave
 */
public record EventType(int code, String name, EventClass eventClass) {
    /** Two lower-case hex digits. */
    public String codeHex() {
        return Integer.toHexString(0x100 | code).substring(1);
    }
}
