package identicom.logservice.events;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An event as it stands in the event log.
 *
 * @param storedId its place in the order of storing
 * @param time by the unit's clock, whether that was set or not
 * @param latitudeE7 1e-7 degrees; null without a valid position
 * @param battery per cent; null unknown
 * @param signalDbm null unknown
 */
public record StoredEvent(
        long storedId,
        String serial,
        int logId,
        long sequence,
        int typeCode,
        String typeName,
        String eventClass,
        Instant time,
        boolean clockSet,
        Instant receivedAt,
        boolean late,
        @Nullable Integer latitudeE7,
        @Nullable Integer longitudeE7,
        @Nullable Integer battery,
        @Nullable Integer signalDbm,
        String trust,
        String station,
        String softwareVersion) {}
