package identicom.alertservice.alert;

import identicom.alertservice.event.CriticalEvent;
import identicom.alertservice.event.Trust;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * The serials that the whitelist does not vouch for and that had a critical event of late: more than
 * {@value #A_MINUTE} in a minute, by the stations' clocks, are a flood. Bounded: of each kind of doubt the last
 * {@value #REMEMBERED} are remembered, which is far more than it takes to call it a flood. One thread only.
 */
public final class DoubtfulSerials {

    public static final int A_MINUTE = 5;
    public static final int REMEMBERED = 1000;
    public static final Duration WINDOW = Duration.ofMinutes(1);

    /** One serial with a critical event of its own, and when a station took that. */
    public record Sighting(Trust trust, String serial, Instant at) {}

    private final Map<Trust, Deque<Sighting>> seen = new EnumMap<>(Trust.class);

    public void add(Sighting sighting) {
        Deque<Sighting> ofThisDoubt = seen.computeIfAbsent(sighting.trust(), t -> new ArrayDeque<>());
        ofThisDoubt.addLast(sighting);
        if (ofThisDoubt.size() > REMEMBERED) {
            ofThisDoubt.removeFirst();
        }
    }

    /** Whether this event's serial, which is not among them yet, is one too many. */
    boolean flood(CriticalEvent event) {
        Set<String> others = new HashSet<>();
        for (Sighting sighting : seen.getOrDefault(event.trust(), new ArrayDeque<>())) {
            boolean near =
                    Duration.between(sighting.at(), event.acceptedAt()).abs().compareTo(WINDOW) < 0;
            if (near && !sighting.serial().equals(event.serial())) {
                others.add(sighting.serial());
            }
            if (others.size() >= A_MINUTE) {
                return true;
            }
        }
        return false;
    }
}
