package identicom.receiver.publish;

import identicom.receiver.metrics.Outlet;
import identicom.receiver.metrics.ReceiverMetrics;
import identicom.runtime.tracing.Tracing;
import identicom.schema.Cluster;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.apache.kafka.clients.producer.Producer;

/** A station's publisher whose outboxes and pulse are run by hand instead of by threads. One thread. */
public final class HandRunPublisher {
    private final ClusterPulse pulse;
    private final OutletPublisher publisher;

    public HandRunPublisher(
            PublishSettings settings,
            Function<Outlet, Producer<byte[], byte[]>> producers,
            ReceiverMetrics metrics,
            LongSupplier nowUs,
            LongSupplier nanoTime) {
        this.pulse = new ClusterPulse(settings.silence(), nanoTime);
        this.publisher = new OutletPublisher(settings, pulse, producers, metrics, Tracing.OFF, nowUs, nanoTime);
    }

    public Publisher publisher() {
        return publisher;
    }

    public StationState state() {
        return publisher;
    }

    /** Records that wait for the outlet's next turn. */
    public int waiting(Outlet outlet) {
        return publisher.outbox(outlet).waiting();
    }

    /** As the outlet's thread does: one record, and a look after its producer. */
    public void turn(Outlet outlet) {
        try {
            publisher.outbox(outlet).turn(0);
        } catch (InterruptedException e) {
            throw new IllegalStateException("nobody interrupts the simulation", e);
        }
    }

    /** The cluster answered when it was asked. */
    public void heard(Cluster cluster) {
        pulse.heard(cluster);
    }

    public void look() {
        pulse.look();
    }

    /** Serials of which main does not know when they were last heard. */
    public int untold() {
        return publisher.sessions().untold();
    }
}
