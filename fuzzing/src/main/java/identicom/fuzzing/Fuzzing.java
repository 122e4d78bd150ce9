package identicom.fuzzing;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * The tests of a module's targets. A module has one class {@code FuzzingTest} that extends it and names them.
 *
 * <p>How much is fuzzed is said by system properties, see {@link Plan}; docs/reliability.md has the commands.
 */
public abstract class Fuzzing {
    private static final int VARIED = 40;

    @TempDir
    Path folder;

    /** The module's targets, always in the same order. */
    protected abstract List<FuzzTarget> targets();

    @TestFactory
    List<DynamicTest> everyInputKeptAndWhatIsLikeIt() {
        return each(target -> {
            for (byte[] input : Corpus.varied(Corpus.of(target), VARIED)) {
                try {
                    target.run(input);
                } catch (Throwable finding) {
                    throw new AssertionError("input " + Corpus.line(input), finding);
                }
            }
        });
    }

    @TestFactory
    List<DynamicTest> allocatesNoMoreThanTheInputIsWorth() {
        return each(target -> {
            for (byte[] input : Corpus.varied(Corpus.of(target), VARIED)) {
                long bytes = Math.min(allocated(target, input), allocated(target, input));
                long most = target.mostAllocated(input.length);
                assertTrue(
                        bytes <= most,
                        () -> bytes + " bytes allocated for " + input.length + " (expected: at most " + most
                                + ") by input " + Corpus.line(input));
            }
        });
    }

    @Test
    void nothingIsFoundByCoverage() throws Exception {
        Plan plan = Plan.asked();
        List<FuzzTarget> targets = plan.of(targets());
        if (targets.isEmpty()) {
            return; // another module's is asked for
        }
        Path corpus = seeded(targets);
        List<Jazzer> workers = new ArrayList<>();
        long startedNanos = System.nanoTime();
        try {
            for (int number = 0; number < plan.workers(); number++) {
                Path place = Files.createDirectory(folder.resolve("worker-" + number));
                workers.add(Jazzer.fuzzing(place, corpus, plan, targets, number));
            }
            long executions = 0;
            for (Jazzer worker : workers) {
                worker.await(targets);
                executions += worker.executions();
            }
            double seconds = (System.nanoTime() - startedNanos) / 1e9;
            tell(targets, executions, seconds, workers.getFirst().covered());
            // how many there are in the time is the machine's affair
            assertTrue(executions > 0, "no execution (expected: Jazzer calls the targets)");
        } finally {
            for (Jazzer worker : workers) {
                worker.close();
            }
        }
        new Kept(targets).write(corpus, plan.keep());
    }

    private static void tell(List<FuzzTarget> targets, long executions, double seconds, String covered) {
        System.out.printf(
                Locale.ROOT,
                "fuzzed %s: %,d executions in %.1f s (%,.0f a second, starts included); %s%n",
                String.join(
                        ", ",
                        targets.stream()
                                .map(one -> one.getClass().getSimpleName())
                                .toList()),
                executions,
                seconds,
                executions / seconds,
                covered);
    }

    private Path seeded(List<FuzzTarget> targets) throws Exception {
        Path corpus = Files.createDirectory(folder.resolve("corpus"));
        for (int number = 0; number < targets.size(); number++) {
            int input = 0;
            for (byte[] bytes : Corpus.of(targets.get(number))) {
                Files.write(
                        corpus.resolve("kept-" + number + "-" + input++),
                        Selected.addressed(bytes, number, targets.size()));
            }
        }
        return corpus;
    }

    @FunctionalInterface
    private interface Check {
        void of(FuzzTarget target) throws Exception;
    }

    private List<DynamicTest> each(Check check) {
        return targets().stream()
                .map(target -> DynamicTest.dynamicTest(target.getClass().getSimpleName(), () -> check.of(target)))
                .toList();
    }

    private static long allocated(FuzzTarget target, byte[] input) throws Exception {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadAllocatedBytes();
        target.run(input);
        return threads.getCurrentThreadAllocatedBytes() - before;
    }
}
