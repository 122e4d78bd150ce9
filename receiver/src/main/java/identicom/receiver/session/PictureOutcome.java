package identicom.receiver.session;

/** What became of a picture in a session. */
public enum PictureOutcome {
    /** Read to its end, its CRC right, all of it durable. */
    READ,
    /** The unit confirmed that it deleted it. */
    DELETED,
    /** Of 0 bytes: recorded. */
    EMPTY,
    /** Above the station's limit: recorded, left on the unit. */
    TOO_LARGE,
    /** Its CRC was wrong: it is read once more. */
    READ_AGAIN,
    /** Its CRC was wrong twice: kept as it is, left on the unit. */
    CORRUPT,
    /** The unit answered with an error: left for this session. */
    REFUSED,
    /** Its number stands for several different pictures on the list: left alone. */
    AMBIGUOUS,
    /** Broken off; it goes on in a later session. */
    BROKEN_OFF
}
