package identicom.standalone.doctor;

import identicom.schema.Profile;
import identicom.schema.Topic;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.TopicPartitionInfo;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/** How a topic should stand on a cluster, and what to do where it does not. */
record TopicRules(String cluster, Profile profile, KafkaTools tools) {
    private static final String LEAST_IN_SYNC = "min.insync.replicas";

    /** One line for each thing that is not as it should be, or one that says that all is. */
    List<Finding> described(Topic topic, TopicDescription description, Config config) {
        List<Finding> found = new ArrayList<>();
        partitions(topic, description).ifPresent(found::add);
        replicas(topic, description).ifPresent(found::add);
        settings(topic, config).ifPresent(found::add);
        offline(topic, description).ifPresent(found::add);
        behind(topic, description, leastInSync(topic, config)).ifPresent(found::add);
        if (found.isEmpty()) {
            Map<String, String> settings = topic.settings(profile);
            found.add(Finding.ok(
                    subject(topic),
                    count(description.partitions().size()) + ", replication " + leastReplicas(description) + ", "
                            + settings.size() + " settings as expected, all in sync"));
        }
        return found;
    }

    Finding undescribed(Topic topic, UnansweredException why) {
        if (why.isA(UnknownTopicOrPartitionException.class)) {
            return Finding.wrong(
                    subject(topic),
                    "missing, or this program's user may not see it",
                    "a topic of " + count(topic.partitions()),
                    "./identicom migrate; or " + tools.allow("--operation Describe --topic " + topic.topicName()));
        }
        return Finding.wrong(
                subject(topic),
                "cannot be looked at: " + why.getMessage(),
                "a topic that this program's user may see",
                tools.allow("--operation Describe --topic " + topic.topicName()));
    }

    /** Its settings cannot be read; nothing else is said of it. */
    Finding unread(Topic topic, UnansweredException why) {
        return Finding.warn(
                subject(topic),
                "its settings cannot be read: " + why.getMessage(),
                "settings that this program's user may read",
                tools.allow("--operation DescribeConfigs --topic " + topic.topicName()));
    }

    private String subject(Topic topic) {
        return cluster + ", topic " + topic.topicName();
    }

    private Optional<Finding> partitions(Topic topic, TopicDescription description) {
        int found = description.partitions().size();
        if (found == topic.partitions()) {
            return Optional.empty();
        }
        return Optional.of(Finding.wrong(
                subject(topic),
                count(found),
                topic.partitions() + ": a serial's order hangs on them",
                "while nothing stands in it, " + tools.delete(topic)
                        + " and then ./identicom migrate; with records in it, copy them into one that is cut right"));
    }

    private static String count(int partitions) {
        return partitions == 1 ? "1 partition" : partitions + " partitions";
    }

    private Optional<Finding> replicas(Topic topic, TopicDescription description) {
        int found = leastReplicas(description);
        if (found >= profile.replication()) {
            return Optional.empty();
        }
        return Optional.of(Finding.wrong(
                subject(topic),
                found + (found == 1 ? " replica" : " replicas") + " of each partition",
                profile.replication() + " replicas",
                tools.reassign() + " (FILE names " + profile.replication() + " brokers for each partition)"));
    }

    private static int leastReplicas(TopicDescription description) {
        return description.partitions().stream()
                .mapToInt(partition -> partition.replicas().size())
                .min()
                .orElse(0);
    }

    private Optional<Finding> settings(Topic topic, Config config) {
        Map<String, String> found = new TreeMap<>();
        Map<String, String> expected = new TreeMap<>();
        topic.settings(profile).forEach((name, value) -> {
            String there = value(config, name);
            if (!there.equals(value)) {
                found.put(name, there);
                expected.put(name, value);
            }
        });
        return expected.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        Finding.wrong(subject(topic), list(found), list(expected), tools.settings(topic, expected)));
    }

    private static String value(Config config, String name) {
        ConfigEntry entry = config.get(name);
        return entry == null || entry.value() == null ? "not set" : entry.value();
    }

    private static String list(Map<String, String> settings) {
        return settings.entrySet().stream()
                .map(setting -> setting.getKey() + " " + setting.getValue())
                .collect(Collectors.joining(", "));
    }

    private int leastInSync(Topic topic, Config config) {
        String text = value(config, LEAST_IN_SYNC);
        return Integer.parseInt(
                text.matches("[0-9]{1,5}") ? text : topic.settings(profile).get(LEAST_IN_SYNC));
    }

    private Optional<Finding> offline(Topic topic, TopicDescription description) {
        List<TopicPartitionInfo> partitions = which(
                description,
                partition -> partition.leader() == null || partition.leader().isEmpty());
        return partitions.isEmpty()
                ? Optional.empty()
                : Optional.of(Finding.wrong(
                        subject(topic),
                        text(partitions) + " without a leader: nothing is read from there or written to it",
                        "a leader for each partition",
                        "start the brokers that hold them: "
                                + ids(partitions.stream()
                                        .flatMap(partition -> partition.replicas().stream())
                                        .toList())));
    }

    private Optional<Finding> behind(Topic topic, TopicDescription description, int leastInSync) {
        List<TopicPartitionInfo> partitions = which(
                description,
                partition -> partition.isr().size() < partition.replicas().size());
        if (partitions.isEmpty()) {
            return Optional.empty();
        }
        boolean refuses =
                partitions.stream().anyMatch(partition -> partition.isr().size() < leastInSync);
        List<Node> missing = partitions.stream()
                .flatMap(partition -> partition.replicas().stream()
                        .filter(node -> !partition.isr().contains(node)))
                .toList();
        return Optional.of(new Finding(
                refuses ? Mark.WRONG : Mark.WARN,
                subject(topic),
                text(partitions) + " with replicas that are behind or away"
                        + (refuses ? ": fewer than " + LEAST_IN_SYNC + " are left, writing is refused" : ""),
                "every replica in sync",
                "start the brokers " + ids(missing) + ", and look at their logs, disks and network"));
    }

    private static List<TopicPartitionInfo> which(TopicDescription description, Predicate<TopicPartitionInfo> those) {
        return description.partitions().stream().filter(those).toList();
    }

    private static String text(List<TopicPartitionInfo> partitions) {
        return (partitions.size() == 1 ? "partition " : "partitions ")
                + partitions.stream()
                        .map(partition -> Integer.toString(partition.partition()))
                        .collect(Collectors.joining(", "));
    }

    private static String ids(Collection<Node> nodes) {
        return nodes.stream()
                .map(Node::id)
                .collect(Collectors.toCollection(TreeSet::new))
                .toString()
                .replaceAll("[\\[\\]]", "");
    }
}
