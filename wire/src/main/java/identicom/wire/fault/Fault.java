package identicom.wire.fault;

/** Everything that can be wrong with bytes from a peer, as far as a frame by itself shows it. Each ends the connection. */
public enum Fault {
    /** A byte other than {@code 1e} where a frame start is expected. */
    NO_FRAME_START(Kind.FRAMING, "no frame start"),
    /** {@code 1d} where the type is expected. */
    CONTROL_AS_TYPE(Kind.FRAMING, "control character as type"),
    /** {@code 1d} followed by something else than {@code 5d} or {@code 5e}. */
    BAD_ESCAPE(Kind.FRAMING, "bad escape"),
    /** More data, unstuffed, than the direction allows. */
    FRAME_TOO_LONG(Kind.FRAMING, "frame too long"),
    /** The bytes end within a frame. Only a capture can say so; a connection may end anywhere. */
    CUT_OFF(Kind.FRAMING, "cut off"),
    /** A type that stands in no table. */
    UNKNOWN_TYPE(Kind.MESSAGE, "unknown type"),
    /** A type of the other direction. */
    WRONG_DIRECTION(Kind.MESSAGE, "wrong direction"),
    /** Data whose length does not fit the type. */
    WRONG_LENGTH(Kind.MESSAGE, "wrong length"),
    /** A serial number with other characters than A–Z 0–9 -, with none, or badly padded. */
    BAD_SERIAL(Kind.MESSAGE, "bad serial number"),
    /** A software version with other characters than printable ASCII, or badly padded. */
    BAD_VERSION(Kind.MESSAGE, "bad software version"),
    /** Event log entries not in strictly ascending order, or a sequence of 0. */
    ENTRIES_NOT_ASCENDING(Kind.MESSAGE, "entries not ascending"),
    /** An answer that says entries remain, and brings none. */
    REMAINING_WITHOUT_ENTRY(Kind.MESSAGE, "remaining without entry"),
    /** A number outside its range. */
    OUT_OF_RANGE(Kind.MESSAGE, "out of range");

    /** Where a fault shows. */
    public enum Kind {
        /** In the stream: start, type, escapes, length, end. */
        FRAMING,
        /** In a frame that is whole. */
        MESSAGE
    }

    private final Kind kind;
    private final String title;

    Fault(Kind kind, String title) {
        this.kind = kind;
        this.title = title;
    }

    public Kind kind() {
        return kind;
    }

    /** The name in words, lower case. */
    public String title() {
        return title;
    }
}
