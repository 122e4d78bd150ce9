package identicom.runtime.kafka;

import identicom.schema.Cluster;
import identicom.schema.Profile;
import identicom.schema.Topic;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.CreateTopicsOptions;
import org.apache.kafka.clients.admin.ListTopicsOptions;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.errors.TopicExistsException;

/** Creates the topics and says what is wrong with those that are there. Only migrate and standalone create. */
public final class TopicAdmin {
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final int LIMIT_MS = (int) LIMIT.toMillis();
    private static final long LOOK_MS = 50;

    private TopicAdmin() {}

    /**
     * Creates every topic that is not there yet, on each of its clusters; returns when the brokers know of it. A broker makes a folder of files
     * for each partition, which a slow disk may take a minute for.
     *
     * @param progress told what is done, for a person
     * @throws RetriableStorageException a cluster did not do it
     */
    public static void createMissing(Clusters clusters, Profile profile, Consumer<String> progress) {
        for (Cluster cluster : Cluster.values()) {
            try (Admin admin = admin(clusters, cluster)) {
                Set<String> present = await(admin.listTopics().names());
                List<Topic> missing = Topic.on(cluster).stream()
                        .filter(topic -> !present.contains(topic.topicName()))
                        .toList();
                create(admin, missing, profile);
                awaitKnown(admin, missing);
                progress.accept("Kafka " + cluster.word() + ": " + missing.size() + " topics created, "
                        + (Topic.on(cluster).size() - missing.size()) + " were there");
            } catch (ExecutionException | TimeoutException e) {
                throw new RetriableStorageException(
                        "Kafka " + cluster.word() + ": topics could not be created: " + e, e);
            }
        }
    }

    private static void create(Admin admin, List<Topic> topics, Profile profile)
            throws ExecutionException, TimeoutException {
        List<NewTopic> wanted = topics.stream()
                .map(topic -> new NewTopic(topic.topicName(), topic.partitions(), profile.replication())
                        .configs(topic.settings(profile)))
                .toList();
        for (KafkaFuture<Void> created : admin.createTopics(wanted, new CreateTopicsOptions().timeoutMs(LIMIT_MS))
                .values()
                .values()) {
            try {
                await(created);
            } catch (ExecutionException e) {
                if (!(e.getCause() instanceof TopicExistsException)) {
                    throw e;
                }
            }
        }
    }

    /** A broker hears of a topic a moment after the controller has made it. */
    private static void awaitKnown(Admin admin, List<Topic> topics) throws ExecutionException, TimeoutException {
        List<String> names = topics.stream().map(Topic::topicName).toList();
        long until = System.nanoTime() + LIMIT.toNanos();
        ListTopicsOptions patiently = new ListTopicsOptions().timeoutMs(LIMIT_MS);
        while (!await(admin.listTopics(patiently).names()).containsAll(names)) {
            if (System.nanoTime() > until) {
                throw new TimeoutException("the brokers do not know of the new topics");
            }
            pause();
        }
    }

    private static void pause() {
        try {
            TimeUnit.MILLISECONDS.sleep(LOOK_MS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new RetriableStorageException("interrupted", e);
        }
    }

    /**
     * What was found at the clusters.
     *
     * @param silent those that do not answer, and a sentence about each
     * @param wrong topics that are missing or differently cut, at those that do
     */
    public record Found(Map<Cluster, String> silent, List<String> wrong) {
        /** Every sentence; empty: nothing is wrong. */
        public List<String> problems() {
            return Stream.concat(silent.values().stream(), wrong.stream()).toList();
        }
    }

    /** What a service would stumble over. A cluster that does not answer takes 15 s. */
    public static Found look(Clusters clusters) {
        Map<Cluster, String> silent = new EnumMap<>(Cluster.class);
        List<String> wrong = new ArrayList<>();
        for (Cluster cluster : Cluster.values()) {
            try (Admin admin = admin(clusters, cluster)) {
                problems(admin, cluster, wrong);
            } catch (ExecutionException | TimeoutException e) {
                silent.put(cluster, "Kafka " + cluster.word() + " does not answer: " + e);
            }
        }
        return new Found(silent, wrong);
    }

    private static void problems(Admin admin, Cluster cluster, List<String> problems)
            throws ExecutionException, TimeoutException {
        Set<String> present = await(admin.listTopics().names());
        List<String> found = Topic.on(cluster).stream()
                .map(Topic::topicName)
                .filter(present::contains)
                .toList();
        Map<String, TopicDescription> described =
                await(admin.describeTopics(found).allTopicNames());
        for (Topic topic : Topic.on(cluster)) {
            TopicDescription description = described.get(topic.topicName());
            if (description == null) {
                problems.add("Kafka " + cluster.word() + ": topic " + topic.topicName()
                        + " is missing (run ./identicom migrate)");
            } else if (description.partitions().size() != topic.partitions()) {
                problems.add("Kafka " + cluster.word() + ": topic " + topic.topicName() + " has "
                        + description.partitions().size() + " partitions (expected: " + topic.partitions() + ")");
            }
        }
    }

    private static Admin admin(Clusters clusters, Cluster cluster) {
        return Admin.create(clusters.admin(cluster, Map.of("client.id", "topics-" + cluster.word())));
    }

    private static <T> T await(KafkaFuture<T> future) throws ExecutionException, TimeoutException {
        try {
            return future.get(LIMIT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new RetriableStorageException("interrupted", e);
        }
    }
}
