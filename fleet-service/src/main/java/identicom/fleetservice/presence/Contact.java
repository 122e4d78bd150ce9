package identicom.fleetservice.presence;

import com.google.protobuf.InvalidProtocolBufferException;
import identicom.runtime.kafka.PoisonException;
import identicom.schema.v1.Event;
import identicom.schema.v1.SessionRecord;
import java.util.regex.Pattern;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Reads records of the topics that tell of units; one that no station could have written is poison. */
final class Contact {
    private static final Pattern SERIAL = Pattern.compile("[A-Z0-9-]{1,12}");

    private Contact() {}

    static Event event(ConsumerRecord<byte[], byte[]> record) throws PoisonException {
        try {
            Event event = Event.parseFrom(bytes(record));
            requireSerial(record, event.getSerial());
            return event;
        } catch (InvalidProtocolBufferException e) {
            throw new PoisonException(record, "not an Event: " + e.getMessage());
        }
    }

    static SessionRecord session(ConsumerRecord<byte[], byte[]> record) throws PoisonException {
        try {
            SessionRecord session = SessionRecord.parseFrom(bytes(record));
            if (!session.hasHeartbeat()) {
                requireSerial(record, session.getSerial());
            }
            return session;
        } catch (InvalidProtocolBufferException e) {
            throw new PoisonException(record, "not a SessionRecord: " + e.getMessage());
        }
    }

    private static byte[] bytes(ConsumerRecord<byte[], byte[]> record) throws PoisonException {
        if (record.value() == null) {
            throw new PoisonException(record, "no value");
        }
        return record.value();
    }

    private static void requireSerial(ConsumerRecord<byte[], byte[]> record, String serial) throws PoisonException {
        if (!SERIAL.matcher(serial).matches()) {
            throw new PoisonException(record, "a serial with other characters than A-Z 0-9 -, or too long");
        }
    }
}
