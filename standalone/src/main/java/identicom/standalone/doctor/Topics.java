package identicom.standalone.doctor;

import identicom.schema.Cluster;
import identicom.schema.Topic;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.DescribeTopicsOptions;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.config.ConfigResource;

/** What a cluster says of the topics that should stand on it, or why it does not. Each topic is in one of the first two maps. */
record Topics(
        Map<Topic, TopicDescription> described,
        Map<Topic, UnansweredException> undescribed,
        Map<Topic, Config> configs,
        Map<Topic, UnansweredException> unread) {

    static Topics ask(Admin admin, Cluster cluster) throws InterruptedException {
        List<Topic> expected = Topic.on(cluster);
        Map<String, KafkaFuture<TopicDescription>> descriptions = admin.describeTopics(
                        expected.stream().map(Topic::topicName).toList(),
                        new DescribeTopicsOptions().includeAuthorizedOperations(true))
                .topicNameValues();
        Topics topics = new Topics(
                new EnumMap<>(Topic.class),
                new EnumMap<>(Topic.class),
                new EnumMap<>(Topic.class),
                new EnumMap<>(Topic.class));
        for (Topic topic : expected) {
            try {
                topics.described.put(topic, Answers.await(descriptions.get(topic.topicName())));
            } catch (UnansweredException e) {
                topics.undescribed.put(topic, e);
            }
        }
        topics.askConfigs(admin);
        return topics;
    }

    private void askConfigs(Admin admin) throws InterruptedException {
        Map<Topic, ConfigResource> resources = described.keySet().stream()
                .collect(Collectors.toMap(
                        Function.identity(),
                        topic -> new ConfigResource(ConfigResource.Type.TOPIC, topic.topicName())));
        Map<ConfigResource, KafkaFuture<Config>> asked =
                admin.describeConfigs(resources.values()).values();
        for (Topic topic : described.keySet()) {
            try {
                configs.put(topic, Answers.await(asked.get(resources.get(topic))));
            } catch (UnansweredException e) {
                unread.put(topic, e);
            }
        }
    }

    List<Finding> findings(TopicRules rules) {
        List<Finding> found = new ArrayList<>();
        for (Topic topic : Topic.values()) {
            if (undescribed.containsKey(topic)) {
                found.add(rules.undescribed(topic, undescribed.get(topic)));
            } else if (configs.containsKey(topic)) {
                found.addAll(rules.described(topic, described.get(topic), configs.get(topic)));
            } else if (unread.containsKey(topic)) {
                found.add(rules.unread(topic, unread.get(topic)));
            }
        }
        return found;
    }
}
