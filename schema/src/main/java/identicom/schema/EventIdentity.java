package identicom.schema;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.UUID;

/**
 * What makes an event the same event everywhere: SHA-256 over its serial number, log id and 20 bytes.
 *
 * <pre>
 *   digest input: | serial, 12 bytes padded with 00 | log id, u16 little-endian | raw entry, 20 bytes |
 * </pre>
 *
 * <p>The wire's pushed bit, the session, the station and the trust are no part of it.
 */
public final class EventIdentity {

    /** Bytes of an identity. */
    public static final int LENGTH = 32;

    /** Bytes of an event log entry. */
    public static final int RAW_LENGTH = 20;

    private static final int SERIAL_LENGTH = 12;
    private static final int MAX_LOG_ID = 0x7fff;

    private final byte[] digest;

    private EventIdentity(byte[] digest) {
        this.digest = digest;
    }

    /**
     * @param serial 1 to 12 ASCII characters
     * @param logId 0 to 32767
     * @param raw the entry's 20 bytes
     * @throws IllegalArgumentException for anything else
     */
    public static EventIdentity of(String serial, int logId, byte[] raw) {
        byte[] ascii = serial.getBytes(StandardCharsets.UTF_8);
        if (ascii.length == 0 || ascii.length > SERIAL_LENGTH) {
            throw new IllegalArgumentException("serial: " + ascii.length + " bytes (expected: 1..12)");
        }
        if (logId < 0 || logId > MAX_LOG_ID) {
            throw new IllegalArgumentException("log id: " + logId + " (expected: 0..32767)");
        }
        if (raw.length != RAW_LENGTH) {
            throw new IllegalArgumentException("raw entry: " + raw.length + " bytes (expected: 20)");
        }
        MessageDigest sha256 = sha256();
        sha256.update(Arrays.copyOf(ascii, SERIAL_LENGTH));
        sha256.update((byte) logId);
        sha256.update((byte) (logId >>> 8));
        return new EventIdentity(sha256.digest(raw));
    }

    /** An identity as {@link #bytes()} gave it. */
    public static EventIdentity ofBytes(byte[] bytes) {
        if (bytes.length != LENGTH) {
            throw new IllegalArgumentException("identity: " + bytes.length + " bytes (expected: 32)");
        }
        return new EventIdentity(bytes.clone());
    }

    /** The 32 bytes. */
    public byte[] bytes() {
        return digest.clone();
    }

    /** The id of the alert that this event, as the first one, raises: a UUID of version 8 from the first 16 bytes. */
    public UUID alertId() {
        ByteBuffer first16 = ByteBuffer.wrap(digest);
        long high = first16.getLong();
        long low = first16.getLong();
        return new UUID((high & ~0xf000L) | 0x8000L, (low & 0x3fff_ffff_ffff_ffffL) | 0x8000_0000_0000_0000L);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof EventIdentity that && Arrays.equals(digest, that.digest);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(digest);
    }

    /** The 32 bytes in hex. */
    @Override
    public String toString() {
        return HexFormat.of().formatHex(digest);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java runtime has SHA-256", e);
        }
    }
}
