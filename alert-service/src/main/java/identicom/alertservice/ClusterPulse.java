package identicom.alertservice;

import identicom.alertservice.timer.Repeating;
import identicom.runtime.kafka.Clusters;
import identicom.schema.Cluster;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.DescribeClusterOptions;

/** Knows whether a cluster answers: it is asked every second, and silent after 5 s without an answer. */
final class ClusterPulse implements AutoCloseable {

    private static final Duration BEAT = Duration.ofSeconds(1);
    private static final Duration SILENT_AFTER = Duration.ofSeconds(5);
    private static final int ANSWER_WITHIN_MS = 2_000;

    private final Admin admin;
    private final Repeating beating;
    private volatile boolean answered;
    private volatile long answeredAt;

    ClusterPulse(Cluster cluster, Clusters clusters) {
        String name = "alerts-pulse-" + cluster.word();
        this.admin = Admin.create(clusters.admin(
                cluster,
                Map.of(
                        "client.id", name,
                        "request.timeout.ms", ANSWER_WITHIN_MS,
                        "default.api.timeout.ms", ANSWER_WITHIN_MS,
                        "reconnect.backoff.max.ms", 1_000)));
        this.beating = new Repeating(name, BEAT, this::beat);
    }

    void start() {
        beating.start();
    }

    boolean up() {
        return answered && System.nanoTime() - answeredAt < SILENT_AFTER.toNanos();
    }

    private void beat() throws Exception {
        admin.describeCluster(new DescribeClusterOptions().timeoutMs(ANSWER_WITHIN_MS))
                .nodes()
                .get(2L * ANSWER_WITHIN_MS, TimeUnit.MILLISECONDS);
        answeredAt = System.nanoTime();
        answered = true;
    }

    @Override
    public void close() {
        beating.close();
        admin.close(Duration.ofSeconds(1));
    }
}
