package identicom.receiver.publish;

import identicom.schema.v1.Stretch;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * When the station could accept a critical event nowhere. Probes were told so, and units that called then may have found no
 * station at all. Guarded by its owner's lock.
 *
 * <p>Bounded: the two oldest of too many stand as one, from the start of the first to the end of the second. What is less than
 * 10 s apart is one: a load balancer would not have come back in between.
 */
final class Shut {
    static final int MOST = 32;
    private static final long APART_US = TimeUnit.SECONDS.toMicros(10);
    private static final long OPEN = 0;

    private final List<Stretch> over = new ArrayList<>();
    private long sinceUs = OPEN;

    /** @param nowhere whether it cannot accept any now */
    void look(boolean nowhere, long nowUs) {
        if (nowhere && sinceUs == OPEN) {
            sinceUs = nowUs;
        } else if (!nowhere && sinceUs != OPEN) {
            add(stretch(sinceUs, Math.max(sinceUs, nowUs)));
            sinceUs = OPEN;
        }
    }

    private void add(Stretch next) {
        if (!over.isEmpty() && Math.abs(next.getFromUs() - over.getLast().getToUs()) < APART_US) {
            next = stretch(over.removeLast().getFromUs(), next.getToUs());
        }
        over.add(next);
        if (over.size() > MOST) {
            over.addFirst(
                    stretch(over.removeFirst().getFromUs(), over.removeFirst().getToUs()));
        }
    }

    /** As a heartbeat says them that speaks of this moment. */
    List<Stretch> upTo(long atUs) {
        List<Stretch> all = new ArrayList<>(over);
        if (sinceUs != OPEN && sinceUs < atUs) {
            all.add(stretch(sinceUs, atUs));
        }
        return all.subList(Math.max(0, all.size() - MOST), all.size());
    }

    private static Stretch stretch(long fromUs, long toUs) {
        return Stretch.newBuilder().setFromUs(fromUs).setToUs(toUs).build();
    }
}
