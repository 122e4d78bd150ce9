package identicom.logservice.events;

import identicom.schema.EventIdentity;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An event as it is to be stored.
 *
 * @param eventTime by the unit's clock, whether that was set or not
 * @param typeCode 0 to 255
 * @param eventClass as the database writes it: {@code routine}, {@code high}, {@code critical}
 * @param late accepted more than 300 s after the time of a clock that was set
 * @param latitudeE7 1e-7 degrees; null without a valid position
 * @param battery per cent; null unknown
 * @param signalDbm null unknown
 * @param whitelisted or unverified; no other trust is stored
 */
record EventRow(
        EventIdentity identity,
        Instant eventTime,
        String serial,
        int logId,
        long sequence,
        int typeCode,
        String typeName,
        String eventClass,
        int flags,
        boolean clockSet,
        boolean late,
        @Nullable Integer latitudeE7,
        @Nullable Integer longitudeE7,
        @Nullable Integer battery,
        @Nullable Integer signalDbm,
        String softwareVersion,
        byte[] raw,
        String sessionId,
        String station,
        String sourceAddress,
        Instant acceptedAt,
        Instant decodedAt,
        boolean whitelisted) {

    String trust() {
        return whitelisted ? "whitelisted" : "unverified";
    }
}
