package identicom.alertservice.supervision;

import identicom.runtime.kafka.Clusters;
import identicom.schema.Cluster;
import identicom.schema.Topic;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListConsumerGroupOffsetsSpec;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/** Asks main. Every question takes 10 s at most. */
final class KafkaPositions implements Positions, AutoCloseable {

    private static final Map<String, Object> LIMITS =
            Map.of("client.id", "supervision-positions", "request.timeout.ms", 5_000, "default.api.timeout.ms", 10_000);

    private final Clusters clusters;
    private final Map<String, List<TopicPartition>> groups;
    private @Nullable Admin admin;

    /** @param groups each group and the topics that it reads */
    KafkaPositions(Clusters clusters, Map<String, List<Topic>> groups) {
        this.clusters = clusters;
        this.groups = groups.entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey,
                        group -> group.getValue().stream()
                                .flatMap(topic -> IntStream.range(0, topic.partitions())
                                        .mapToObj(number -> new TopicPartition(topic.topicName(), number)))
                                .toList()));
    }

    @Override
    public Map<TopicPartition, Long> ends() throws ExecutionException, InterruptedException {
        Map<TopicPartition, Long> starts = offsets(OffsetSpec.earliest());
        Map<TopicPartition, Long> ends = new HashMap<>(offsets(OffsetSpec.latest()));
        ends.entrySet().removeIf(end -> end.getValue() <= starts.getOrDefault(end.getKey(), 0L));
        return ends;
    }

    private Map<TopicPartition, Long> offsets(OffsetSpec which) throws ExecutionException, InterruptedException {
        Map<TopicPartition, OffsetSpec> asked = groups.values().stream()
                .flatMap(List::stream)
                .collect(Collectors.toMap(partition -> partition, partition -> which));
        Map<TopicPartition, ListOffsetsResultInfo> answer =
                admin().listOffsets(asked).all().get();
        return answer.entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey, entry -> entry.getValue().offset()));
    }

    @Override
    public Map<TopicPartition, Long> read() throws ExecutionException, InterruptedException {
        Map<String, ListConsumerGroupOffsetsSpec> asked = groups.entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey,
                        group -> new ListConsumerGroupOffsetsSpec().topicPartitions(group.getValue())));
        Map<TopicPartition, Long> read = new HashMap<>();
        for (Map<TopicPartition, @Nullable OffsetAndMetadata> group :
                admin().listConsumerGroupOffsets(asked).all().get().values()) {
            group.forEach((partition, stored) -> {
                if (stored != null) {
                    read.put(partition, stored.offset());
                }
            });
        }
        return read;
    }

    private synchronized Admin admin() {
        Admin present = admin;
        if (present == null) {
            present = Admin.create(clusters.admin(Cluster.MAIN, LIMITS));
            admin = present;
        }
        return present;
    }

    @Override
    public synchronized void close() {
        if (admin != null) {
            admin.close(Duration.ofSeconds(1));
        }
    }
}
