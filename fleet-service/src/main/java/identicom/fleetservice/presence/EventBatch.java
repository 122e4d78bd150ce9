package identicom.fleetservice.presence;

import identicom.schema.v1.Event;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A batch of events, folded to what is newest. Nearly always one round: each unit once. A unit that speaks of several logs in
 * one batch has a row in as many rounds, in the order in which the logs first appear.
 */
final class EventBatch {
    private final Map<String, Map<Integer, Newest>> units = new LinkedHashMap<>();

    void add(Event event) {
        Map<Integer, Newest> logs = units.computeIfAbsent(event.getSerial(), serial -> new LinkedHashMap<>());
        Newest known = logs.get(event.getLogId());
        logs.put(event.getLogId(), known == null ? Newest.of(event) : known.with(event));
    }

    List<List<Newest>> rounds() {
        List<List<Newest>> rounds = new ArrayList<>();
        for (Map<Integer, Newest> logs : units.values()) {
            int round = 0;
            for (Newest newest : logs.values()) {
                if (rounds.size() == round) {
                    rounds.add(new ArrayList<>());
                }
                rounds.get(round++).add(newest);
            }
        }
        return rounds;
    }
}
