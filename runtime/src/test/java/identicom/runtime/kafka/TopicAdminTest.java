package identicom.runtime.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import identicom.schema.Cluster;
import identicom.schema.Profile;
import identicom.schema.Topic;
import identicom.testing.TestKafka;
import identicom.testing.TestTopics;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.common.config.ConfigResource;
import org.junit.jupiter.api.Test;

class TopicAdminTest {
    @Test
    void missingTopicsAreNamedThenCreatedWithTheirSettings() throws Exception {
        try (TestKafka broker = TestKafka.start()) {
            Map<String, Object> address = Map.of("bootstrap.servers", broker.bootstrapServers());
            Clusters clusters = new Clusters(address, address);
            List<String> progress = new ArrayList<>();

            assertThat(TopicAdmin.look(clusters).problems())
                    .contains("Kafka main: topic identicom.events.critical is missing (run ./identicom migrate)")
                    .hasSize(Topic.values().length + 3);
            TopicAdmin.createMissing(clusters, Profile.EMBEDDED, progress::add);
            TopicAdmin.createMissing(clusters, Profile.EMBEDDED, progress::add);

            assertThat(TopicAdmin.look(clusters).problems()).isEmpty();
            assertThat(progress).hasSize(4);
            assertThat(settings(broker, Topic.UNITS.topicName()))
                    .containsEntry("cleanup.policy", "compact")
                    .containsEntry("flush.messages", "1");
        }
    }

    private static Map<String, String> settings(TestKafka broker, String topic) throws Exception {
        ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
        try (Admin admin = TestTopics.admin(broker.bootstrapServers())) {
            Config config = admin.describeConfigs(List.of(resource)).all().get().get(resource);
            return Map.of(
                    "cleanup.policy", config.get("cleanup.policy").value(),
                    "flush.messages", config.get("flush.messages").value());
        }
    }

    @Test
    void aClusterThatDoesNotAnswerIsAProblem() {
        Clusters away = new Clusters(
                Map.of(
                        "bootstrap.servers",
                        "127.0.0.1:1",
                        "default.api.timeout.ms",
                        2_000,
                        "request.timeout.ms",
                        1_000),
                Map.of(
                        "bootstrap.servers",
                        "127.0.0.1:1",
                        "default.api.timeout.ms",
                        2_000,
                        "request.timeout.ms",
                        1_000));

        TopicAdmin.Found found = TopicAdmin.look(away);
        assertThat(found.silent()).containsOnlyKeys(Cluster.values());
        assertThat(found.wrong()).isEmpty();
        assertThat(found.problems()).hasSize(2).allMatch(problem -> problem.contains("does not answer"));
    }
}
