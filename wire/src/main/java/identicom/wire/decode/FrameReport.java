package identicom.wire.decode;

import identicom.wire.frame.Direction;
import java.util.Optional;

/**
 * What a run of bytes says, as text for a person: each frame with its fields and, for a fault, the byte at which it stands
 * and why.
 *
 * @param text lines that end in a line feed
 * @param faults how many faults were found
 */
public record FrameReport(String text, int faults) {
    /** What the decode command exits with: 0, or 1 where there are faults. */
    public int exitStatus() {
        return faults == 0 ? 0 : 1;
    }

    /**
     * Reads {@code bytes} from their first one on.
     *
     * @param direction empty where only each frame's type shows it
     */
    public static FrameReport of(byte[] bytes, Optional<Direction> direction) {
        return new ReportWriter(bytes, direction).report();
    }

    /**
     * Reads bytes written in hex; white space, {@code :} and {@code ,} between them and {@code #} comments are skipped.
     *
     * @throws IllegalArgumentException where that is not hex, with the place
     */
    public static FrameReport ofHex(String hex, Optional<Direction> direction) {
        return of(HexText.parse(hex), direction);
    }

    /** Reads a capture: the raw bytes of a stream, or a text file of hex. */
    public static FrameReport ofCapture(byte[] capture, Optional<Direction> direction) {
        return of(HexText.looksLikeHex(capture) ? HexText.parse(capture) : capture, direction);
    }
}
