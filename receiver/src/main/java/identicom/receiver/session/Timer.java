package identicom.receiver.session;

/** The timers a session can have running, each at most once. How long each takes is the adapter's ({@link Effect.Start}). */
public enum Timer {
    /** Nothing came from the unit: it is asked once who it is. Counts from the last byte. */
    SILENCE(true),
    /** From accept to a valid identification. */
    IDENTIFICATION(false),
    /** A refused unit's time to push what it has. */
    REFUSAL(false),
    /** The unit owes an answer. Counts from the last byte. */
    ANSWER(true),
    /** At the log's end, or in the middle of a picture, acknowledgements are outstanding. */
    SETTLE(false),
    /** Half-closed, waiting for the unit's end. */
    LINGER(false),
    /** The session's time limit is near: no new request but the delete. */
    WRAP_UP(false),
    /** The session's time limit. */
    LIMIT(false);

    private final boolean sinceLastByte;

    Timer(boolean sinceLastByte) {
        this.sinceLastByte = sinceLastByte;
    }

    /** Each byte from the unit starts it anew. */
    public boolean sinceLastByte() {
        return sinceLastByte;
    }
}
