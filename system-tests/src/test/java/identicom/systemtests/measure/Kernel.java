package identicom.systemtests.measure;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/** What the kernel says of processes. One that has ended counts nothing: its time stands at its parent then. */
final class Kernel {
    private static final long MICROS_A_TICK = 10_000;
    private static final long KIB = 1024;
    /** Behind the name: user and system time of its own, then of its children that have ended. */
    private static final int FIRST_TIME = 11;

    private static final int TIMES = 4;

    private Kernel() {}

    static long processorMicros(List<Long> pids) {
        long ticks = 0;
        for (long pid : pids) {
            String line = read(pid, "stat");
            String[] fields = line.substring(line.lastIndexOf(')') + 1).strip().split(" ");
            if (fields.length > FIRST_TIME + TIMES) {
                ticks += Arrays.stream(fields, FIRST_TIME, FIRST_TIME + TIMES)
                        .mapToLong(Long::parseLong)
                        .sum();
            }
        }
        return ticks * MICROS_A_TICK;
    }

    /** Memory that is not on disk only; what several processes share is divided among them. */
    static long residentBytes(List<Long> pids) {
        return pids.stream()
                .flatMap(pid -> read(pid, "smaps_rollup").lines())
                .filter(line -> line.startsWith("Pss:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) * KIB)
                .sum();
    }

    static long openFiles(long pid) {
        String[] found = Path.of("/proc", Long.toString(pid), "fd").toFile().list();
        return found == null ? 0 : found.length;
    }

    private static String read(long pid, String file) {
        try {
            return Files.readString(Path.of("/proc", Long.toString(pid), file), StandardCharsets.UTF_8);
        } catch (IOException gone) {
            return "";
        }
    }
}
