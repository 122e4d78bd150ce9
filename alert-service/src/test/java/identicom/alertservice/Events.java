package identicom.alertservice;

import com.google.protobuf.ByteString;
import identicom.alertservice.event.CriticalEvent;
import identicom.alertservice.event.EventReader;
import identicom.alertservice.event.EventReader.UnreadableException;
import identicom.alertservice.event.Trust;
import identicom.schema.v1.Event;
import identicom.schema.v1.EventClass;
import identicom.schema.v1.QuarantineKind;
import identicom.schema.v1.Quarantined;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** Critical events as stations publish them, for tests. */
public final class Events {

    public static final int MAN_DOWN = 0x3b;
    public static final int RED_ALERT = 0x3a;
    public static final int LANYARD = 0x48;
    public static final int AMBER_EXPIRED = 0x26;
    public static final int MAN_DOWN_CLEARED = 0x3c;
    public static final Instant NOON = Instant.parse("2026-06-01T12:00:00Z");

    private Events() {}

    /** An event that was accepted one second after it happened. */
    public static Event event(String serial, long sequence, int type, Instant unitTime) {
        return event(serial, sequence, type, unitTime, unitTime.plusSeconds(1));
    }

    public static Event event(String serial, long sequence, int type, Instant unitTime, Instant acceptedAt) {
        ByteBuffer raw = ByteBuffer.allocate(20).order(ByteOrder.LITTLE_ENDIAN);
        raw.putInt((int) sequence).putInt((int) unitTime.getEpochSecond()).put((byte) type);
        long micros = ChronoUnit.MICROS.between(Instant.EPOCH, acceptedAt);
        return Event.newBuilder()
                .setSerial(serial)
                .setLogId(7)
                .setSequence((int) sequence)
                .setUnitTimeS((int) unitTime.getEpochSecond())
                .setTypeCode(type)
                .setTypeName(name(type))
                .setEventClass(EventClass.CRITICAL)
                .setPositionValid(true)
                .setLatitudeE7(515000000 + (int) sequence)
                .setLongitudeE7(-1200000)
                .setBattery(81)
                .setSignalDbm(-70)
                .setRaw(ByteString.copyFrom(raw.array()))
                .setStation("station-1")
                .setSessionId("session-1")
                .setAcceptedAtUs(micros)
                .setDecodedAtUs(micros + 150)
                .setTrust(identicom.schema.v1.Trust.WHITELISTED)
                .build();
    }

    /** A man-down cleared by its wearer, which is no critical event. */
    public static Event cleared(String serial, long sequence, Instant unitTime) {
        return event(serial, sequence, MAN_DOWN_CLEARED, unitTime).toBuilder()
                .setEventClass(EventClass.HIGH)
                .build();
    }

    private static String name(int type) {
        return switch (type) {
            case MAN_DOWN -> "man down";
            case RED_ALERT -> "red alert (button)";
            case LANYARD -> "lanyard pin removed";
            case MAN_DOWN_CLEARED -> "man down cleared by wearer";
            case AMBER_EXPIRED -> "amber alert expired";
            default -> "unknown";
        };
    }

    public static Quarantined unregistered(Event... events) {
        Quarantined.Builder record = Quarantined.newBuilder()
                .setKind(QuarantineKind.UNREGISTERED_UNIT)
                .setReason("not on the whitelist")
                .setSerial(events[0].getSerial());
        for (Event event : events) {
            record.addEvents(event.toBuilder().setTrust(identicom.schema.v1.Trust.UNREGISTERED));
        }
        return record.build();
    }

    public static Event unverified(Event event) {
        return event.toBuilder().setTrust(identicom.schema.v1.Trust.UNVERIFIED).build();
    }

    public static CriticalEvent critical(Event event) {
        try {
            return EventReader.critical(event.toByteArray()).getFirst();
        } catch (UnreadableException e) {
            throw new IllegalArgumentException(e);
        }
    }

    public static CriticalEvent critical(String serial, long sequence, int type, Instant unitTime) {
        return critical(event(serial, sequence, type, unitTime));
    }

    public static CriticalEvent withTrust(CriticalEvent e, Trust trust) {
        return new CriticalEvent(
                e.id(),
                e.serial(),
                trust,
                e.logId(),
                e.sequence(),
                e.typeCode(),
                e.typeName(),
                e.unitTime(),
                e.acceptedAt(),
                e.decodedAt(),
                e.position(),
                e.battery(),
                e.signalDbm(),
                e.station());
    }
}
