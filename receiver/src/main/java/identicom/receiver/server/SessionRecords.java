package identicom.receiver.server;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnsafeByteOperations;
import identicom.receiver.session.Effect;
import identicom.receiver.session.Held;
import identicom.receiver.session.Verdict;
import identicom.schema.v1.Event;
import identicom.schema.v1.EventClass;
import identicom.schema.v1.QuarantineKind;
import identicom.schema.v1.Quarantined;
import identicom.schema.v1.SessionClosed;
import identicom.schema.v1.SessionOpened;
import identicom.schema.v1.SessionProgressed;
import identicom.schema.v1.SessionRecord;
import identicom.schema.v1.Trust;
import identicom.wire.codec.MessageEncoder;
import identicom.wire.codec.MessageType;
import identicom.wire.event.EventCatalogue;
import identicom.wire.event.EventType;
import identicom.wire.message.EventEntry;
import identicom.wire.message.EventLog;
import identicom.wire.message.Identification;

/**
 * The records of one session, as the topics have them.
 *
 * @param source {@code address:port} the unit dialled in from
 */
record SessionRecords(EventCatalogue catalogue, String station, String sessionId, String source, Identification unit) {

    Event event(
            EventEntry entry, int logId, boolean pushed, Verdict.Standing standing, long readAtUs, long decodedAtUs) {
        EventType type = catalogue.type(entry.type());
        return Event.newBuilder()
                .setSerial(unit.serial())
                .setLogId(logId)
                .setSequence((int) entry.sequence())
                .setUnitTimeS((int) entry.unitTimeSeconds())
                .setTypeCode(entry.type())
                .setTypeName(type.name())
                .setEventClass(classOf(type))
                .setFlags(entry.flags())
                .setPositionValid(entry.positionValid())
                .setLatitudeE7(entry.latitudeE7())
                .setLongitudeE7(entry.longitudeE7())
                .setBattery(entry.battery())
                .setSignalDbm(entry.signalDbm())
                .setSoftwareVersion(unit.softwareVersion())
                .setRaw(UnsafeByteOperations.unsafeWrap(entry.raw().asByteBuffer()))
                .setSessionId(sessionId)
                .setStation(station)
                .setSourceAddress(source)
                .setAcceptedAtUs(readAtUs)
                .setDecodedAtUs(decodedAtUs)
                .setTrust(trust(standing))
                .setPushed(pushed)
                .build();
    }

    private static EventClass classOf(EventType type) {
        return switch (type.eventClass()) {
            case ROUTINE -> EventClass.ROUTINE;
            case HIGH -> EventClass.HIGH;
            case CRITICAL -> EventClass.CRITICAL;
        };
    }

    static Trust trust(Verdict.Standing standing) {
        return switch (standing) {
            case WHITELISTED -> Trust.WHITELISTED;
            case UNVERIFIED -> Trust.UNVERIFIED;
            case UNREGISTERED, UNREGISTERED_UNASKED -> Trust.UNREGISTERED;
        };
    }

    Quarantined quarantined(Effect.Quarantine kept, String id) {
        boolean unasked = kept.standing() == Verdict.Standing.UNREGISTERED_UNASKED;
        Quarantined.Builder record = Quarantined.newBuilder()
                .setId(id)
                .setKind(unasked ? QuarantineKind.UNREGISTERED_UNASKED : QuarantineKind.UNREGISTERED_UNIT)
                .setReason(
                        unasked
                                ? "the serial is unknown, and too many unknown serials called to look it up"
                                : "the serial is not on the whitelist")
                .setAtUs(kept.nowUs())
                .setSerial(unit.serial())
                .setIdentification(ByteString.copyFrom(MessageEncoder.data(unit)))
                .setSessionId(sessionId)
                .setStation(station)
                .setSourceAddress(source);
        for (Held held : kept.held()) {
            record.addFrames(frame(held.log()));
            for (EventEntry entry : held.log().entries()) {
                record.addEvents(event(
                        entry,
                        held.log().logId(),
                        held.log().pushed(),
                        kept.standing(),
                        held.readAtUs(),
                        kept.nowUs()));
            }
        }
        return record.build();
    }

    /** Type byte and unstuffed data. */
    private static ByteString frame(EventLog log) {
        byte[] type = {(byte) MessageType.of(log).code()};
        return ByteString.copyFrom(type).concat(ByteString.copyFrom(MessageEncoder.data(log)));
    }

    SessionRecord opened(Effect.Opened opened) {
        return record().setOpened(SessionOpened.newBuilder()
                        .setSourceAddress(source)
                        .setSoftwareVersion(unit.softwareVersion())
                        .setAtUs(opened.identifiedAtUs())
                        .setTrust(trust(opened.standing())))
                .build();
    }

    SessionRecord progressed(SessionProgressed.Builder progress) {
        return record().setProgressed(progress).build();
    }

    SessionRecord closed(SessionClosed.Builder closed) {
        return record().setClosed(closed).build();
    }

    private SessionRecord.Builder record() {
        return SessionRecord.newBuilder()
                .setSerial(unit.serial())
                .setSessionId(sessionId)
                .setStation(station);
    }
}
