package identicom.standalone.doctor;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * Makes checks side by side, each on a daemon thread of its own, so that one that waits holds no other up. What they find is handed on in
 * the checks' order.
 */
final class Examination {
    private static final Duration SAID_AGAIN = Duration.ofSeconds(5);

    private final Duration limit;
    private final Consumer<String> progress;
    private long sayAtNanos;

    /**
     * @param limit for all checks together; one that is not done by then is left behind, and that is a finding
     * @param progress told every 5 s what is still waited for
     */
    Examination(Duration limit, Consumer<String> progress) {
        this.limit = limit;
        this.progress = progress;
    }

    void of(List<? extends Check> checks, Consumer<Finding> findings) throws InterruptedException {
        long start = System.nanoTime();
        long end = start + limit.toNanos();
        sayAtNanos = start + SAID_AGAIN.toNanos();
        Map<Check, FutureTask<List<Finding>>> tasks = new LinkedHashMap<>();
        checks.forEach(check -> tasks.put(check, start(check)));
        try {
            for (Check check : checks) {
                await(check, tasks, end).forEach(findings);
            }
        } finally {
            tasks.values().forEach(task -> task.cancel(true));
        }
    }

    private static FutureTask<List<Finding>> start(Check check) {
        FutureTask<List<Finding>> task = new FutureTask<>(check::find);
        Thread.ofPlatform().name("doctor " + check.subject()).daemon(true).start(task);
        return task;
    }

    private List<Finding> await(Check check, Map<Check, FutureTask<List<Finding>>> tasks, long end)
            throws InterruptedException {
        while (true) {
            long now = System.nanoTime();
            long left = Math.max(0, end - now);
            try {
                return tasks.get(check).get(Math.min(left, Math.max(0, sayAtNanos - now)), TimeUnit.NANOSECONDS);
            } catch (ExecutionException e) {
                return List.of(Finding.wrong(
                        check.subject(),
                        "could not be looked at: " + Reason.of(e),
                        "an answer",
                        "mend what the message names, and look again"));
            } catch (TimeoutException e) {
                if (left == 0) {
                    return List.of(Finding.wrong(
                            check.subject(),
                            "not looked at within " + limit.toSeconds() + " s",
                            "an answer",
                            "find out what does not answer: the network, its names, the other end"));
                }
                progress.accept("still waiting for " + waitedFor(tasks));
                sayAtNanos += SAID_AGAIN.toNanos();
            }
        }
    }

    private static String waitedFor(Map<Check, FutureTask<List<Finding>>> tasks) {
        return tasks.entrySet().stream()
                .filter(task -> !task.getValue().isDone())
                .map(task -> task.getKey().subject())
                .collect(Collectors.joining("; "));
    }
}
