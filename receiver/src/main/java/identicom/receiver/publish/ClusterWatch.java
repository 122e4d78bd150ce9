package identicom.receiver.publish;

import identicom.runtime.kafka.Clusters;
import identicom.schema.Cluster;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.DescribeClusterOptions;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks each cluster for its metadata every 2 s, tells the {@link ClusterPulse} of answers, and has it look every 200 ms. */
final class ClusterWatch implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ClusterWatch.class);
    private static final long LOOK_MS = 200;

    private final Map<Cluster, Watched> watched = new EnumMap<>(Cluster.class);
    private final ClusterPulse pulse;
    private final PublishSettings settings;
    private final ScheduledExecutorService executor = Executors.newScheduledThreadPool(
            1 + Cluster.values().length,
            Thread.ofPlatform().name("cluster-watch-", 0).daemon(true).factory());

    ClusterWatch(Clusters clusters, ClusterPulse pulse, PublishSettings settings, String station) {
        this.pulse = pulse;
        this.settings = settings;
        for (Cluster cluster : Cluster.values()) {
            watched.put(cluster, new Watched(cluster, clusters, station));
        }
    }

    void start() {
        long every = settings.askInterval().toMillis();
        for (Watched one : watched.values()) {
            executor.scheduleWithFixedDelay(one::ask, 0, every, TimeUnit.MILLISECONDS);
        }
        executor.scheduleWithFixedDelay(pulse::look, LOOK_MS, LOOK_MS, TimeUnit.MILLISECONDS);
    }

    @Override
    public void close() {
        executor.shutdownNow();
        watched.values().forEach(Watched::close);
    }

    private final class Watched {
        private final Cluster cluster;
        private final Map<String, Object> properties;
        private @Nullable Admin admin;
        private boolean closed;

        Watched(Cluster cluster, Clusters clusters, String station) {
            this.cluster = cluster;
            this.properties = clusters.admin(
                    cluster,
                    Map.of(
                            "request.timeout.ms",
                            2_000,
                            "default.api.timeout.ms",
                            4_000,
                            "socket.connection.setup.timeout.ms",
                            2_000,
                            "socket.connection.setup.timeout.max.ms",
                            2_000,
                            "reconnect.backoff.max.ms",
                            500,
                            "client.id",
                            station + "-watch-" + cluster.word()));
        }

        synchronized void ask() {
            if (closed) {
                return;
            }
            try {
                if (admin == null) {
                    admin = Admin.create(properties);
                }
                int timeoutMs = (int) Math.max(1000, settings.askInterval().toMillis() * 2);
                admin.describeCluster(new DescribeClusterOptions().timeoutMs(timeoutMs))
                        .nodes()
                        .whenComplete((nodes, failure) -> {
                            if (failure == null) {
                                pulse.heard(cluster);
                            }
                        });
            } catch (KafkaException e) {
                LOG.debug("Cluster {} cannot be asked: {}", cluster, e.toString());
            }
        }

        synchronized void close() {
            closed = true;
            if (admin != null) {
                admin.close(Duration.ofSeconds(1));
            }
        }
    }
}
