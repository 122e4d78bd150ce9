package identicom.alertservice.event;

import com.google.protobuf.InvalidProtocolBufferException;
import identicom.schema.EventIdentity;
import identicom.schema.v1.Event;
import identicom.schema.v1.EventClass;
import identicom.schema.v1.Quarantined;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Critical events, and man-downs cleared, from the values of Kafka records. */
public final class EventReader {

    /** The bytes are not what the topic carries. */
    public static final class UnreadableException extends Exception {
        UnreadableException(String reason) {
            super(reason, null, false, false);
        }
    }

    private static final Pattern SERIAL = Pattern.compile("[A-Z0-9-]{1,12}");
    private static final int CLOCK_NOT_SET = 2;
    private static final int BATTERY_UNKNOWN = 255;
    private static final int SIGNAL_UNKNOWN = 0;

    private EventReader() {}

    /** A record of identicom.events.critical: one event. */
    public static List<CriticalEvent> critical(byte[] value) throws UnreadableException {
        try {
            Event event = Event.parseFrom(value);
            return List.of(event(event, trust(event)));
        } catch (InvalidProtocolBufferException | IllegalArgumentException e) {
            throw new UnreadableException("not a critical event: " + e.getMessage());
        }
    }

    /** Empty for any other event, and for one that an installation has made critical: that is an alert's like any such. */
    public static Optional<ManDownCleared> cleared(Event event) throws UnreadableException {
        if (event.getTypeCode() != ManDownCleared.TYPE_CODE || event.getEventClass() == EventClass.CRITICAL) {
            return Optional.empty();
        }
        try {
            return Optional.of(new ManDownCleared(event(event, trust(event)), event));
        } catch (IllegalArgumentException e) {
            throw new UnreadableException("not a cleared man-down: " + e.getMessage());
        }
    }

    private static Trust trust(Event event) {
        return switch (event.getTrust()) {
            case WHITELISTED -> Trust.WHITELISTED;
            case UNREGISTERED -> Trust.UNREGISTERED;
            case UNVERIFIED, TRUST_UNSPECIFIED, UNRECOGNIZED -> Trust.UNVERIFIED;
        };
    }

    /** A record of identicom.quarantine: the critical events among what a unit said; none of what is no unit's. */
    public static List<CriticalEvent> quarantined(byte[] value) throws UnreadableException {
        try {
            Quarantined quarantined = Quarantined.parseFrom(value);
            Trust trust = switch (quarantined.getKind()) {
                case UNVERIFIED_UNIT -> Trust.UNVERIFIED;
                default -> Trust.UNREGISTERED;
            };
            return quarantined.getEventsList().stream()
                    .filter(event -> event.getEventClass() == EventClass.CRITICAL)
                    .map(event -> event(event, trust))
                    .toList();
        } catch (InvalidProtocolBufferException | IllegalArgumentException e) {
            throw new UnreadableException("not a quarantine record: " + e.getMessage());
        }
    }

    private static List<CriticalEvent> criticalOf(Quarantined quarantined, Trust trust) {
        return quarantined.getEventsList().stream()
                .filter(event -> event.getEventClass() == EventClass.CRITICAL)
                .map(event -> event(event, trust))
                .toList();
    }

    private static CriticalEvent event(Event e, Trust trust) {
        expect(
                SERIAL.matcher(e.getSerial()).matches(),
                "serial: " + e.getSerial().length() + " characters");
        expect(e.getBattery() >= 0 && e.getBattery() <= 255, "battery: " + e.getBattery());
        expect(e.getSignalDbm() >= -128 && e.getSignalDbm() <= 127, "signal: " + e.getSignalDbm());
        expect(e.getAcceptedAtUs() > 0 && e.getDecodedAtUs() > 0, "times before 1970");
        expect(e.getTypeName().indexOf(0) < 0 && e.getStation().indexOf(0) < 0, "a zero character");
        boolean clockSet = (e.getFlags() & CLOCK_NOT_SET) == 0;
        return new CriticalEvent(
                EventIdentity.of(e.getSerial(), e.getLogId(), e.getRaw().toByteArray()),
                e.getSerial(),
                trust,
                e.getLogId(),
                Integer.toUnsignedLong(e.getSequence()),
                e.getTypeCode() & 0xff,
                e.getTypeName(),
                clockSet ? Instant.ofEpochSecond(Integer.toUnsignedLong(e.getUnitTimeS())) : null,
                micros(e.getAcceptedAtUs()),
                micros(e.getDecodedAtUs()),
                e.getPositionValid() ? new Position(e.getLatitudeE7(), e.getLongitudeE7()) : null,
                e.getBattery() == BATTERY_UNKNOWN ? null : e.getBattery(),
                e.getSignalDbm() == SIGNAL_UNKNOWN ? null : e.getSignalDbm(),
                e.getStation());
    }

    private static void expect(boolean so, String otherwise) {
        if (!so) {
            throw new IllegalArgumentException(otherwise + ", which no station sends");
        }
    }

    private static Instant micros(long us) {
        return Instant.EPOCH.plus(us, ChronoUnit.MICROS);
    }
}
