package identicom.systemtests.torture;

import identicom.systemtests.torture.Injection.Outcome;
import identicom.systemtests.torture.Trial.Seen;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** What a run did and saw, in Markdown; written anew after each schedule, so that one that is broken off leaves it too. */
final class Report {
    private final Path file;
    private final boolean asRoot;
    private final Instant begun = Instant.now();
    private final Map<String, Count> faults = new TreeMap<>();
    private final Map<String, Count> points = new TreeMap<>();
    private final List<String> failures = new ArrayList<>();
    private long first;
    private long last;
    private int schedules;
    private int pairs;
    private final Set<Set<String>> pairsSeen = new HashSet<>();
    private int worlds;
    private long events;
    private long pictures;
    private long falls;
    private Shown slowestShown = new Shown(Duration.ZERO, 0);
    private Shown slowestCounted = new Shown(Duration.ZERO, 0);
    private Shown slowestRecovery = new Shown(Duration.ZERO, 0);

    /** The longest of something, and in which schedule. */
    private record Shown(Duration time, long seed) {
        Shown or(Duration other, long otherSeed) {
            return other.compareTo(time) > 0 ? new Shown(other, otherSeed) : this;
        }

        @Override
        public String toString() {
            return "%.1f s (seed %d)".formatted(time.toMillis() / 1e3, seed);
        }
    }

    private static final class Count {
        private int done;
        private int leftOut;
        private int notReached;

        void add(Outcome outcome) {
            switch (outcome) {
                case DONE -> done++;
                case LEFT_OUT -> leftOut++;
                case NOT_REACHED -> notReached++;
            }
        }

        @Override
        public String toString() {
            return " | " + done + " | " + leftOut + " | " + notReached + " |";
        }
    }

    /** @param asRoot whether disks could be filled up and addresses taken away */
    Report(Path file, boolean asRoot) {
        this.file = file;
        this.asRoot = asRoot;
    }

    Path file() {
        return file;
    }

    List<String> failures() {
        return List.copyOf(failures);
    }

    int schedules() {
        return schedules;
    }

    void world() {
        worlds++;
    }

    void passed(Schedule schedule, Seen seen) throws IOException {
        count(schedule);
        for (int i = 0; i < seen.outcomes().size(); i++) {
            Fault fault = schedule.faults().get(i);
            Outcome outcome = seen.outcomes().get(i);
            faults.computeIfAbsent("| " + fault.kind().title() + " | " + fault.target(), k -> new Count())
                    .add(outcome);
            if (fault instanceof Fault.AtPoint at) {
                points.computeIfAbsent(
                                "| " + at.point().part().title() + " | "
                                        + at.point().when(),
                                k -> new Count())
                        .add(outcome);
            }
        }
        events += seen.events();
        pictures += seen.pictures();
        falls += seen.falls().count();
        slowestShown = slowestShown.or(seen.falls().slowest(), schedule.seed());
        slowestCounted = slowestCounted.or(seen.falls().slowestCounted(), schedule.seed());
        slowestRecovery = slowestRecovery.or(seen.recovery(), schedule.seed());
        write();
    }

    void failed(Schedule schedule, Throwable failure, Path evidence) throws IOException {
        count(schedule);
        failed(schedule + ": " + firstLine(failure) + " (" + evidence + ")");
    }

    void failed(String what) throws IOException {
        failures.add(what);
        write();
    }

    private static String firstLine(Throwable failure) {
        return String.valueOf(failure.getMessage()).lines().limit(2).collect(Collectors.joining(" "));
    }

    private void count(Schedule schedule) {
        first = schedules == 0 ? schedule.seed() : Math.min(first, schedule.seed());
        last = Math.max(last, schedule.seed());
        schedules++;
        if (schedule.isPair()) {
            pairs++;
            pairsSeen.add(schedule.targets());
        }
    }

    private void write() throws IOException {
        Duration took = Duration.between(begun, Instant.now());
        StringBuilder text = new StringBuilder("""
                # Real faults: what a run of `./identicom torture` saw

                | | |
                |---|---|
                | machine | %d processors, %s %s, %s |
                | commit | %s |
                | begun | %s |
                | took | %d min %d s, %.1f s a schedule |
                | schedules | %d, seeds %d to %d, in %d installations; %d with two faults at once |
                | pairs of parts among them | %d of %d |
                | failed | %d |
                | checked | %d events, %d pictures, %d falls with their alerts |
                | lost, doubled or invented | %s |
                | slowest alert, from the fall, whatever failed meanwhile | %s |
                | slowest alert, from when it could be told | %s |
                | slowest recovery, from the last fault's end until every unit was empty | %s |
                | disks filled up, addresses taken away | %s |
                """.formatted(
                        Runtime.getRuntime().availableProcessors(),
                        System.getProperty("os.name"),
                        System.getProperty("os.version"),
                        "Java " + System.getProperty("java.version"),
                        commit(),
                        begun,
                        took.toMinutes(),
                        took.toSecondsPart(),
                        took.toMillis() / 1e3 / Math.max(1, schedules),
                        schedules,
                        first,
                        last,
                        worlds,
                        pairs,
                        pairsSeen.size(),
                        Pairs.possible(),
                        failures.size(),
                        events,
                        pictures,
                        falls,
                        failures.isEmpty() ? "none" : "see the failures",
                        slowestShown,
                        slowestCounted,
                        slowestRecovery,
                        asRoot ? "yes" : "no: this user may not here"));
        table(text, "Faults", "| fault | part", faults);
        table(text, "Named points", "| part | point", points);
        if (!failures.isEmpty()) {
            text.append("\n## Failures\n\n");
            failures.forEach(failure -> text.append("- ").append(failure).append('\n'));
        }
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    private static void table(StringBuilder text, String title, String head, Map<String, Count> counts) {
        text.append("\n## ").append(title).append("\n\n").append(head).append(" | done | left out | not reached |\n");
        text.append("|---|---|---:|---:|---:|\n");
        counts.forEach((name, count) -> text.append(name).append(count).append('\n'));
    }

    /** Of the working copy; "unknown" outside of one. */
    private static String commit() throws IOException {
        Process git = new ProcessBuilder("git", "describe", "--always", "--dirty", "--abbrev=40", "--exclude=*")
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        try {
            String said = new String(git.getInputStream().readAllBytes()).strip();
            return git.waitFor(10, TimeUnit.SECONDS) && git.exitValue() == 0 ? said : "unknown";
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return "unknown";
        }
    }
}
