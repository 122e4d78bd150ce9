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

    static final int REMEMBERED = 16;

    public static final Journal EMPTY = new Journal(-1, 0, List.of());

    public Journal {
        olderLogs = List.copyOf(olderLogs);
    }

    boolean isNewer(int log, long number) {
        return log == logId ? number > sequence : !olderLogs.contains(log);
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
