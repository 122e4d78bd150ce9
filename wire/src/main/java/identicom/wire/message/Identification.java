package identicom.wire.message;

/**
 * {@code 81}: who the unit says it is. A claim, not a proof.
 *
 * @param serial serial number: 1..12 characters of {@code A–Z 0–9 -}; 12 bytes on the wire, padded on the right with 00
 * @param softwareVersion 0..6 printable ASCII characters (20..7e); 6 bytes on the wire, padded on the right with 00
 */
public record Identification(String serial, String softwareVersion) implements FromUnit {
    public static final int MAX_SERIAL = 12;
    public static final int MAX_VERSION = 6;

    public Identification {
        if (!isSerial(serial)) {
            throw new IllegalArgumentException("serial: " + serial + " (expected: 1..12 characters of A–Z 0–9 -)");
        }
        if (!isVersion(softwareVersion)) {
            throw new IllegalArgumentException(
                    "softwareVersion: " + softwareVersion + " (expected: 0..6 printable ASCII characters)");
        }
    }

    /** Whether {@code text} can be a unit's serial number. */
    public static boolean isSerial(String text) {
        return !text.isEmpty()
                && text.length() <= MAX_SERIAL
                && text.chars().allMatch(Identification::isSerialCharacter);
    }

    /** Whether {@code text} can be a software version. */
    public static boolean isVersion(String text) {
        return text.length() <= MAX_VERSION && text.chars().allMatch(Identification::isVersionCharacter);
    }

    /** {@code A–Z 0–9 -}. */
    public static boolean isSerialCharacter(int c) {
        return (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-';
    }

    /** Printable ASCII. */
    public static boolean isVersionCharacter(int c) {
        return c >= 0x20 && c <= 0x7e;
    }
}
