package identicom.alertservice.supervision.rule;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One process of a station: when it took calls, and whether its clock is steady.
 *
 * @param atUs what its clock said at the highest uptime known
 * @param fromUs it covers the time from here: its start, or where its clock was put back to if that is earlier
 * @param coveredUs to here: the latest time that it said, since its clock was last put back
 */
public record Process(String station, long startedUs, long atUs, long uptimeUs, long fromUs, long coveredUs) {

    static final long STEADY_US = 5_000_000;

    /**
     * Its wall clock moved against its monotonic one.
     *
     * @param fromUs what it would have said
     * @param toUs what it said
     */
    public record Jump(String station, long startedUs, long uptimeUs, long fromUs, long toUs) {
        public boolean forward() {
            return toUs > fromUs;
        }
    }

    /** The process after these heartbeats of it, and where its clock jumped. */
    public record Followed(Process process, List<Jump> jumps) {}

    static Process of(Beat first) {
        return new Process(
                first.station(), first.startedUs(), first.atUs(), first.uptimeUs(), first.startedUs(), first.atUs());
    }

    /** Follows heartbeats of one process in the order of its monotonic clock; copies in other partitions add nothing. */
    public static Followed follow(@Nullable Process known, Collection<Beat> beats) {
        List<Beat> order = new ArrayList<>(beats);
        order.sort(Comparator.comparingLong(Beat::uptimeUs).thenComparingLong(Beat::atUs));
        Process process = known == null ? of(order.getFirst()) : known;
        List<Jump> jumps = new ArrayList<>();
        for (Beat beat : order) {
            long expected = process.atUs + (beat.uptimeUs() - process.uptimeUs);
            boolean newer = beat.uptimeUs() > process.uptimeUs;
            if (newer && process.uptimeUs > 0 && Math.abs(beat.atUs() - expected) > STEADY_US) {
                jumps.add(new Jump(beat.station(), beat.startedUs(), beat.uptimeUs(), expected, beat.atUs()));
            }
            process = process.with(beat, newer);
        }
        return new Followed(process, List.copyOf(jumps));
    }

    private Process with(Beat beat, boolean newer) {
        return new Process(
                station,
                startedUs,
                newer || uptimeUs == 0 ? beat.atUs() : atUs,
                Math.max(uptimeUs, beat.uptimeUs()),
                fromUs,
                Math.max(coveredUs, beat.atUs()));
    }
}
