package identicom.systemtests.measure;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.GroupListing;
import org.apache.kafka.clients.admin.ListGroupsOptions;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/** The consumer groups of the clusters. */
final class Readers implements AutoCloseable {
    /** Heartbeats of a station come all the time, one in each partition of the sessions. */
    private static final long UNDER_WAY = 12;

    private final List<Admin> clusters;

    Readers(List<String> bootstrapServers) {
        clusters = bootstrapServers.stream()
                .map(servers -> Admin.create(Map.of("bootstrap.servers", servers)))
                .toList();
    }

    /** Whether every group with this word in its name has read and stored what was written. */
    boolean through(String word) throws ExecutionException, InterruptedException {
        for (Admin cluster : clusters) {
            for (GroupListing group : cluster.listGroups(ListGroupsOptions.forConsumerGroups())
                    .all()
                    .get()) {
                if (group.groupId().contains(word) && behind(cluster, group.groupId()) > UNDER_WAY) {
                    return false;
                }
            }
        }
        return true;
    }

    private static long behind(Admin cluster, String group) throws ExecutionException, InterruptedException {
        Map<TopicPartition, OffsetAndMetadata> stored = cluster.listConsumerGroupOffsets(group)
                .partitionsToOffsetAndMetadata()
                .get();
        Map<TopicPartition, OffsetSpec> asked = new HashMap<>();
        stored.keySet().forEach(partition -> asked.put(partition, OffsetSpec.latest()));
        long behind = 0;
        for (var end : cluster.listOffsets(asked).all().get().entrySet()) {
            behind += end.getValue().offset() - stored.get(end.getKey()).offset();
        }
        return behind;
    }

    @Override
    public void close() {
        clusters.forEach(Admin::close);
    }
}
