package identicom.wire.message;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * One entry of a unit's event log. Its 20 bytes are kept as they came: with serial number and log id they are the event's
 * identity, and two entries are equal when these bytes are. The fields are read from them.
 *
 * <pre>
 *  0        4           8      9       10          14           18        19
 *  | u32    | u32       | u8   | u8    | i32       | i32        | u8      | i8     |
 *  sequence   unit time   type   flags   latitude    longitude    battery   signal
 * </pre>
 *
 * @param raw the 20 bytes
 */
public record EventEntry(Octets raw) {
    public static final int BYTES = 20;

    /** Flag bit 0. */
    public static final int FLAG_POSITION_VALID = 1;

    /** Flag bit 1. */
    public static final int FLAG_CLOCK_NOT_SET = 2;

    /** {@link #battery()} when the unit does not know. */
    public static final int BATTERY_UNKNOWN = 255;

    /** {@link #signalDbm()} when the unit does not know. */
    public static final int SIGNAL_UNKNOWN = 0;

    private static final int MAX_LATITUDE_E7 = 900_000_000;
    private static final int MAX_LONGITUDE_E7 = 1_800_000_000;

    public EventEntry {
        if (raw.size() != BYTES) {
            throw new IllegalArgumentException("raw: " + raw.size() + " bytes (expected: " + BYTES + ")");
        }
    }

    /**
     * The entry with these fields.
     *
     * @param sequence u32
     * @param unitTimeSeconds u32, seconds since 1970-01-01 UTC by the unit's clock
     * @param type u8, the event code
     * @param flags u8
     * @param latitudeE7 i32, 10⁻⁷ degrees
     * @param longitudeE7 i32, 10⁻⁷ degrees
     * @param battery u8, per cent; 255 unknown
     * @param signalDbm i8, dBm; 0 unknown
     */
    public static EventEntry of(
            long sequence,
            long unitTimeSeconds,
            int type,
            int flags,
            int latitudeE7,
            int longitudeE7,
            int battery,
            int signalDbm) {
        Unsigned.u32("sequence", sequence);
        Unsigned.u32("unitTimeSeconds", unitTimeSeconds);
        Unsigned.u8("type", type);
        Unsigned.u8("flags", flags);
        Unsigned.u8("battery", battery);
        Unsigned.range("signalDbm", signalDbm, Byte.MIN_VALUE, Byte.MAX_VALUE);
        byte[] raw = new byte[BYTES];
        ByteBuffer.wrap(raw)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt((int) sequence)
                .putInt((int) unitTimeSeconds)
                .put((byte) type)
                .put((byte) flags)
                .putInt(latitudeE7)
                .putInt(longitudeE7)
                .put((byte) battery)
                .put((byte) signalDbm);
        return new EventEntry(Octets.owning(raw));
    }

    /** u32, ≥ 1 in a frame: grows with each entry the unit logs, gaps are normal. */
    public long sequence() {
        return Integer.toUnsignedLong(raw.int32(0));
    }

    /** u32: seconds since 1970-01-01 UTC by the unit's clock, right or wrong. */
    public long unitTimeSeconds() {
        return Integer.toUnsignedLong(raw.int32(4));
    }

    /** u8: the event code, known to the catalogue or not. */
    public int type() {
        return raw.unsignedByte(8);
    }

    /** u8: all flag bits as sent; bits 2–7 mean nothing. */
    public int flags() {
        return raw.unsignedByte(9);
    }

    /** Flag bit 1: the unit's clock was not set, so {@link #unitTimeSeconds()} says nothing. */
    public boolean clockNotSet() {
        return (flags() & FLAG_CLOCK_NOT_SET) != 0;
    }

    /** Flag bit 0 is set and the position lies within ±90° and ±180°. */
    public boolean positionValid() {
        return (flags() & FLAG_POSITION_VALID) != 0
                && Math.abs((long) latitudeE7()) <= MAX_LATITUDE_E7
                && Math.abs((long) longitudeE7()) <= MAX_LONGITUDE_E7;
    }

    /** i32, 10⁻⁷ degrees, north positive; means something only where {@link #positionValid()}. */
    public int latitudeE7() {
        return raw.int32(10);
    }

    /** i32, 10⁻⁷ degrees, east positive; means something only where {@link #positionValid()}. */
    public int longitudeE7() {
        return raw.int32(14);
    }

    /** u8: per cent as sent; 255 unknown. */
    public int battery() {
        return raw.unsignedByte(18);
    }

    /** i8: dBm; 0 unknown. */
    public int signalDbm() {
        return (byte) raw.unsignedByte(19);
    }

    @Override
    public String toString() {
        return "EventEntry[sequence=" + sequence()
                + ", unitTimeSeconds=" + unitTimeSeconds()
                + ", type=" + Integer.toHexString(type())
                + ", flags=" + flags()
                + ", positionValid=" + positionValid()
                + ", latitudeE7=" + latitudeE7()
                + ", longitudeE7=" + longitudeE7()
                + ", battery=" + battery()
                + ", signalDbm=" + signalDbm() + "]";
    }
}
