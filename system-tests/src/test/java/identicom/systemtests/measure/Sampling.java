package identicom.systemtests.measure;

import static org.assertj.core.api.Assertions.assertThat;

import identicom.systemtests.harness.Desk;
import identicom.systemtests.harness.RunningSystem;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** What a running system holds, read every fifteen seconds. */
final class Sampling implements AutoCloseable {
    private static final Duration EACH = Duration.ofSeconds(15);
    private static final double MIB = 1024.0 * 1024;
    private static final double SECONDS_A_MINUTE = 60;

    /** One thing that is held. @param slack so much more than a tenth of it may come in a third of the time */
    private record Held(String name, String unit, double slack, Reading reading) {}

    private interface Reading {
        double now() throws IOException, InterruptedException;
    }

    private final RunningSystem system;
    private final Desk desk;
    private final long begun = System.nanoTime();
    private final List<Held> held = new ArrayList<>();
    private final List<List<Plot.Point>> points = new ArrayList<>();
    private final List<Plot.Mark> marks = new CopyOnWriteArrayList<>();
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("sampling").daemon(true).factory());

    private Sampling(RunningSystem system) {
        this.system = system;
        this.desk = Desk.stranger(system);
        add(
                "heap after a collection",
                "MiB",
                8,
                () -> Memory.of(system.pid(), system).heapBytes() / MIB);
        add("resident, the program", "MiB", 40, () -> Kernel.residentBytes(List.of(system.pid())) / MIB);
        add("resident, brokers and PostgreSQL", "MiB", 100, () -> Kernel.residentBytes(children()) / MIB);
        add("direct buffers", "MiB", 4, () -> desk.meter("jvm_buffer_memory_used_bytes", "id=\"direct\"") / MIB);
        add("threads", "", 10, () -> desk.meter("jvm_threads_live_threads", ""));
        add("file descriptors", "", 20, () -> Kernel.openFiles(system.pid()));
    }

    static Sampling start(RunningSystem system) {
        Sampling sampling = new Sampling(system);
        sampling.clock.scheduleAtFixedRate(sampling::sample, EACH.toSeconds(), EACH.toSeconds(), TimeUnit.SECONDS);
        return sampling;
    }

    private void add(String name, String unit, double slack, Reading reading) {
        held.add(new Held(name, unit, slack, reading));
        points.add(new CopyOnWriteArrayList<>());
    }

    private List<Long> children() {
        List<Long> pids = new ArrayList<>(system.children().main().pids());
        pids.addAll(system.children().priority().pids());
        pids.addAll(system.children().database().pids());
        return pids;
    }

    private void sample() {
        for (int i = 0; i < held.size(); i++) {
            try {
                points.get(i).add(new Plot.Point(minute(), held.get(i).reading().now()));
            } catch (IOException away) {
                // one sample less
            } catch (InterruptedException ended) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private double minute() {
        return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begun) / 1e3 / SECONDS_A_MINUTE;
    }

    /** Something happens now. */
    void mark(String what) {
        marks.add(new Plot.Mark(minute(), what.toLowerCase(Locale.ROOT).replace('_', ' ')));
    }

    /** As an image (SVG). */
    String plot() {
        Plot plot = new Plot(marks);
        for (int i = 0; i < held.size(); i++) {
            plot.add(held.get(i).name(), held.get(i).unit(), points.get(i));
        }
        return plot.svg();
    }

    /** One line each: the medians of the three thirds. */
    String text() {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < held.size(); i++) {
            text.append("%-34s %8.1f %8.1f %8.1f %s%n"
                    .formatted(
                            held.get(i).name(),
                            median(i, 0),
                            median(i, 1),
                            median(i, 2),
                            held.get(i).unit()));
        }
        return text.toString();
    }

    /** In the last third nothing is more than in the one before it, by more than a tenth and some slack. */
    void checkLevel() {
        for (int i = 0; i < held.size(); i++) {
            assertThat(median(i, 2))
                    .as(held.get(i).name() + "\n" + text())
                    .isLessThanOrEqualTo(median(i, 1) * 1.1 + held.get(i).slack());
        }
    }

    private double median(int which, int third) {
        List<Plot.Point> all = points.get(which);
        List<Double> part = all.subList(all.size() * third / 3, all.size() * (third + 1) / 3).stream()
                .map(Plot.Point::value)
                .sorted()
                .toList();
        assertThat(part).as("samples of " + held.get(which).name()).isNotEmpty();
        return part.get(part.size() / 2);
    }

    /** No more samples. */
    void end() {
        clock.shutdownNow();
    }

    @Override
    public void close() {
        end();
    }
}
