package identicom.schema;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.stream.Collectors;

/** What an entry of {@code identicom.audit} says more, kept to what fits into a record. */
public final class AuditDetail {

    /** The longest text that stands as it is, in characters. A record takes five of them, three bytes each. */
    public static final int MAX_CHARACTERS = 65_536;

    private AuditDetail() {}

    /**
     * The same names, each with its text. In the place of a text of more than {@link #MAX_CHARACTERS} stand its length and the SHA-256
     * of its UTF-8, in hex: {@code 812345 characters, sha256 9f86…}. Whoever has the text can see that it is the one.
     */
    public static Map<String, String> bounded(Map<String, String> detail) {
        return detail.entrySet().stream()
                .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, entry -> bounded(entry.getValue())));
    }

    private static String bounded(String text) {
        return text.length() <= MAX_CHARACTERS ? text : text.length() + " characters, sha256 " + sha256(text);
    }

    private static String sha256(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java runtime has SHA-256", e);
        }
    }
}
