package identicom.schema;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class TopicTest {

    @ParameterizedTest
    @EnumSource(
            value = Topic.class,
            names = {"EVENTS_CRITICAL", "EVENTS_HIGH", "EVENTS_ROUTINE", "PICTURES"})
    void eventsAndPicturesAreKeptAtLeastThirtyDays(Topic topic) {
        assertThat(topic.retention())
                .hasValueSatisfying(time -> assertThat(time).isGreaterThanOrEqualTo(Duration.ofDays(30)));
        assertThat(topic.settings(Profile.PRODUCTION))
                .containsEntry("cleanup.policy", "delete")
                .containsEntry("retention.bytes", "-1")
                .hasEntrySatisfying(
                        "retention.ms",
                        ms -> assertThat(Duration.ofMillis(Long.parseLong(ms)))
                                .isGreaterThanOrEqualTo(Duration.ofDays(30)));
    }

    @Test
    void criticalEventsQuarantineAndKeysStandOnBothClustersAndNothingElseDoes() {
        assertThat(Arrays.stream(Topic.values()).filter(t -> t.clusters().contains(Cluster.PRIORITY)))
                .containsExactlyInAnyOrder(Topic.EVENTS_CRITICAL, Topic.QUARANTINE, Topic.KEYS);
        assertThat(Topic.values()).allMatch(topic -> topic.clusters().contains(Cluster.MAIN));
    }

    @Test
    void unitsKeysAndPictureProgressAreCompactedForGood() {
        assertThat(Arrays.stream(Topic.values()).filter(Topic::compacted))
                .containsExactlyInAnyOrder(Topic.UNITS, Topic.KEYS, Topic.PICTURE_PROGRESS);
        for (Topic topic : EnumSet.of(Topic.UNITS, Topic.KEYS, Topic.PICTURE_PROGRESS)) {
            assertThat(topic.retention()).isEmpty();
            assertThat(topic.settings(Profile.PRODUCTION))
                    .containsEntry("cleanup.policy", "compact")
                    .containsKeys("delete.retention.ms", "min.compaction.lag.ms")
                    .doesNotContainKey("retention.ms");
        }
    }

    @ParameterizedTest
    @EnumSource(Topic.class)
    void inProductionAnAcknowledgementMeansTwoReplicasAndNoUncleanLeader(Topic topic) {
        assertThat(topic.settings(Profile.PRODUCTION))
                .containsAllEntriesOf(Map.of("min.insync.replicas", "2", "unclean.leader.election.enable", "false"))
                .doesNotContainKey("flush.messages");
        assertThat(Profile.PRODUCTION.replication()).isEqualTo((short) 3);
    }

    @ParameterizedTest
    @EnumSource(Topic.class)
    void embeddedAnAcknowledgementMeansDisk(Topic topic) {
        assertThat(topic.settings(Profile.EMBEDDED))
                .containsAllEntriesOf(Map.of("min.insync.replicas", "1", "flush.messages", "1"));
        assertThat(Profile.EMBEDDED.replication()).isEqualTo((short) 1);
    }

    @Test
    void quarantineTakesTheLargestRecordOfAnyOtherTopicWhole() {
        int spare = 64 * 1024;
        assertThat(Topic.values())
                .filteredOn(topic -> topic != Topic.QUARANTINE)
                .allMatch(topic -> topic.maxRecordBytes() + spare < Topic.QUARANTINE.maxRecordBytes());
    }

    @ParameterizedTest
    @EnumSource(Topic.class)
    void isFoundByItsName(Topic topic) {
        assertThat(topic.topicName()).startsWith("identicom.");
        assertThat(Topic.byName(topic.topicName())).contains(topic);
        assertThat(Topic.byName("identicom.nothing")).isEmpty();
    }
}
