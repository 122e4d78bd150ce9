package identicom.receiver;

import identicom.runtime.kafka.Clusters;
import identicom.schema.Cluster;
import identicom.schema.Topic;
import identicom.schema.v1.UnitRecord;
import identicom.schema.v1.UnitState;
import identicom.testing.TestTopics;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** The topics of both clusters as the other services would read and write them. */
final class Topics implements AutoCloseable {
    private final Map<Cluster, TestTopics> topics;

    Topics(Clusters clusters) {
        topics = Map.of(
                Cluster.MAIN, new TestTopics(address(clusters, Cluster.MAIN)),
                Cluster.PRIORITY, new TestTopics(address(clusters, Cluster.PRIORITY)));
    }

    private static String address(Clusters clusters, Cluster cluster) {
        return String.valueOf(clusters.of(cluster).get("bootstrap.servers"));
    }

    /** Everything that stands in a topic now. */
    List<ConsumerRecord<byte[], byte[]>> all(Cluster cluster, Topic topic) {
        return topics.get(cluster).all(topic.topicName());
    }

    void unit(String serial, long version, UnitState state) {
        byte[] value = UnitRecord.newBuilder()
                .setSerial(serial)
                .setVersion(version)
                .setState(state)
                .build()
                .toByteArray();
        topics.get(Cluster.MAIN).publish(Topic.UNITS.topicName(), serial, value);
    }

    @Override
    public void close() {
        topics.values().forEach(TestTopics::close);
    }
}
