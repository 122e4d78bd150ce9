package identicom.wire.message;

/** What a {@link Command} can tell a unit, opcode and arguments as values. */
public sealed interface Instruction {
    /**
     * Opcode {@code 01}.
     *
     * @param minutes u16: 1..1440
     */
    record SetCheckInInterval(int minutes) implements Instruction {
        public SetCheckInInterval {
            Unsigned.range("minutes", minutes, 1, 1440);
        }
    }

    /** Opcode {@code 02}; the result is the picture's number, u16. */
    record TakePicture() implements Instruction {}

    /** Opcode {@code 03}; the unit logs a position report. */
    record ReportPosition() implements Instruction {}

    /**
     * Opcode {@code 04}.
     *
     * @param text 1..114 ASCII characters
     */
    record ShowMessage(String text) implements Instruction {
        public static final int MAX_TEXT = 114;

        public ShowMessage {
            Unsigned.range("text characters", text.length(), 1, MAX_TEXT);
            if (!text.chars().allMatch(c -> c < 0x80)) {
                throw new IllegalArgumentException("text: " + text + " (expected: ASCII)");
            }
        }
    }

    /**
     * Opcode {@code 05}; the result is the clock before, u32.
     *
     * @param unitTimeSeconds u32: seconds since 1970-01-01 UTC
     */
    record SetClock(long unitTimeSeconds) implements Instruction {
        public SetClock {
            Unsigned.u32("unitTimeSeconds", unitTimeSeconds);
        }
    }

    /**
     * Opcode {@code 10}; the result is the offset to go on from, u32.
     *
     * @param version 0..6 printable ASCII characters; 6 bytes on the wire, padded on the right with 00
     * @param size u32: bytes
     * @param crc32 u32: CRC-32 (IEEE) of the whole image
     */
    record FirmwareBegin(String version, long size, long crc32) implements Instruction {
        public FirmwareBegin {
            if (!Identification.isVersion(version)) {
                throw new IllegalArgumentException(
                        "version: " + version + " (expected: 0..6 printable ASCII characters)");
            }
            Unsigned.u32("size", size);
            Unsigned.u32("crc32", crc32);
        }
    }

    /**
     * Opcode {@code 11}; the result is the next offset, u32.
     *
     * @param offset u32: where in the image the block begins, bytes
     * @param data 1..110 bytes
     */
    record FirmwareBlock(long offset, Octets data) implements Instruction {
        public static final int MAX_DATA = 110;

        public FirmwareBlock {
            Unsigned.u32("offset", offset);
            Unsigned.range("data bytes", data.size(), 1, MAX_DATA);
        }
    }

    /** Opcode {@code 12}. */
    record FirmwareCommit() implements Instruction {}
}
