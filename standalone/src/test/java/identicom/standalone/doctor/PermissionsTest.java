package identicom.standalone.doctor;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import identicom.embedded.KafkaBroker;
import identicom.runtime.kafka.Clusters;
import identicom.runtime.kafka.TopicAdmin;
import identicom.schema.Cluster;
import identicom.schema.Profile;
import identicom.schema.Topic;
import identicom.standalone.process.ServiceKind;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclBindingFilter;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(300)
class PermissionsTest {
    private static final String NOBODY_IN_PARTICULAR = "User:ANONYMOUS";
    private static final String SOMEBODY_ELSE = "User:somebody-else";

    /** Where no rule names a resource everybody may do everything there. */
    private static final Map<String, String> GUARDED = Map.of(
            "authorizer.class.name", "org.apache.kafka.metadata.authorizer.StandardAuthorizer",
            "allow.everyone.if.no.acl.found", "true");

    @TempDir
    Path folder;

    private static AclBinding allows(ResourceType type, String name, String user, AclOperation operation) {
        return new AclBinding(
                new ResourcePattern(type, name, PatternType.LITERAL),
                new AccessControlEntry(user, "*", operation, AclPermissionType.ALLOW));
    }

    @Test
    void whatTheBrokersDoNotAllowIsNamedWithTheRuleThatWould() throws Exception {
        try (KafkaBroker broker =
                KafkaBroker.start(KafkaBroker.Options.in(folder).withSettings(GUARDED))) {
            Map<String, Object> address = Map.of("bootstrap.servers", broker.bootstrapServers());
            Clusters clusters = new Clusters(address, address);
            TopicAdmin.createMissing(clusters, Profile.EMBEDDED, line -> {});
            commit(clusters, "identicom-fleet-events");
            allow(
                    clusters,
                    List.of(
                            allows(ResourceType.TOPIC, "identicom.sessions", NOBODY_IN_PARTICULAR, AclOperation.READ),
                            allows(
                                    ResourceType.TOPIC,
                                    "identicom.sessions",
                                    NOBODY_IN_PARTICULAR,
                                    AclOperation.DESCRIBE_CONFIGS),
                            allows(ResourceType.TOPIC, "identicom.audit", SOMEBODY_ELSE, AclOperation.READ),
                            allows(ResourceType.GROUP, "identicom-log-audit", SOMEBODY_ELSE, AclOperation.READ)));

            List<String> lines = new KafkaCheck(
                            Cluster.MAIN, clusters, Profile.EMBEDDED, Needs.of(EnumSet.allOf(ServiceKind.class)))
                    .find().stream().map(Finding::line).toList();

            assertThat(lines.stream().filter(line -> line.startsWith("wrong")))
                    .hasSize(3)
                    .anyMatch(line -> line.contains("Kafka main, topic identicom.audit: ")
                            && line.contains("--operation Describe --topic identicom.audit"))
                    .anyMatch(line -> line.contains("permissions at topic identicom.sessions: not allowed: Write")
                            && line.contains("kafka-acls.sh --bootstrap-server " + broker.bootstrapServers())
                            && line.endsWith("--operation Write --topic identicom.sessions"))
                    .anyMatch(line -> line.contains("permissions at group identicom-log-audit: not allowed: Read"));
            assertThat(lines)
                    .anyMatch(line -> line.startsWith("ok") && line.endsWith("may be read: identicom-fleet-events"))
                    .anyMatch(line -> line.startsWith("skipped") && line.contains("identicom-media-pictures"));
        }
    }

    private static void commit(Clusters clusters, String group) {
        try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(
                clusters.consumer(Cluster.MAIN, Map.of("group.id", group)),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer())) {
            TopicPartition partition = new TopicPartition(Topic.EVENTS_CRITICAL.topicName(), 0);
            consumer.assign(List.of(partition));
            consumer.commitSync(Map.of(partition, new OffsetAndMetadata(0)), Duration.ofSeconds(60));
        }
    }

    private static void allow(Clusters clusters, List<AclBinding> rules) throws Exception {
        try (Admin admin = Admin.create(clusters.admin(Cluster.MAIN, Map.of()))) {
            admin.createAcls(rules).all().get(60, SECONDS);
            await().until(() -> admin.describeAcls(AclBindingFilter.ANY)
                            .values()
                            .get(60, SECONDS)
                            .size()
                    == rules.size());
        }
    }
}
