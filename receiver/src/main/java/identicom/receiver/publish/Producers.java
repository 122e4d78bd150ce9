package identicom.receiver.publish;

import identicom.receiver.metrics.Outlet;
import identicom.runtime.kafka.Clusters;
import java.util.Map;
import org.apache.kafka.clients.producer.Producer;

/** Makes a producer for each outlet, with the settings that the outlet's promise hangs on. */
final class Producers {
    private final Clusters clusters;
    private final PublishSettings settings;
    private final String station;

    Producers(Clusters clusters, PublishSettings settings, String station) {
        this.clusters = clusters;
        this.settings = settings;
        this.station = station;
    }

    Producer<byte[], byte[]> make(Outlet outlet) {
        return clusters.newProducer(outlet.cluster(), station + "-" + outlet.word(), promised(outlet));
    }

    /** What being durable, and being first, hang on: not configurable by the client's own names. */
    Map<String, Object> promised(Outlet outlet) {
        long timeoutMs = (outlet.urgent() ? settings.criticalTimeout() : settings.bulkTimeout()).toMillis();
        long lingerMs = outlet.urgent() ? 0 : settings.bulkLinger().toMillis();
        return Map.ofEntries(
                Map.entry("acks", "all"),
                Map.entry("enable.idempotence", true),
                Map.entry("linger.ms", lingerMs),
                Map.entry("delivery.timeout.ms", (int) timeoutMs),
                Map.entry("request.timeout.ms", Math.clamp(timeoutMs - lingerMs, 1, 4_000)),
                Map.entry("max.block.ms", outlet.urgent() ? 1_000 : 2_000),
                Map.entry("metadata.max.idle.ms", 7L * 24 * 3_600_000),
                Map.entry("connections.max.idle.ms", 24L * 3_600_000),
                Map.entry("buffer.memory", outlet.urgent() ? settings.criticalMemory() : settings.bulkMemory()),
                Map.entry("compression.type", outlet.compressed() ? "lz4" : "none"));
    }
}
