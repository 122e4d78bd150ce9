package identicom.receiver.session;

import identicom.wire.event.EventCatalogue;
import identicom.wire.event.EventClass;
import identicom.wire.message.EventEntry;
import identicom.wire.message.EventLog;
import identicom.wire.message.Identification;
import java.util.Arrays;
import java.util.List;

/** What units say, for tests. */
final class Units {
    static final Identification UNIT = new Identification("AB-1234", "1.02");
    static final int LOG = 77;
    static final int OTHER_LOG = 78;
    static final int MAN_DOWN = 0x3b;
    static final int STATUS = 0x20;
    static final long NOW = 1_700_000_000_000_000L;

    private Units() {}

    static EventEntry entry(long sequence, int type) {
        return EventEntry.of(sequence, 1_700_000_000L, type, 0, 0, 0, 80, -70);
    }

    static EventLog answer(int remaining, long... sequences) {
        return answerOf(LOG, remaining, sequences);
    }

    static EventLog answerOf(int log, int remaining, long... sequences) {
        return new EventLog(remaining, false, log, entries(STATUS, sequences));
    }

    static EventLog push(long... sequences) {
        return new EventLog(0, true, LOG, entries(MAN_DOWN, sequences));
    }

    static EventLog pushOf(int log, int type, long... sequences) {
        return new EventLog(0, true, log, entries(type, sequences));
    }

    static List<EventEntry> entries(int type, long... sequences) {
        return Arrays.stream(sequences)
                .mapToObj(sequence -> entry(sequence, type))
                .toList();
    }

    static Rules rules() {
        return Rules.standard(code -> EventCatalogue.standard().type(code).eventClass() == EventClass.CRITICAL);
    }
}
