package identicom.fuzzing;

import java.util.Arrays;
import java.util.List;

/**
 * How much is fuzzed.
 *
 * @param seconds how long each process fuzzes; 0: no limit
 * @param runs executions in all; 0: no limit
 * @param workers processes at once, each with a seed of its own
 * @param target simple name of the only target; empty: all of a module's, in one process
 * @param options further ones of Jazzer and libFuzzer; where one stands twice the last one counts
 * @param keep file to which every input goes that reached something of its own, a target's name before its inputs; empty: none
 */
record Plan(int seconds, long runs, int workers, String target, List<String> options, String keep) {
    private static final int SECONDS_IN_EVERY_BUILD = 8;

    /** As the system properties {@code identicom.fuzz-*} say. */
    static Plan asked() {
        long runs = Long.getLong("identicom.fuzz-runs", 0L);
        int seconds = Integer.getInteger("identicom.fuzz-seconds", runs > 0 ? 0 : SECONDS_IN_EVERY_BUILD);
        return new Plan(
                seconds,
                runs,
                Integer.getInteger("identicom.fuzz-workers", 1),
                System.getProperty("identicom.fuzz-target", ""),
                Arrays.stream(System.getProperty("identicom.fuzz-options", "").split(" "))
                        .filter(option -> !option.isEmpty())
                        .toList(),
                System.getProperty("identicom.fuzz-keep", ""));
    }

    List<FuzzTarget> of(List<FuzzTarget> targets) {
        return target.isEmpty()
                ? targets
                : targets.stream()
                        .filter(one -> one.getClass().getSimpleName().equals(target))
                        .toList();
    }

    /** Short enough that the optimising compiler does not pay. */
    boolean isShort() {
        return runs == 0 && seconds <= 20;
    }

    long runsOf(int worker) {
        return runs / workers + (worker < runs % workers ? 1 : 0);
    }
}
