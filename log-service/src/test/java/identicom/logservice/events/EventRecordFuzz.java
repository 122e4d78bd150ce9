package identicom.logservice.events;

import static identicom.fuzzing.Invariants.holds;

import identicom.fuzzing.FuzzTarget;
import identicom.runtime.kafka.PoisonException;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Any record of an event topic: a row that the table can take, or poison with its reason. Input: the record's value. */
public final class EventRecordFuzz implements FuzzTarget {
    @Override
    public void run(byte[] input) {
        try {
            EventRow row = EventDecoder.decode(new ConsumerRecord<>("events", 0, 0, new byte[0], input));
            holds(row.serial().matches("[A-Z0-9-]{1,12}"), "serial");
            holds(row.typeName().indexOf('\0') < 0 && row.station().indexOf('\0') < 0, "U+0000 in a text");
        } catch (PoisonException poison) {
            holds(!poison.reason().isBlank(), "poison without a reason");
        }
    }

    @Override
    public long mostAllocated(int length) {
        return 131_072 + 500L * length;
    }
}
