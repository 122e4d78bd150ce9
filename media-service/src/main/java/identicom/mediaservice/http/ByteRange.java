package identicom.mediaservice.http;

import identicom.runtime.http.Problem;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One part of a content (RFC 9110, section 14).
 *
 * @param first the first byte
 * @param last the last byte, included
 */
record ByteRange(long first, long last) {
    private static final Pattern SINGLE = Pattern.compile("bytes=(\\d{0,18})-(\\d{0,18})");

    long length() {
        return last - first + 1;
    }

    /** {@code Content-Range} of the answer. */
    String text(long size) {
        return "bytes " + first + "-" + last + "/" + size;
    }

    /**
     * What {@code Range} asks for; empty where it asks for something else than one part in bytes: then the whole is answered.
     *
     * @throws Problem 416 nothing of it is within {@code size}
     */
    static Optional<ByteRange> parse(String header, long size) {
        Matcher matcher = SINGLE.matcher(header.strip());
        if (!matcher.matches()
                || (matcher.group(1).isEmpty() && matcher.group(2).isEmpty())) {
            return Optional.empty();
        }
        if (matcher.group(1).isEmpty()) {
            long suffix = Long.parseLong(matcher.group(2));
            return within(suffix == 0 ? size : Math.max(0, size - suffix), size - 1, size);
        }
        long first = Long.parseLong(matcher.group(1));
        if (matcher.group(2).isEmpty()) {
            return within(first, size - 1, size);
        }
        long last = Long.parseLong(matcher.group(2));
        return last < first ? Optional.empty() : within(first, Math.min(last, size - 1), size);
    }

    private static Optional<ByteRange> within(long first, long last, long size) {
        if (first >= size) {
            throw Problem.rangeNotSatisfiable(size);
        }
        return Optional.of(new ByteRange(first, last));
    }
}
