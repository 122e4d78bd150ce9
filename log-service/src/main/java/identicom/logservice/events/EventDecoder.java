package identicom.logservice.events;

import com.google.protobuf.InvalidProtocolBufferException;
import identicom.runtime.kafka.PoisonException;
import identicom.schema.EventIdentity;
import identicom.schema.v1.Event;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.regex.Pattern;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Turns a record of an event topic into a row; what cannot be one is poison with the reason. */
final class EventDecoder {
    private static final Pattern SERIAL = Pattern.compile("[A-Z0-9-]{1,12}");
    private static final int CLOCK_NOT_SET = 1 << 1;
    private static final int UNKNOWN_BATTERY = 255;
    private static final Duration LATE_AFTER = Duration.ofSeconds(300);

    /** 2200-01-01: a station's clock beyond it is broken. */
    private static final long MAX_STATION_TIME_US = 7_258_118_400_000_000L;

    private EventDecoder() {}

    static EventRow decode(ConsumerRecord<byte[], byte[]> record) throws PoisonException {
        if (record.value() == null) {
            throw new PoisonException(record, "event: no value");
        }
        try {
            return row(Event.parseFrom(record.value()));
        } catch (InvalidProtocolBufferException e) {
            throw new PoisonException(record, "event: cannot be decoded: " + e.getMessage());
        } catch (IllegalArgumentException e) {
            throw new PoisonException(record, "event: " + e.getMessage());
        }
    }

    private static EventRow row(Event event) {
        byte[] raw = event.getRaw().toByteArray();
        Instant eventTime = Instant.ofEpochSecond(Integer.toUnsignedLong(event.getUnitTimeS()));
        Instant acceptedAt = stationTime("accepted_at_us", event.getAcceptedAtUs());
        int flags = bounded("flags", event.getFlags(), 255);
        boolean clockSet = (flags & CLOCK_NOT_SET) == 0;
        boolean positioned = event.getPositionValid();
        String serial = serial(event.getSerial());
        return new EventRow(
                EventIdentity.of(serial, event.getLogId(), raw),
                eventTime,
                serial,
                event.getLogId(),
                Integer.toUnsignedLong(event.getSequence()),
                bounded("type_code", event.getTypeCode(), 255),
                text("type_name", event.getTypeName()),
                eventClass(event),
                flags,
                clockSet,
                clockSet && acceptedAt.isAfter(eventTime.plus(LATE_AFTER)),
                positioned ? event.getLatitudeE7() : null,
                positioned ? event.getLongitudeE7() : null,
                event.getBattery() == UNKNOWN_BATTERY ? null : bounded("battery", event.getBattery(), 254),
                event.getSignalDbm() == 0 ? null : signal(event.getSignalDbm()),
                text("software_version", event.getSoftwareVersion()),
                raw,
                text("session_id", event.getSessionId()),
                text("station", event.getStation()),
                text("source_address", event.getSourceAddress()),
                acceptedAt,
                stationTime("decoded_at_us", event.getDecodedAtUs()),
                whitelisted(event));
    }

    private static String serial(String serial) {
        if (!SERIAL.matcher(serial).matches()) {
            throw new IllegalArgumentException("serial: not 1..12 characters of A-Z 0-9 -");
        }
        return serial;
    }

    private static String eventClass(Event event) {
        return switch (event.getEventClass()) {
            case ROUTINE -> "routine";
            case HIGH -> "high";
            case CRITICAL -> "critical";
            case EVENT_CLASS_UNSPECIFIED, UNRECOGNIZED ->
                throw new IllegalArgumentException(
                        "class: " + event.getEventClassValue() + " (expected: routine, high, critical)");
        };
    }

    private static boolean whitelisted(Event event) {
        return switch (event.getTrust()) {
            case WHITELISTED -> true;
            case UNVERIFIED -> false;
            case UNREGISTERED ->
                throw new IllegalArgumentException("trust: unregistered; such an event is never in the event log");
            case TRUST_UNSPECIFIED, UNRECOGNIZED ->
                throw new IllegalArgumentException(
                        "trust: " + event.getTrustValue() + " (expected: unverified, whitelisted)");
        };
    }

    private static int bounded(String field, int value, int max) {
        if (value < 0 || value > max) {
            throw new IllegalArgumentException(field + ": " + value + " (expected: 0.." + max + ")");
        }
        return value;
    }

    private static int signal(int dbm) {
        if (dbm < -128 || dbm > 127) {
            throw new IllegalArgumentException("signal_dbm: " + dbm + " (expected: -128..127)");
        }
        return dbm;
    }

    private static Instant stationTime(String field, long micros) {
        if (micros <= 0 || micros > MAX_STATION_TIME_US) {
            throw new IllegalArgumentException(field + ": " + micros + " (expected: microseconds since 1970)");
        }
        return Instant.EPOCH.plus(micros, ChronoUnit.MICROS);
    }

    /** PostgreSQL has no text with a zero character in it. */
    private static String text(String field, String value) {
        if (value.indexOf('\0') >= 0) {
            throw new IllegalArgumentException(field + ": has a zero character");
        }
        return value;
    }
}
