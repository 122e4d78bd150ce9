package identicom.alertservice;

import identicom.alertservice.agreement.AgreementWatch;
import identicom.alertservice.event.CriticalEvent;
import identicom.alertservice.event.EventReader;
import identicom.alertservice.event.EventReader.UnreadableException;
import identicom.alertservice.store.Intake;
import identicom.alertservice.stream.Feed;
import identicom.alertservice.stream.UnstoredWatch;
import identicom.alertservice.view.CanaryUnit;
import identicom.runtime.kafka.Clusters;
import identicom.runtime.kafka.ConsumeLoop;
import identicom.runtime.kafka.KafkaQuarantine;
import identicom.runtime.kafka.PoisonException;
import identicom.runtime.kafka.TopicFollower;
import identicom.runtime.process.EndToEnd;
import identicom.runtime.process.Health;
import identicom.runtime.process.Metrics;
import identicom.runtime.process.Stack;
import identicom.schema.Cluster;
import identicom.schema.Topic;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where critical events come in: critical topic and quarantine of both clusters, each read twice. The consumers of the
 * group share the partitions among the instances and store; the followers of each instance see everything and watch
 * that it gets to the screens. Critical events and quarantine have loops of their own: a flood of unknown serials
 * stands in no known unit's way.
 */
final class Inlets implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Inlets.class);
    private static final int BATCH = 500;

    @FunctionalInterface
    private interface Reader {
        List<CriticalEvent> events(byte[] value) throws UnreadableException;
    }

    private final Stack running = new Stack();
    private final List<ConsumeLoop> loops = new ArrayList<>();
    private final List<TopicFollower> followers = new ArrayList<>();
    private final Map<Cluster, ClusterPulse> pulses = new EnumMap<>(Cluster.class);
    private final Health health;
    private final Intake intake;
    private final Feed feed;
    private final UnstoredWatch watch;
    private final CanaryUnit canary;
    private final AgreementWatch agreement;
    private final EndToEnd endToEnd;

    Inlets(
            Intake intake,
            Feed feed,
            UnstoredWatch watch,
            WearerDirectory wearers,
            CanaryUnit canary,
            AgreementWatch agreement,
            Clusters clusters,
            Health health,
            Metrics metrics,
            Duration memoryWindow) {
        this.intake = intake;
        this.feed = feed;
        this.watch = watch;
        this.canary = canary;
        this.agreement = agreement;
        this.health = health;
        this.endToEnd = new EndToEnd(metrics, "alert-service", "critical");
        KafkaQuarantine quarantine = running.add("quarantine", new KafkaQuarantine(clusters, metrics));
        for (Cluster cluster : Cluster.values()) {
            pulses.put(cluster, new ClusterPulse(cluster, clusters));
            loops.add(loop(Topic.EVENTS_CRITICAL, cluster, clusters, quarantine, metrics));
            loops.add(loop(Topic.QUARANTINE, cluster, clusters, quarantine, metrics));
            followers.add(follower(Topic.EVENTS_CRITICAL, cluster, clusters, memoryWindow, metrics));
            followers.add(follower(Topic.QUARANTINE, cluster, clusters, memoryWindow, metrics));
        }
        followers.add(new TopicFollower(
                "alerts-wearers",
                Cluster.MAIN,
                Topic.UNITS.topicName(),
                TopicFollower.From.BEGINNING,
                clusters,
                wearers::apply,
                health,
                metrics));
    }

    private ConsumeLoop loop(
            Topic topic, Cluster cluster, Clusters clusters, KafkaQuarantine quarantine, Metrics metrics) {
        String name = "alerts-" + word(topic) + "-" + cluster.word();
        ConsumeLoop.Options options = new ConsumeLoop.Options(
                name, cluster, "alert-service-" + word(topic), List.of(topic.topicName()), BATCH);
        return new ConsumeLoop(options, clusters, batch -> store(topic, batch), quarantine, health, metrics);
    }

    private void store(Topic topic, List<ConsumerRecord<byte[], byte[]>> batch) throws Exception {
        List<CriticalEvent> events = new ArrayList<>();
        for (ConsumerRecord<byte[], byte[]> record : batch) {
            try {
                events.addAll(events(topic, record));
            } catch (UnreadableException e) {
                passOver(topic, record, e.getMessage());
            }
        }
        if (intake.store(events)) {
            feed.wake();
            events.forEach(event -> endToEnd.stored(event.acceptedAt()));
        }
    }

    /** A record of the quarantine that cannot be read stays where it is: it is in quarantine. */
    private static void passOver(Topic topic, ConsumerRecord<byte[], byte[]> record, String reason)
            throws PoisonException {
        if (topic != Topic.QUARANTINE) {
            throw new PoisonException(record, reason);
        }
        LOG.warn("{}-{} {}: {}, passed over", record.topic(), record.partition(), record.offset(), reason);
    }

    private TopicFollower follower(Topic topic, Cluster cluster, Clusters clusters, Duration back, Metrics metrics) {
        return new TopicFollower(
                followerName(topic, cluster),
                cluster,
                topic.topicName(),
                TopicFollower.From.back(back),
                clusters,
                record -> seen(topic, cluster, record),
                health,
                metrics);
    }

    private void seen(Topic topic, Cluster cluster, ConsumerRecord<byte[], byte[]> record) {
        try {
            List<CriticalEvent> events = events(topic, record);
            if (topic == Topic.EVENTS_CRITICAL) {
                Instant at = Instant.ofEpochMilli(record.timestamp());
                events.forEach(event -> agreement.read(event, cluster, at));
            }
            // a canary that cannot be stored has not come through: it is never shown from memory
            events.stream().filter(event -> !canary.is(event.serial())).forEach(watch::seen);
        } catch (UnreadableException e) {
            LOG.debug("{}-{} {}: {}", record.topic(), record.partition(), record.offset(), e.getMessage());
        }
    }

    private static List<CriticalEvent> events(Topic topic, ConsumerRecord<byte[], byte[]> record)
            throws UnreadableException {
        if (record.value() == null) {
            return List.of();
        }
        return topic == Topic.QUARANTINE
                ? EventReader.quarantined(record.value())
                : EventReader.critical(record.value());
    }

    private static String followerName(Topic topic, Cluster cluster) {
        return "alerts-" + word(topic) + "-follower-" + cluster.word();
    }

    private static String word(Topic topic) {
        return topic == Topic.QUARANTINE ? "quarantine" : "critical";
    }

    /** Whether this cluster answers. */
    boolean up(Cluster cluster) {
        return pulses.get(cluster).up();
    }

    void start() {
        pulses.values().forEach(pulse -> running.add("cluster-pulse", pulse).start());
        for (TopicFollower follower : followers) {
            follower.start();
            running.add("follower", follower);
        }
        for (ConsumeLoop loop : loops) {
            loop.start();
            running.add("consumer", loop);
        }
    }

    @Override
    public void close() {
        running.close();
    }
}
