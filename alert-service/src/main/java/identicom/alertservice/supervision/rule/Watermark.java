package identicom.alertservice.supervision.rule;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Up to when everything has been heard that stations were told: the oldest of their newest heartbeats, over all
 * partitions.
 *
 * <ul>
 *   <li>A station that went in an orderly way, draining and without sessions, is left out when silent for 10 s.
 *   <li>One that is silent for 60 s, in any partition, is blind: people are told.
 *   <li>One that is silent for 3 minutes is left out in a partition in which others are heard. If none is, it stands.
 *   <li>A partition in which a new station was not heard yet counts from the start of its process.
 * </ul>
 *
 * Silence is measured by the database's clock, between the arrival of heartbeats.
 *
 * @param us null: no station is heard
 * @param blind stations that have been silent for a minute
 */
public record Watermark(@Nullable Long us, List<String> blind) {

    static final long DRAINED_US = 10_000_000;
    static final long BLIND_US = 60_000_000;
    static final long LEFT_OUT_US = 180_000_000;
    private static final long HEARD_US = 10_000_000;

    /** @param nowUs the database's clock */
    public static Watermark of(Collection<Heard> all, int partitions, long nowUs) {
        Map<String, Map<Integer, Heard>> stations = all.stream()
                .collect(Collectors.groupingBy(
                        heard -> heard.beat().station(),
                        TreeMap::new,
                        Collectors.toMap(Heard::partition, heard -> heard)));
        stations.values().removeIf(one -> drained(one.values(), nowUs));
        List<String> blind = new ArrayList<>();
        Long lowest = null;
        for (Map.Entry<String, Map<Integer, Heard>> station : stations.entrySet()) {
            boolean silent = false;
            for (int partition = 0; partition < partitions; partition++) {
                Heard heard = at(station.getValue(), partition);
                silent |= nowUs - heard.seenUs() > BLIND_US;
                if (nowUs - heard.seenUs() > LEFT_OUT_US && othersHeard(stations, partition, nowUs)) {
                    continue;
                }
                long at = heard.beat().atUs();
                lowest = lowest == null ? at : Math.min(lowest, at);
            }
            if (silent) {
                blind.add(station.getKey());
            }
        }
        return new Watermark(lowest, List.copyOf(blind));
    }

    private static boolean drained(Collection<Heard> station, long nowUs) {
        return station.stream()
                .allMatch(heard -> heard.beat().draining()
                        && heard.beat().openSessions() == 0
                        && nowUs - heard.seenUs() > DRAINED_US);
    }

    private static boolean othersHeard(Map<String, Map<Integer, Heard>> stations, int partition, long nowUs) {
        return stations.values().stream().anyMatch(other -> {
            Heard heard = other.get(partition);
            return heard != null && nowUs - heard.seenUs() <= HEARD_US;
        });
    }

    /** Of a partition in which it was not heard yet: all is known up to when its process started. */
    private static Heard at(Map<Integer, Heard> station, int partition) {
        Heard there = station.get(partition);
        if (there != null) {
            return there;
        }
        Heard newest = station.values().stream()
                .max((one, other) ->
                        Long.compare(one.beat().startedUs(), other.beat().startedUs()))
                .orElseThrow();
        Beat beat = newest.beat();
        Beat none = new Beat(beat.station(), beat.startedUs(), beat.startedUs(), 0, beat.draining(), 1);
        long since = station.values().stream().mapToLong(Heard::sinceUs).min().orElseThrow();
        return new Heard(none, partition, since, since);
    }
}
