package identicom.standalone.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import identicom.schema.Profile;
import identicom.schema.Topic;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.TopicPartitionInfo;
import org.junit.jupiter.api.Test;

class TopicRulesTest {
    private static final Topic TOPIC = Topic.UNITS;
    private static final List<Node> BROKERS =
            List.of(new Node(1, "one", 9092), new Node(2, "two", 9092), new Node(3, "three", 9092));

    private final TopicRules rules =
            new TopicRules("Kafka main", Profile.PRODUCTION, new KafkaTools("one:9092", false));

    /** All partitions led by broker 1 and whole, but for the last, which has these. */
    private static TopicDescription described(Node leader, List<Node> replicas, List<Node> inSync) {
        List<TopicPartitionInfo> partitions = new ArrayList<>(IntStream.range(0, TOPIC.partitions() - 1)
                .mapToObj(i -> new TopicPartitionInfo(i, BROKERS.getFirst(), BROKERS, BROKERS))
                .toList());
        partitions.add(new TopicPartitionInfo(TOPIC.partitions() - 1, leader, replicas, inSync));
        return new TopicDescription(TOPIC.topicName(), false, partitions);
    }

    private static Config settings(Map<String, String> changed) {
        Map<String, String> settings = new HashMap<>(TOPIC.settings(Profile.PRODUCTION));
        settings.putAll(changed);
        return new Config(settings.entrySet().stream()
                .map(setting -> new ConfigEntry(setting.getKey(), setting.getValue()))
                .toList());
    }

    private List<Finding> found(Node leader, List<Node> inSync) {
        return rules.described(TOPIC, described(leader, BROKERS, inSync), settings(Map.of()));
    }

    @Test
    void aTopicAsItShouldBeIsOneLine() {
        assertThat(found(BROKERS.getFirst(), BROKERS))
                .containsExactly(Finding.ok(
                        "Kafka main, topic identicom.units",
                        "6 partitions, replication 3, "
                                + TOPIC.settings(Profile.PRODUCTION).size() + " settings as expected, all in sync"));
    }

    @Test
    void oneReplicaBehindIsAWarningThatNamesItsBroker() {
        assertThat(found(BROKERS.getFirst(), BROKERS.subList(0, 2)))
                .singleElement()
                .satisfies(finding -> {
                    assertThat(finding.mark()).isEqualTo(Mark.WARN);
                    assertThat(finding.found()).startsWith("partition 5 with replicas that are behind");
                    assertThat(finding.advice()).startsWith("start the brokers 3,");
                });
    }

    @Test
    void fewerInSyncThanWritingNeedsIsWrong() {
        assertThat(found(BROKERS.getFirst(), BROKERS.subList(0, 1)))
                .singleElement()
                .satisfies(finding -> {
                    assertThat(finding.mark()).isEqualTo(Mark.WRONG);
                    assertThat(finding.found()).contains("writing is refused");
                    assertThat(finding.advice()).startsWith("start the brokers 2, 3,");
                });
    }

    @Test
    void aPartitionWithoutALeaderIsWrong() {
        assertThat(found(Node.noNode(), List.of()))
                .extracting(Finding::mark, Finding::found)
                .first()
                .asString()
                .contains("WRONG", "partition 5 without a leader");
    }

    @Test
    void fewerReplicasThanExpectedAreWrongAndMoreAreNot() {
        List<Node> four = new ArrayList<>(BROKERS);
        four.add(new Node(4, "four", 9092));

        assertThat(rules.described(
                        TOPIC,
                        described(BROKERS.getFirst(), BROKERS.subList(0, 2), BROKERS.subList(0, 2)),
                        settings(Map.of())))
                .extracting(Finding::found)
                .containsExactly("2 replicas of each partition");
        assertThat(rules.described(TOPIC, described(BROKERS.getFirst(), four, four), settings(Map.of())))
                .extracting(Finding::mark)
                .containsExactly(Mark.OK);
    }

    @Test
    void everySettingThatDiffersStandsInOneCommand() {
        List<Finding> found = rules.described(
                TOPIC,
                described(BROKERS.getFirst(), BROKERS, BROKERS),
                settings(Map.of("min.insync.replicas", "1", "cleanup.policy", "delete")));

        assertThat(found).singleElement().satisfies(finding -> {
            assertThat(finding.found()).isEqualTo("cleanup.policy delete, min.insync.replicas 1");
            assertThat(finding.expected()).isEqualTo("cleanup.policy compact, min.insync.replicas 2");
            assertThat(finding.advice())
                    .isEqualTo("kafka-configs.sh --bootstrap-server one:9092 --alter --entity-type topics"
                            + " --entity-name identicom.units"
                            + " --add-config 'cleanup.policy=compact,min.insync.replicas=2'");
        });
    }
}
