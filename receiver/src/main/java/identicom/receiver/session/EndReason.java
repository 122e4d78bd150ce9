package identicom.receiver.session;

import java.util.Locale;

/** Why a session ended. */
public enum EndReason {
    /** All steps done. */
    COMPLETE,
    /** The log's end was reached, but not all of it is durable or may be deleted, or pictures were broken off: the rest comes again. */
    INCOMPLETE,
    /** The unit changed its log memory again and again. */
    LOG_UNSTABLE,
    TIME_LIMIT,
    DRAINED,
    REPLACED,
    CONNECTION_LOST,
    NOT_IDENTIFIED,
    NO_ANSWER,
    FRAMING_ERROR,
    PROTOCOL_ERROR,
    /** The whitelist does not have the serial. */
    REFUSED,
    DECOMMISSIONED,
    PROBE,
    /** Dropped to make room for others. */
    CROWDED_OUT,
    /** A fault of the station's own. */
    STATION_FAULT;

    private final String word = name().toLowerCase(Locale.ROOT).replace('_', '-');

    /** As in a session record: {@code connection-lost}. */
    public String word() {
        return word;
    }
}
