package identicom.receiver.simulation;

import java.util.ArrayDeque;
import java.util.Deque;

/** What happened, as a hash, and its last steps in words where these are wanted. */
final class Trace {
    private static final int LAST = 120;

    private final Scheduler time;
    private final boolean inWords;
    private final Deque<String> lines = new ArrayDeque<>();
    private long hash = 17;

    Trace(Scheduler time, boolean inWords) {
        this.time = time;
        this.inWords = inWords;
    }

    void note(String who, String what, long number) {
        hash = 31 * (31 * (31 * (31 * hash + time.nanos()) + who.hashCode()) + what.hashCode()) + number;
        if (inWords) {
            lines.add("%12.6f s  %-6s %s %d".formatted(time.elapsed() / 1e9, who, what, number));
            if (lines.size() > LAST) {
                lines.removeFirst();
            }
        }
    }

    long hash() {
        return hash;
    }

    String lastSteps() {
        return String.join("\n", lines);
    }
}
