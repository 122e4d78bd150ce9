package identicom.receiver.session;

import identicom.wire.message.EventLog;
import identicom.wire.message.Identification;

/**
 * What a session knows of a unit that is served.
 *
 * @param run how far its log was read
 * @param nextNumber of the next record that is published
 * @param pushedLogId log of the last pushed entry; {@link LogRun#NO_LOG} without one
 * @param pushedUpTo highest pushed sequence in that log
 * @param secondReading the log is being read, or was read, once more
 * @param pictures how far its pictures were read
 * @param commands commands that were sent to it
 */
public record Served(
        Identification unit,
        Verdict verdict,
        Conditions conditions,
        LogRun run,
        long nextNumber,
        int pushedLogId,
        long pushedUpTo,
        boolean secondReading,
        PictureWork pictures,
        int commands) {
    static Served begin(Identification unit, Verdict verdict, Conditions conditions) {
        return new Served(
                unit,
                verdict,
                conditions,
                LogRun.begin(verdict.whitelisted()),
                0,
                LogRun.NO_LOG,
                0,
                false,
                PictureWork.NONE,
                0);
    }

    Served withConditions(Conditions now) {
        return new Served(
                unit, verdict, now, run, nextNumber, pushedLogId, pushedUpTo, secondReading, pictures, commands);
    }

    Served withRun(LogRun now) {
        return new Served(
                unit, verdict, conditions, now, nextNumber, pushedLogId, pushedUpTo, secondReading, pictures, commands);
    }

    Served withPictures(PictureWork now) {
        return new Served(
                unit, verdict, conditions, run, nextNumber, pushedLogId, pushedUpTo, secondReading, now, commands);
    }

    Served published(int count) {
        return new Served(
                unit,
                verdict,
                conditions,
                run,
                nextNumber + count,
                pushedLogId,
                pushedUpTo,
                secondReading,
                pictures,
                commands);
    }

    Served pushed(EventLog push) {
        long last = push.entries().isEmpty() ? 0 : push.entries().getLast().sequence();
        long upTo = push.logId() == pushedLogId ? Math.max(pushedUpTo, last) : last;
        return new Served(
                unit,
                verdict,
                conditions,
                run.sawLog(push.logId()),
                nextNumber,
                push.logId(),
                upTo,
                secondReading,
                pictures,
                commands);
    }

    Served readingAgain() {
        return new Served(
                unit, verdict, conditions, run, nextNumber, pushedLogId, pushedUpTo, true, pictures, commands);
    }

    Served commanding() {
        return new Served(
                unit,
                verdict,
                conditions,
                run,
                nextNumber,
                pushedLogId,
                pushedUpTo,
                secondReading,
                pictures,
                commands + 1);
    }

    Served restarted() {
        return withRun(run.restart(verdict.whitelisted()));
    }

    /** Main has the record with this number. */
    Served acknowledged(long number) {
        return withRun(run.acknowledged(number)).withPictures(pictures.acknowledged(number));
    }

    /** Main will never acknowledge the record with this number. */
    Served lost(long number) {
        return withRun(run.lost(number)).withPictures(pictures.lost(number));
    }

    /** A pushed entry of this log lies above the last one read. */
    boolean pushedAboveRead() {
        return pushedLogId == run.logId() && pushedUpTo > run.cursor();
    }
}
