package identicom.alertservice.event;

import static identicom.fuzzing.Invariants.holds;

import identicom.alertservice.event.EventReader.UnreadableException;
import identicom.fuzzing.FuzzTarget;
import java.time.Instant;
import java.util.List;

/** Any record of the topics that raise alerts: events that an alert can be made of, or a reason. Input: the record's value. */
public final class AlertRecordFuzz implements FuzzTarget {
    private interface Reading {
        List<CriticalEvent> of(byte[] value) throws UnreadableException;
    }

    @Override
    public void run(byte[] input) {
        read(input, EventReader::critical);
        read(input, EventReader::quarantined);
    }

    private static void read(byte[] input, Reading reading) {
        try {
            for (CriticalEvent event : reading.of(input)) {
                holds(event.serial().matches("[A-Z0-9-]{1,12}"), "serial");
                holds(event.typeCode() >= 0 && event.typeCode() <= 0xff, "type");
                holds(event.typeName().indexOf('\0') < 0 && event.station().indexOf('\0') < 0, "U+0000 in a text");
                holds(!event.acceptedAt().isBefore(Instant.EPOCH), "accepted before 1970");
                event.late();
                event.happenedAt();
            }
        } catch (UnreadableException unreadable) {
            holds(!unreadable.getMessage().isBlank(), "unreadable without a reason");
        }
    }

    @Override
    public long mostAllocated(int length) {
        return 65_536 + 2_000L * length;
    }
}
