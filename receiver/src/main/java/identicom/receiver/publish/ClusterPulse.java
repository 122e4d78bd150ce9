package identicom.receiver.publish;

import identicom.schema.Cluster;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * When each cluster was last heard, and whether it counts as silent. A station that just started takes both clusters as heard
 * then. Any thread, but for {@link #look}: one at a time.
 */
final class ClusterPulse {
    private static final Logger LOG = LoggerFactory.getLogger(ClusterPulse.class);

    private static final class Beat {
        private volatile long heardNanos;
        private volatile boolean silent;
    }

    private final Map<Cluster, Beat> beats = new EnumMap<>(Cluster.class);
    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
    private final long silenceNanos;
    private final LongSupplier nanoTime;

    /** @param silence without any answer after which a cluster counts as silent */
    ClusterPulse(Duration silence, LongSupplier nanoTime) {
        this.silenceNanos = silence.toNanos();
        this.nanoTime = nanoTime;
        for (Cluster cluster : Cluster.values()) {
            beats.put(cluster, new Beat());
            heard(cluster);
        }
    }

    /** The cluster answered or acknowledged something. */
    void heard(Cluster cluster) {
        of(cluster).heardNanos = nanoTime.getAsLong();
    }

    boolean silent(Cluster cluster) {
        return of(cluster).silent;
    }

    /** {@code listener} is called after each change. */
    void onChange(Runnable listener) {
        listeners.add(listener);
    }

    /** Finds out whether a cluster has fallen silent, or answers again. */
    void look() {
        boolean changed = false;
        for (Cluster cluster : Cluster.values()) {
            changed |= look(cluster);
        }
        if (changed) {
            listeners.forEach(Runnable::run);
        }
    }

    private boolean look(Cluster cluster) {
        Beat beat = of(cluster);
        boolean now = nanoTime.getAsLong() - beat.heardNanos > silenceNanos;
        boolean changed = now != beat.silent;
        beat.silent = now;
        if (changed) {
            LOG.warn("Cluster {} {}", cluster, now ? "is silent" : "answers again");
        }
        return changed;
    }

    private Beat of(Cluster cluster) {
        Beat beat = beats.get(cluster);
        if (beat == null) {
            throw new IllegalStateException("no cluster " + cluster);
        }
        return beat;
    }
}
