package identicom.simulator.fleet;

import identicom.simulator.line.SessionEnd;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What a fleet did, up to a moment or in all.
 *
 * @param units in the fleet
 * @param emptyUnits of these, hold no entry and no picture now
 * @param elapsed since the fleet's start
 * @param ends sessions by how they ended; kinds that did not occur are not there
 * @param logged entries that units have logged
 * @param deleted entries that stations told units to delete
 * @param pictures that units have taken
 * @param deletedPictures pictures that stations told units to delete
 * @param connect from dialling to the connection
 * @param firstRequest from the connection to the station's first request
 * @param emptied whole sessions that ended well, from dialling to the end
 */
public record FleetSummary(
        int units,
        int emptyUnits,
        Duration elapsed,
        Map<SessionEnd, Long> ends,
        long logged,
        long deleted,
        long pictures,
        long deletedPictures,
        Latency connect,
        Latency firstRequest,
        Latency emptied) {
    public FleetSummary {
        ends = Map.copyOf(ends);
    }

    public long sessions() {
        return ends.values().stream().mapToLong(Long::longValue).sum();
    }

    public long failures() {
        return ends.entrySet().stream()
                .filter(e -> e.getKey().failure())
                .mapToLong(Map.Entry::getValue)
                .sum();
    }

    public long count(SessionEnd end) {
        return ends.getOrDefault(end, 0L);
    }

    /** One line for a person who waits. */
    public String progressLine() {
        return "%4d s  %d/%d units empty  sessions %d  events %d  deleted %d  failed %d%s"
                .formatted(
                        elapsed.toSeconds(), emptyUnits, units, sessions(), logged, deleted, failures(), kinds(true));
    }

    /** Several lines for a person who wants to know how it went. */
    public String text() {
        double seconds = Math.max(0.001, elapsed.toNanos() / 1e9);
        return """
                units          %d, %d of them empty
                time           %.1f s
                sessions       %d (%.1f a second)%s
                failures       %d%s
                events         %d logged, %d deleted (%.1f a second), %d still on units or overwritten
                pictures       %d taken, %d deleted
                connect        %s
                first request  %s
                whole session  %s
                """.formatted(
                        units,
                        emptyUnits,
                        seconds,
                        sessions(),
                        sessions() / seconds,
                        kinds(false),
                        failures(),
                        kinds(true),
                        logged,
                        deleted,
                        deleted / seconds,
                        logged - deleted,
                        pictures,
                        deletedPictures,
                        connect,
                        firstRequest,
                        emptied);
    }

    private String kinds(boolean failures) {
        String list = ends.entrySet().stream()
                .filter(e -> e.getKey().failure() == failures)
                .sorted(Map.Entry.comparingByKey())
                .map(e -> e.getKey().title() + " " + e.getValue())
                .collect(Collectors.joining(", "));
        return list.isEmpty() ? "" : ": " + list;
    }
}
