package identicom.receiver.session;

import identicom.wire.message.EventLog;
import java.util.ArrayList;
import java.util.List;

/**
 * How far one log was read, and how far what was read is durable.
 *
 * <p>Only answers move it; a pushed frame never does. A number enters {@link #durableUpTo()} only when it ends an answer
 * which, like every answer before it from {@code after=0} on, is acknowledged by main entry for entry.
 *
 * @param logId of the answers so far; {@link #NO_LOG} before the first
 * @param cursor the last sequence of the last answer; what the next read asks after
 * @param pending answers that are not durable yet or stand behind one that is not, oldest first
 * @param durableUpTo the last sequence of the longest durable run of answers; 0 for none
 * @param deletedUpTo what the unit was last told to delete up to; 0 for nothing
 * @param sinceMark entries read since the last delete
 * @param cut an entry was lost: what is read from there on can never be in the run
 * @param stale a frame of another log was seen: the memory was replaced, and the numbers here mean nothing any more
 * @param restarts how often reading began anew because of that
 */
record LogRun(
        int logId,
        long cursor,
        List<Answer> pending,
        long durableUpTo,
        long deletedUpTo,
        int sinceMark,
        boolean cut,
        boolean stale,
        int restarts) {
    static final int NO_LOG = -1;

    /** @param tracked false: nothing that is read will ever be deleted, so nothing need be remembered */
    static LogRun begin(boolean tracked) {
        return new LogRun(NO_LOG, 0, List.of(), 0, 0, 0, !tracked, false, 0);
    }

    /** Reading anew from {@code after=0}, in what is another log. */
    LogRun restart(boolean tracked) {
        return new LogRun(NO_LOG, 0, List.of(), 0, 0, 0, !tracked, false, restarts + 1);
    }

    boolean isOther(int otherLogId) {
        return logId != NO_LOG && logId != otherLogId;
    }

    LogRun sawLog(int otherLogId) {
        return isOther(otherLogId) ? outdated() : this;
    }

    private LogRun outdated() {
        return new LogRun(logId, cursor, pending, durableUpTo, deletedUpTo, sinceMark, cut, true, restarts);
    }

    /** The answer to {@code after=cursor}, of this run's log. Its entries are numbered from {@code firstNumber}. */
    LogRun answered(EventLog answer, long firstNumber) {
        int count = answer.entries().size();
        if (count == 0) {
            return new LogRun(
                    answer.logId(), cursor, pending, durableUpTo, deletedUpTo, sinceMark, cut, stale, restarts);
        }
        long last = answer.entries().getLast().sequence();
        List<Answer> more = pending;
        if (!cut) {
            more = new ArrayList<>(pending);
            more.add(Answer.of(firstNumber, count, last));
        }
        return new LogRun(
                answer.logId(),
                last,
                List.copyOf(more),
                durableUpTo,
                deletedUpTo,
                sinceMark + count,
                cut,
                stale,
                restarts);
    }

    LogRun acknowledged(long number) {
        int at = indexOf(number);
        if (at < 0) {
            return this;
        }
        List<Answer> left = new ArrayList<>(pending);
        left.set(at, left.get(at).acknowledged(number));
        long durable = durableUpTo;
        int done = 0;
        while (done < left.size() && left.get(done).durable()) {
            durable = left.get(done++).lastSequence();
        }
        return with(List.copyOf(left.subList(done, left.size())), durable, cut);
    }

    /** The run ends before the answer that holds this entry. */
    LogRun lost(long number) {
        int at = indexOf(number);
        return at < 0 ? this : with(List.copyOf(pending.subList(0, at)), durableUpTo, true);
    }

    /** Takes no more answers into the run; those in it can still become durable. */
    LogRun cutHere() {
        return with(pending, durableUpTo, true);
    }

    private LogRun with(List<Answer> nowPending, long nowDurable, boolean nowCut) {
        return new LogRun(logId, cursor, nowPending, nowDurable, deletedUpTo, sinceMark, nowCut, stale, restarts);
    }

    private int indexOf(long number) {
        for (int i = 0; i < pending.size(); i++) {
            if (pending.get(i).holds(number)) {
                return i;
            }
        }
        return -1;
    }

    /** There is something durable that the unit was not told to delete yet. */
    boolean hasDeletable() {
        return !stale && durableUpTo > deletedUpTo;
    }

    LogRun deleting() {
        return new LogRun(logId, cursor, pending, durableUpTo, durableUpTo, 0, cut, stale, restarts);
    }

    /** Nothing more will become durable. */
    boolean settled() {
        return pending.isEmpty();
    }

    /** All that was read is durable. */
    boolean complete() {
        return !cut && pending.isEmpty();
    }
}
