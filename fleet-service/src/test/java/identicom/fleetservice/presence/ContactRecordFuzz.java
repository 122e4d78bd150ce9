package identicom.fleetservice.presence;

import static identicom.fuzzing.Invariants.holds;

import identicom.fuzzing.FuzzTarget;
import identicom.runtime.kafka.PoisonException;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Any record of the topics that tell of units: of a serial that can be one, or poison with its reason. Input: the record's value. */
public final class ContactRecordFuzz implements FuzzTarget {
    private interface Reading {
        String serial(ConsumerRecord<byte[], byte[]> record) throws PoisonException;
    }

    @Override
    public void run(byte[] input) {
        read(input, record -> Contact.event(record).getSerial());
        read(input, record -> {
            var session = Contact.session(record);
            return session.hasHeartbeat() ? "HEARTBEAT" : session.getSerial();
        });
    }

    private static void read(byte[] input, Reading reading) {
        try {
            String serial = reading.serial(new ConsumerRecord<>("topic", 0, 0, new byte[0], input));
            holds(serial.matches("[A-Z0-9-]{1,12}"), "serial");
        } catch (PoisonException poison) {
            holds(!poison.reason().isBlank(), "poison without a reason");
        }
    }

    @Override
    public long mostAllocated(int length) {
        return 65_536 + 1_000L * length;
    }
}
