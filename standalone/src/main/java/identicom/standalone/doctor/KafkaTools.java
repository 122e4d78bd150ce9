package identicom.standalone.doctor;

import identicom.runtime.kafka.Clusters;
import identicom.schema.Cluster;
import identicom.schema.Topic;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Command lines for Kafka's own tools, as advice.
 *
 * @param bootstrap servers of the cluster
 * @param secured the tools need a file with the properties of a client that may do it
 */
record KafkaTools(String bootstrap, boolean secured) {
    static KafkaTools of(Clusters clusters, Cluster cluster) {
        Map<String, Object> given = clusters.of(cluster);
        return new KafkaTools(String.valueOf(given.get("bootstrap.servers")), given.containsKey("security.protocol"));
    }

    /** Changes settings of a topic. */
    String settings(Topic topic, Map<String, String> settings) {
        String list = new TreeMap<>(settings)
                .entrySet().stream()
                        .map(setting -> setting.getKey() + "=" + setting.getValue())
                        .collect(Collectors.joining(","));
        return tool("kafka-configs.sh") + " --alter --entity-type topics --entity-name " + topic.topicName()
                + " --add-config '" + list + "'";
    }

    /** Deletes a topic. */
    String delete(Topic topic) {
        return tool("kafka-topics.sh") + " --delete --topic " + topic.topicName();
    }

    /** Moves partitions, by a file that says where to. */
    String reassign() {
        return tool("kafka-reassign-partitions.sh") + " --reassignment-json-file FILE --execute";
    }

    /** Allows operations, given as options of {@code kafka-acls.sh}. */
    String allow(String options) {
        return tool("kafka-acls.sh") + " --add --allow-principal User:NAME " + options;
    }

    private String tool(String name) {
        return name + " --bootstrap-server " + bootstrap + (secured ? " --command-config FILE" : "");
    }
}
