package identicom.mediaservice.store;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Pattern;

/** SHA-256 of a content: its name in the store. */
public final class ContentHash implements Comparable<ContentHash> {
    private static final int LENGTH = 32;
    private static final Pattern TEXT = Pattern.compile("[0-9a-f]{64}");

    private final byte[] bytes;

    private ContentHash(byte[] bytes) {
        this.bytes = bytes;
    }

    /** The hash of {@code content}. */
    public static ContentHash of(byte[] content) {
        try {
            return new ContentHash(MessageDigest.getInstance("SHA-256").digest(content));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    /** @param bytes 32 of them */
    public static ContentHash ofBytes(byte[] bytes) {
        if (bytes.length != LENGTH) {
            throw new IllegalArgumentException("hash: " + bytes.length + " bytes (expected: " + LENGTH + ")");
        }
        return new ContentHash(bytes.clone());
    }

    /** The hash that {@code text} is, when it is 64 lower-case hexadecimal digits. */
    static Optional<ContentHash> parse(String text) {
        return TEXT.matcher(text).matches()
                ? Optional.of(new ContentHash(HexFormat.of().parseHex(text)))
                : Optional.empty();
    }

    public byte[] bytes() {
        return bytes.clone();
    }

    /** The first byte, 0 to 255. */
    public int shelf() {
        return Byte.toUnsignedInt(bytes[0]);
    }

    @Override
    public int compareTo(ContentHash other) {
        return Arrays.compareUnsigned(bytes, other.bytes);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ContentHash hash && Arrays.equals(bytes, hash.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    /** 64 lower-case hexadecimal digits. */
    @Override
    public String toString() {
        return HexFormat.of().formatHex(bytes);
    }
}
