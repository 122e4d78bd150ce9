package identicom.alertservice.agreement;

import identicom.schema.Cluster;
import identicom.schema.EventIdentity;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Which critical events were read from one cluster and, some time later, not from the other. An event is told of once, and
 * so is one that comes again. Bounded: of more than {@value #MOST} that wait for the other cluster the newest are not watched, and
 * only as many that have settled are remembered. Not safe for threads.
 */
final class Agreement {
    static final int MOST = 10_000;

    /** A critical event that only one cluster carries. */
    record Missing(String serial, Cluster on) {}

    private record Waiting(String serial, Cluster on, long sinceNanos) {}

    private final long withinNanos;
    private final Map<EventIdentity, Waiting> waiting = new LinkedHashMap<>();
    private final Set<EventIdentity> settled = new LinkedHashSet<>();

    /** @param within how long the other cluster is waited for */
    Agreement(Duration within) {
        this.withinNanos = within.toNanos();
    }

    /** @param nanos of a monotonic clock, never less than before */
    void read(EventIdentity event, String serial, Cluster from, long nanos) {
        if (settled.contains(event)) {
            return;
        }
        Waiting before = waiting.get(event);
        if (before == null && waiting.size() < MOST) {
            waiting.put(event, new Waiting(serial, from, nanos));
        } else if (before != null && before.on != from) {
            waiting.remove(event);
            settle(event);
        }
    }

    /** Those whose time is over, oldest first; each once. */
    List<Missing> missing(long nanos) {
        List<Missing> missing = new ArrayList<>();
        Iterator<Map.Entry<EventIdentity, Waiting>> oldest = waiting.entrySet().iterator();
        while (oldest.hasNext()) {
            Map.Entry<EventIdentity, Waiting> next = oldest.next();
            Waiting one = next.getValue();
            if (nanos - one.sinceNanos < withinNanos) {
                break;
            }
            oldest.remove();
            settle(next.getKey());
            missing.add(new Missing(one.serial, one.on));
        }
        return missing;
    }

    private void settle(EventIdentity event) {
        settled.add(event);
        if (settled.size() > MOST) {
            Iterator<EventIdentity> first = settled.iterator();
            first.next();
            first.remove();
        }
    }
}
