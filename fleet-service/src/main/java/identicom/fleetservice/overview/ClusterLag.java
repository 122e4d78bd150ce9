package identicom.fleetservice.overview;

import identicom.fleetservice.overview.SystemView.ClusterView;
import identicom.fleetservice.overview.SystemView.ConsumerView;
import identicom.runtime.kafka.Clusters;
import identicom.runtime.process.Metrics;
import identicom.schema.Cluster;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.GroupListing;
import org.apache.kafka.clients.admin.ListConsumerGroupOffsetsSpec;
import org.apache.kafka.clients.admin.ListGroupsOptions;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks one cluster every 3 s how far its consumer groups are. At most {@value #MOST_GROUPS} groups; one thread. Whoever reads gets the
 * last answer and never waits.
 */
final class ClusterLag implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ClusterLag.class);
    private static final Duration PERIOD = Duration.ofSeconds(3);
    private static final Duration SILENT = Duration.ofSeconds(10);
    private static final int LIMIT_MS = 3_000;
    private static final int MOST_GROUPS = 200;

    private final String name;
    private final Admin admin;
    private final Backlog backlog;
    private final BacklogMeters meters;
    private final ScheduledExecutorService thread;
    private volatile List<ConsumerView> consumers = List.of();
    private volatile long answeredAt = System.nanoTime() - SILENT.toNanos();

    ClusterLag(Cluster cluster, Clusters clusters, BacklogLimits limits, Metrics metrics) {
        this.name = cluster.word();
        this.admin = Admin.create(clusters.admin(
                cluster,
                Map.of(
                        "client.id", "fleet-lag-" + name,
                        "request.timeout.ms", LIMIT_MS,
                        "default.api.timeout.ms", LIMIT_MS)));
        this.backlog = new Backlog(limits);
        this.meters = new BacklogMeters(this, metrics);
        this.thread = Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().name("fleet-lag-" + name).daemon(true).factory());
    }

    void start() {
        thread.scheduleWithFixedDelay(this::ask, 0, PERIOD.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** {@code main} or {@code priority}. */
    String name() {
        return name;
    }

    ClusterView view() {
        boolean silent = System.nanoTime() - answeredAt >= SILENT.toNanos();
        return new ClusterView(name, silent ? "down" : "up", consumers);
    }

    private void ask() {
        try {
            consumers = lags();
            answeredAt = System.nanoTime();
            meters.show(consumers);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException | RuntimeException e) {
            LOG.debug("Kafka {} did not say how far its consumers are: {}", name, e.toString());
        }
    }

    private List<ConsumerView> lags() throws ExecutionException, TimeoutException, InterruptedException {
        List<String> groups = await(
                        admin.listGroups(ListGroupsOptions.forConsumerGroups()).all())
                .stream()
                .map(GroupListing::groupId)
                .sorted()
                .limit(MOST_GROUPS)
                .toList();
        Map<String, Map<TopicPartition, OffsetAndMetadata>> committed = committed(groups);
        Set<TopicPartition> partitions = new HashSet<>();
        committed.values().forEach(offsets -> partitions.addAll(offsets.keySet()));
        return backlog.of(committed, ends(partitions), System.nanoTime());
    }

    private Map<String, Map<TopicPartition, OffsetAndMetadata>> committed(List<String> groups)
            throws ExecutionException, TimeoutException, InterruptedException {
        Map<String, Map<TopicPartition, OffsetAndMetadata>> committed = new HashMap<>();
        if (!groups.isEmpty()) {
            Map<String, ListConsumerGroupOffsetsSpec> asked = groups.stream()
                    .collect(Collectors.toMap(group -> group, group -> new ListConsumerGroupOffsetsSpec()));
            committed.putAll(await(admin.listConsumerGroupOffsets(asked).all()));
        }
        return committed;
    }

    private Map<TopicPartition, Long> ends(Set<TopicPartition> partitions)
            throws ExecutionException, TimeoutException, InterruptedException {
        Map<TopicPartition, OffsetSpec> asked =
                partitions.stream().collect(Collectors.toMap(partition -> partition, partition -> OffsetSpec.latest()));
        Map<TopicPartition, Long> ends = new HashMap<>();
        await(admin.listOffsets(asked).all()).forEach((partition, end) -> ends.put(partition, end.offset()));
        return ends;
    }

    private static <T> T await(KafkaFuture<T> answer)
            throws ExecutionException, TimeoutException, InterruptedException {
        return answer.get(LIMIT_MS, TimeUnit.MILLISECONDS);
    }

    @Override
    public void close() {
        thread.shutdownNow();
        admin.close(Duration.ofSeconds(1));
    }
}
