package identicom.alertservice.supervision.rule;

import java.util.ArrayList;
import java.util.List;

/**
 * How far the unit's own log is known. Its order decides, never that of arrival: within a log the higher sequence is
 * the newer entry, and a log id that is first seen later is the newer log.
 *
 * @param logId -1: nothing is known yet
 * @param olderLogs oldest first, at most {@link #REMEMBERED}
 */
public record Journal(int logId, long sequence, List<Integer> olderLogs) {

    /** Where an entry stands. @param logId -1: there is none */
    public record Place(int logId, long sequence) {
        public static final Place NONE = new Place(-1, 0);
    }

    static final int REMEMBERED = 16;

    public static final Journal EMPTY = new Journal(-1, 0, List.of());

    public Journal {
        olderLogs = List.copyOf(olderLogs);
    }

    boolean isNewer(int log, long number) {
        return log == logId ? number > sequence : !olderLogs.contains(log);
    }

    /** Whether an entry is newer than this one, which may be older than the newest known. */
    boolean isNewer(int log, long number, Place than) {
        if (than.logId() < 0) {
            return true;
        }
        return log == than.logId() ? number > than.sequence() : !isBefore(log, than.logId());
    }

    /** A log that is not known is yet to come: whatever is known is older. */
    private boolean isBefore(int log, int other) {
        int at = olderLogs.indexOf(log);
        return at >= 0 && (other == logId || olderLogs.indexOf(other) > at);
    }

    Journal with(int log, long number) {
        if (log == logId || logId < 0) {
            return new Journal(log, number, olderLogs);
        }
        List<Integer> older = new ArrayList<>(olderLogs);
        older.add(logId);
        return new Journal(log, number, older.subList(Math.max(0, older.size() - REMEMBERED), older.size()));
    }
}
