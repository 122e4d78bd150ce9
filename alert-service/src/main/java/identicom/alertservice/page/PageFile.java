package identicom.alertservice.page;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;

/**
 * A file as a browser gets it.
 *
 * @param tag of its content, in quotes
 */
record PageFile(String contentType, byte[] content, String tag) {
    private static final Map<String, String> TYPES = Map.of(
            "html", "text/html; charset=utf-8",
            "css", "text/css; charset=utf-8",
            "js", "text/javascript; charset=utf-8",
            "svg", "image/svg+xml",
            "json", "application/json");

    /** @throws IllegalStateException it is not on the class path */
    static PageFile ofResource(String resource) {
        try (InputStream in = PageFile.class.getClassLoader().getResourceAsStream(resource)) {
            if (in == null) {
                throw new IllegalStateException("there is no resource " + resource);
            }
            return of(resource, in.readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(resource + " cannot be read", e);
        }
    }

    static PageFile of(String name, String content) {
        return of(name, content.getBytes(StandardCharsets.UTF_8));
    }

    private static PageFile of(String name, byte[] content) {
        String contentType = TYPES.get(name.substring(name.lastIndexOf('.') + 1));
        if (contentType == null) {
            throw new IllegalStateException(name + " is of no type that the page has");
        }
        return new PageFile(contentType, content, '"' + HexFormat.of().formatHex(hash(content), 0, 16) + '"');
    }

    /** Whether a header {@code If-None-Match} says that the asker has this content. */
    boolean isKnownBy(String ifNoneMatch) {
        for (String known : ifNoneMatch.split(",")) {
            String tagged = known.strip();
            if (tagged.equals("*") || tagged.equals(tag) || tagged.equals("W/" + tag)) {
                return true;
            }
        }
        return false;
    }

    private static byte[] hash(byte[] content) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(content);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
