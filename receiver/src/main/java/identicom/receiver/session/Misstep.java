package identicom.receiver.session;

/** A whole, well-formed message that does not belong where it came. Each ends the connection. */
public enum Misstep {
    /** The first frame is neither an identification nor a probe. */
    FIRST_FRAME,
    /** A probe after the first frame. */
    LATE_PROBE,
    /** An answer to nothing that was asked. */
    NOT_ASKED,
    /** A second identification that differs from the first. */
    IDENTIFICATION_CHANGED,
    /** An entry whose sequence is not above the one that was asked after. */
    ENTRY_NOT_ABOVE,
    /** An answer that names something else than was asked. */
    WRONG_ECHO
}
