package identicom.receiver.publish;

import identicom.receiver.metrics.ReceiverMetrics;
import identicom.runtime.kafka.Clusters;
import identicom.runtime.tracing.Tracing;
import identicom.schema.v1.SessionRecord;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.function.LongSupplier;

/** Publishes to the two clusters: the outlets with a thread and a producer for each, and the watch over both clusters. */
public final class KafkaPublisher extends OutletPublisher implements AutoCloseable {
    private final ClusterWatch watch;

    public KafkaPublisher(
            Clusters clusters,
            PublishSettings settings,
            String station,
            ReceiverMetrics metrics,
            Tracing tracing,
            LongSupplier nowUs) {
        this(
                clusters,
                settings,
                station,
                new ClusterPulse(settings.silence(), System::nanoTime),
                metrics,
                tracing,
                nowUs);
    }

    private KafkaPublisher(
            Clusters clusters,
            PublishSettings settings,
            String station,
            ClusterPulse pulse,
            ReceiverMetrics metrics,
            Tracing tracing,
            LongSupplier nowUs) {
        super(
                settings,
                pulse,
                new Producers(clusters, settings, station)::make,
                metrics,
                tracing,
                nowUs,
                System::nanoTime);
        this.watch = new ClusterWatch(clusters, pulse, settings, station);
    }

    public void start() {
        watch.start();
        outboxes().forEach(Outbox::start);
    }

    /** The last one: waits up to {@code limit} until all session records are through. Whether it could be sent. */
    public boolean lastHeartbeat(SessionRecord record, Duration limit) throws InterruptedException {
        return sessions().last(record, limit);
    }

    /** Sends what is queued, all outlets at once, within the flush time; the rest is lost. */
    @Override
    public void close() {
        try (var stops = Executors.newVirtualThreadPerTaskExecutor()) {
            outboxes().forEach(outbox -> stops.execute(outbox::close));
        }
        watch.close();
    }
}
