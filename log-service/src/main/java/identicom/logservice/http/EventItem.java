package identicom.logservice.http;

import com.fasterxml.jackson.annotation.JsonProperty;
import identicom.logservice.events.StoredEvent;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * An event as the list and the line-wise export show it.
 *
 * @param type code as two hex digits
 * @param time by the unit's clock; what it is worth, {@code clockSet} says
 * @param battery per cent; null unknown
 * @param signal dBm; null unknown
 */
record EventItem(
        String serial,
        int log,
        long sequence,
        String type,
        String name,
        @JsonProperty("class") String eventClass,
        Instant time,
        Instant receivedAt,
        boolean late,
        @Nullable Position position,
        @Nullable Integer battery,
        @Nullable Integer signal,
        String trust,
        String station,
        String softwareVersion,
        boolean clockSet) {

    /** Degrees, north and east positive. */
    record Position(BigDecimal lat, BigDecimal lon) {}

    static EventItem of(StoredEvent event) {
        return new EventItem(
                event.serial(),
                event.logId(),
                event.sequence(),
                String.format(Locale.ROOT, "%02x", event.typeCode()),
                event.typeName(),
                event.eventClass(),
                event.time(),
                event.receivedAt(),
                event.late(),
                position(event.latitudeE7(), event.longitudeE7()),
                event.battery(),
                event.signalDbm(),
                event.trust(),
                event.station(),
                event.softwareVersion(),
                event.clockSet());
    }

    private static @Nullable Position position(@Nullable Integer latitudeE7, @Nullable Integer longitudeE7) {
        if (latitudeE7 == null || longitudeE7 == null) {
            return null;
        }
        return new Position(BigDecimal.valueOf(latitudeE7, 7), BigDecimal.valueOf(longitudeE7, 7));
    }
}
