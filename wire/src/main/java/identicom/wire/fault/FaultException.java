package identicom.wire.fault;

/** Bytes that break the protocol: which fault, at which byte, and what stood there. Has no stack trace, so it costs little. */
public final class FaultException extends Exception {
    private static final long serialVersionUID = 1L;

    private final Fault fault;
    private final long position;
    private final String found;

    /**
     * @param position of the byte at which it shows, counted from the stream's first byte, 0
     * @param found what was found and what was expected, as in {@code length: 17 (expected: 18)}
     */
    public FaultException(Fault fault, long position, String found) {
        super(null, null, false, false);
        this.fault = fault;
        this.position = position;
        this.found = found;
    }

    public Fault fault() {
        return fault;
    }

    /** The byte at which it shows, counted from the stream's first byte, 0. */
    public long position() {
        return position;
    }

    /** What was found and what was expected. Holds no text of the peer's, only numbers. */
    public String found() {
        return found;
    }

    @Override
    public String getMessage() {
        return fault.title() + " at byte " + position + ": " + found;
    }
}
