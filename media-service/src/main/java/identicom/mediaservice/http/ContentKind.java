package identicom.mediaservice.http;

import java.util.Arrays;
import java.util.HexFormat;

/** What a content is, told by how it begins and by nothing that a unit says of it. What is not known to be a picture is never shown as one. */
enum ContentKind {
    JPEG("image/jpeg", "jpg", "ffd8ff"),
    PNG("image/png", "png", "89504e470d0a1a0a"),
    OTHER("application/octet-stream", "bin", "");

    /** As many bytes of the beginning as it takes. */
    static final int LOOK = 8;

    private final String mediaType;
    private final String extension;
    private final byte[] beginning;

    ContentKind(String mediaType, String extension, String beginning) {
        this.mediaType = mediaType;
        this.extension = extension;
        this.beginning = HexFormat.of().parseHex(beginning);
    }

    static ContentKind of(byte[] content) {
        for (ContentKind kind : values()) {
            if (content.length >= kind.beginning.length
                    && Arrays.equals(kind.beginning, Arrays.copyOf(content, kind.beginning.length))) {
                return kind;
            }
        }
        return OTHER;
    }

    String mediaType() {
        return mediaType;
    }

    /** @param name made of a serial and a number: letters, digits and hyphens */
    String disposition(String name) {
        return (this == OTHER ? "attachment" : "inline") + "; filename=\"" + name + "." + extension + "\"";
    }
}
