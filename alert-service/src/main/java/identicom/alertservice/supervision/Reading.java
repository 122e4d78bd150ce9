package identicom.alertservice.supervision;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Parser;
import identicom.alertservice.event.EventReader;
import identicom.alertservice.event.EventReader.UnreadableException;
import identicom.alertservice.event.ManDownCleared;
import identicom.runtime.kafka.PoisonException;
import identicom.schema.v1.Event;
import java.util.Optional;
import java.util.regex.Pattern;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Reads records; one that nobody of ours could have written is poison. */
final class Reading {

    static final Pattern SERIAL = Pattern.compile("[A-Z0-9-]{1,12}");

    private Reading() {}

    static <T> T read(ConsumerRecord<byte[], byte[]> record, Parser<T> parser) throws PoisonException {
        if (record.value() == null) {
            throw new PoisonException(record, "no value");
        }
        try {
            return parser.parseFrom(record.value());
        } catch (InvalidProtocolBufferException e) {
            throw new PoisonException(record, "cannot be read: " + e.getMessage());
        }
    }

    static Optional<ManDownCleared> cleared(ConsumerRecord<byte[], byte[]> record, Event event) throws PoisonException {
        try {
            return EventReader.cleared(event);
        } catch (UnreadableException e) {
            throw new PoisonException(record, e.getMessage());
        }
    }

    static String serial(ConsumerRecord<byte[], byte[]> record, String serial) throws PoisonException {
        if (!SERIAL.matcher(serial).matches()) {
            throw new PoisonException(record, "a serial with other characters than A-Z 0-9 -, or too long");
        }
        return serial;
    }
}
