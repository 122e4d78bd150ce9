package identicom.simulator.fleet;

import identicom.simulator.line.SessionEnd;
import identicom.simulator.line.SessionReport;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;

/** Counts a fleet's sessions by their ends and keeps their latencies. Thread safe. */
final class Tally {
    private static final int DIGITS = 3;
    private static final long NANOS_PER_MICRO = 1_000;

    private final Map<SessionEnd, LongAdder> ends = new EnumMap<>(SessionEnd.class);
    private final Histogram connect = new ConcurrentHistogram(DIGITS);
    private final Histogram firstRequest = new ConcurrentHistogram(DIGITS);
    private final Histogram emptied = new ConcurrentHistogram(DIGITS);

    Tally() {
        for (SessionEnd end : SessionEnd.values()) {
            ends.put(end, new LongAdder());
        }
    }

    void add(SessionReport report) {
        count(report.end()).increment();
        report.connectNanos().ifPresent(nanos -> connect.recordValue(nanos / NANOS_PER_MICRO));
        report.firstRequestNanos().ifPresent(nanos -> firstRequest.recordValue(nanos / NANOS_PER_MICRO));
        if (report.end() == SessionEnd.EMPTIED) {
            emptied.recordValue(report.sessionNanos() / NANOS_PER_MICRO);
        }
    }

    Map<SessionEnd, Long> ends() {
        Map<SessionEnd, Long> counts = new EnumMap<>(SessionEnd.class);
        ends.forEach((end, adder) -> {
            if (adder.sum() > 0) {
                counts.put(end, adder.sum());
            }
        });
        return counts;
    }

    Latency connect() {
        return Latency.of(connect);
    }

    Latency firstRequest() {
        return Latency.of(firstRequest);
    }

    Latency emptied() {
        return Latency.of(emptied);
    }

    private LongAdder count(SessionEnd end) {
        return ends.computeIfAbsent(end, e -> new LongAdder());
    }
}
