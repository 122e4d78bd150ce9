package identicom.fleetservice.overview;

import static org.assertj.core.api.Assertions.assertThat;

import identicom.fleetservice.overview.SystemView.ConsumerView;
import identicom.fleetservice.overview.SystemView.TopicView;
import identicom.schema.Topic;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class BacklogTest {
    private static final TopicPartition CRITICAL = new TopicPartition(Topic.EVENTS_CRITICAL.topicName(), 0);
    private static final TopicPartition CRITICAL_1 = new TopicPartition(Topic.EVENTS_CRITICAL.topicName(), 1);
    private static final TopicPartition ROUTINE = new TopicPartition(Topic.EVENTS_ROUTINE.topicName(), 0);
    private static final TopicPartition OTHERS = new TopicPartition("somebody.elses", 0);

    private final Backlog backlog = new Backlog(new BacklogLimits(10, 1_000));

    private static Map<TopicPartition, OffsetAndMetadata> at(Map<TopicPartition, Long> offsets) {
        Map<TopicPartition, OffsetAndMetadata> committed = new HashMap<>();
        offsets.forEach((partition, offset) -> committed.put(partition, new OffsetAndMetadata(offset)));
        return committed;
    }

    private TopicView critical(long committed, long end, int second) {
        List<ConsumerView> consumers = backlog.of(
                Map.of("alerts", at(Map.of(CRITICAL, committed))),
                Map.of(CRITICAL, end),
                Duration.ofSeconds(second).toNanos());
        return consumers.getFirst().topics().getFirst();
    }

    @Test
    void aGroupsLagIsToldByTopicOverItsPartitionsAndAgainstTheTopicsLimit() {
        List<ConsumerView> consumers = backlog.of(
                Map.of(
                        "log",
                        at(Map.of(CRITICAL, 5L, CRITICAL_1, 2L, ROUTINE, 0L)),
                        "alerts",
                        at(Map.of(CRITICAL, 12L))),
                Map.of(CRITICAL, 12L, CRITICAL_1, 6L, ROUTINE, 1_000L),
                0);

        assertThat(consumers).extracting(ConsumerView::group).containsExactly("alerts", "log");
        assertThat(consumers).extracting(ConsumerView::lag).containsExactly(0L, 1_011L);
        assertThat(consumers.get(1).topics())
                .containsExactly(
                        new TopicView(CRITICAL.topic(), 11, 10, true, null, null),
                        new TopicView(ROUTINE.topic(), 1_000, 1_000, false, null, null));
    }

    @Test
    void whatIsNoTopicOfOursIsPassedOver() {
        assertThat(backlog.of(Map.of("theirs", at(Map.of(OTHERS, 0L))), Map.of(OTHERS, 9L), 0))
                .isEmpty();
    }

    @Test
    void aPartitionWhoseEndIsNotKnownCountsForNothing() {
        assertThat(backlog.of(Map.of("alerts", at(Map.of(CRITICAL, 3L))), Map.of(), 0))
                .isEmpty();
    }

    @Test
    void aReaderThatFallsBehindIsToldByHowMuchAndHasNoEnd() {
        critical(0, 0, 0);
        TopicView later = critical(0, 400, 20);

        assertThat(later.perSecond()).isEqualTo(20);
        assertThat(later.drainSeconds()).isNull();
    }

    @Test
    void aReaderThatCatchesUpIsToldWhenItHas() {
        critical(0, 1_000, 0);
        TopicView later = critical(600, 1_000, 30);

        assertThat(later.perSecond()).isEqualTo(-20);
        assertThat(later.drainSeconds()).isEqualTo(20);
        assertThat(critical(1_000, 1_000, 33).drainSeconds()).isNull();
    }

    @Test
    void onlyTheLastMinuteCounts() {
        critical(0, 0, 0);
        critical(0, 6_000, 60);
        TopicView later = critical(0, 6_000, 120);

        assertThat(later.perSecond()).isZero();
    }

    @Test
    void nothingIsSaidOfATrendBeforeTenSeconds() {
        critical(0, 0, 0);

        assertThat(critical(0, 500, 9).perSecond()).isNull();
    }

    @Test
    void aGroupThatWasGoneBeginsAnew() {
        critical(0, 0, 0);
        backlog.of(Map.of(), Map.of(), Duration.ofSeconds(3).toNanos());

        assertThat(critical(0, 500, 15).perSecond()).isNull();
    }
}
