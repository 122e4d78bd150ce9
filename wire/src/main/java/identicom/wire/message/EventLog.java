package identicom.wire.message;

import java.util.List;

/**
 * {@code 82}: entries of the unit's event log, the answer to {@link ReadEventLog} or pushed unasked.
 *
 * @param remaining u16: entries that the unit still holds after the last one here; 65535 means that or more. Never above 0
 *     in an answer without an entry
 * @param pushed bit 15 of the log field: sent unasked. Only {@code false} answers a {@link ReadEventLog}
 * @param logId bits 0–14 of the log field, 0..32767: drawn at random when the unit's memory is replaced
 * @param entries 0..51 entries of 20 bytes, strictly ascending by sequence
 */
public record EventLog(int remaining, boolean pushed, int logId, List<EventEntry> entries) implements FromUnit {
    public static final int MAX_ENTRIES = 51;
    public static final int MAX_LOG_ID = 0x7fff;

    public EventLog {
        Unsigned.u16("remaining", remaining);
        Unsigned.range("logId", logId, 0, MAX_LOG_ID);
        Unsigned.range("entries", entries.size(), 0, MAX_ENTRIES);
        entries = List.copyOf(entries);
        if (remaining > 0 && !pushed && entries.isEmpty()) {
            throw new IllegalArgumentException(
                    "remaining: " + remaining + " (expected: 0 in an answer without entries)");
        }
        long last = 0;
        for (EventEntry entry : entries) {
            if (entry.sequence() <= last) {
                throw new IllegalArgumentException(
                        "sequence: " + entry.sequence() + " (expected: above " + last + ", the one before)");
            }
            last = entry.sequence();
        }
    }
}
