package identicom.systemtests.torture;

/** What a line does with bytes. */
enum Flow {
    /** They pass. */
    FREE,
    /** Each piece passes some time later. */
    SLOW,
    /** A few pass at a time. */
    TRICKLE,
    /** None passes, nobody is told, and those on the way arrive when it is over. */
    BLACK_HOLE,
    /** Who dials is hung up on at once. */
    REFUSED
}
