package identicom.runtime.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import identicom.runtime.process.Health;
import identicom.runtime.process.Metrics;
import identicom.schema.Cluster;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TopicFollowerTest {
    private final Health health = new Health();
    private final Metrics metrics = new Metrics();
    private final List<TopicFollower> opened = new ArrayList<>();

    @AfterEach
    void close() {
        opened.forEach(TopicFollower::close);
        metrics.close();
    }

    private TopicFollower follow(String topic, TopicFollower.From from, List<String> into) {
        TopicFollower follower = new TopicFollower(
                "test",
                Cluster.MAIN,
                topic,
                from,
                KafkaTopics.clusters(),
                record -> {
                    if (KafkaTopics.text(record.value()).equals("bad")) {
                        throw new IllegalArgumentException("bad");
                    }
                    into.add(KafkaTopics.text(record.value()));
                },
                health,
                metrics);
        opened.add(follower);
        follower.start();
        return follower;
    }

    @Test
    void eachInstanceReadsAllOfTheTopicAndThenWhatComes() throws Exception {
        String topic = KafkaTopics.fresh(3);
        KafkaTopics.send(topic, "a", "b");
        List<String> one = new CopyOnWriteArrayList<>();
        List<String> other = new CopyOnWriteArrayList<>();
        TopicFollower first = follow(topic, TopicFollower.From.BEGINNING, one);
        TopicFollower second = follow(topic, TopicFollower.From.BEGINNING, other);

        await().until(() -> first.caughtUp() && second.caughtUp());
        assertThat(one).containsExactly("a", "b");
        assertThat(other).containsExactly("a", "b");
        KafkaTopics.send(topic, "c");

        await().until(() -> one.contains("c") && other.contains("c"));
    }

    @Test
    void fromTheEndOnlyWhatComesLaterIsRead() throws Exception {
        String topic = KafkaTopics.fresh(1);
        KafkaTopics.send(topic, "a");
        List<String> seen = new CopyOnWriteArrayList<>();
        TopicFollower follower = follow(topic, TopicFollower.From.END, seen);
        await().until(follower::caughtUp);

        KafkaTopics.send(topic, "b");

        await().until(() -> !seen.isEmpty());
        assertThat(seen).containsExactly("b");
    }

    @Test
    void aSpanBackReadsWhatIsNotOlder() throws Exception {
        String topic = KafkaTopics.fresh(1);
        KafkaTopics.send(topic, "a");
        List<String> seen = new CopyOnWriteArrayList<>();
        follow(topic, TopicFollower.From.back(Duration.ofMinutes(5)), seen);

        await().until(() -> seen.contains("a"));
    }

    @Test
    void aRecordThatCannotBeAppliedIsPassedOver() throws Exception {
        String topic = KafkaTopics.fresh(1);
        KafkaTopics.send(topic, "a", "bad", "c");
        List<String> seen = new CopyOnWriteArrayList<>();
        TopicFollower follower = follow(topic, TopicFollower.From.BEGINNING, seen);

        await().until(follower::caughtUp);
        assertThat(seen).containsExactly("a", "c");
        assertThat(metrics.scrape()).contains("identicom_follow_failures_total{follower=\"test\"} 1.0");
    }

    @Test
    void aTopicThatIsNotThereIsNotCaughtUpWith() throws Exception {
        String topic = KafkaTopics.fresh(1);
        TopicFollower nowhere = follow("none-" + topic, TopicFollower.From.BEGINNING, new ArrayList<>());
        TopicFollower somewhere = follow(topic, TopicFollower.From.BEGINNING, new ArrayList<>());

        await().until(somewhere::caughtUp);
        assertThat(nowhere.caughtUp()).isFalse();
    }
}
