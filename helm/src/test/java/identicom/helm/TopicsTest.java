package identicom.helm;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import identicom.schema.Cluster;
import identicom.schema.Profile;
import identicom.schema.Topic;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Strimzi is told the topics that `migrate` makes. */
class TopicsTest {
    @ParameterizedTest
    @EnumSource
    void everyTopicIsAsTheProgramsHaveIt(Profile profile) {
        String word = profile.name().toLowerCase();
        List<JsonNode> topics = Rendered.ofKind(
                        Chart.site()
                                .and("kafka: {topics: {strimzi: true, profile: " + word
                                        + ", main: {cluster: m, namespace: n}, priority: {cluster: p}}}")
                                .objects(),
                        "KafkaTopic")
                .toList();

        for (Cluster cluster : Cluster.values()) {
            String resource = cluster == Cluster.MAIN ? "m" : "p";
            Map<String, JsonNode> there = topics.stream()
                    .filter(topic -> topic.at("/metadata/labels/strimzi.io~1cluster")
                            .asText()
                            .equals(resource))
                    .collect(Collectors.toMap(
                            topic -> topic.at("/spec/topicName").asText(), topic -> topic.path("spec")));
            assertThat(there.keySet())
                    .containsExactlyInAnyOrderElementsOf(
                            Topic.on(cluster).stream().map(Topic::topicName).toList());
            for (Topic topic : Topic.on(cluster)) {
                JsonNode spec = there.get(topic.topicName());
                assertThat(spec.path("partitions").asInt()).isEqualTo(topic.partitions());
                assertThat(spec.path("replicas").asInt()).isEqualTo(profile.replication());
                assertThat(spec.path("config").properties().stream()
                                .collect(Collectors.toMap(
                                        Map.Entry::getKey,
                                        entry -> entry.getValue().asText())))
                        .isEqualTo(topic.settings(profile));
            }
        }
    }
}
