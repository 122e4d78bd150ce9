package identicom.fleetservice.overview;

import identicom.fleetservice.overview.SystemView.ConsumerView;
import identicom.fleetservice.overview.SystemView.TopicView;
import identicom.schema.Topic;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/** What one cluster's consumer groups have before them, by topic, against its limit and over time. One thread. */
final class Backlog {
    private record Reader(String group, Topic topic) {}

    private final BacklogLimits limits;
    private final Map<Reader, Trend> trends = new HashMap<>();

    Backlog(BacklogLimits limits) {
        this.limits = limits;
    }

    /**
     * This system's topics only: others' groups on the same cluster are passed over. A group that has committed nothing yet has no
     * topics.
     *
     * @param committed of each group
     * @param ends of all partitions that stand in it
     * @param nanos of a monotonic clock
     * @return in the order of the groups' names, each with its topics in the order of {@link Topic}
     */
    List<ConsumerView> of(
            Map<String, Map<TopicPartition, OffsetAndMetadata>> committed, Map<TopicPartition, Long> ends, long nanos) {
        Set<Reader> seen = new HashSet<>();
        List<ConsumerView> consumers = new ArrayList<>();
        new TreeMap<>(committed).forEach((group, offsets) -> {
            List<TopicView> topics = new ArrayList<>();
            lags(offsets, ends).forEach((topic, lag) -> {
                Reader reader = new Reader(group, topic);
                seen.add(reader);
                Trend trend = trends.computeIfAbsent(reader, one -> new Trend());
                trend.add(nanos, lag);
                topics.add(view(topic, lag, trend));
            });
            if (offsets.isEmpty() || !topics.isEmpty()) {
                long lag = topics.stream().mapToLong(TopicView::lag).sum();
                consumers.add(new ConsumerView(group, lag, topics));
            }
        });
        trends.keySet().retainAll(seen);
        return consumers;
    }

    private static Map<Topic, Long> lags(
            Map<TopicPartition, OffsetAndMetadata> offsets, Map<TopicPartition, Long> ends) {
        Map<Topic, Long> lags = new TreeMap<>();
        offsets.forEach((partition, offset) -> {
            Optional<Topic> topic = Topic.byName(partition.topic());
            Long end = ends.get(partition);
            if (topic.isPresent() && offset != null && end != null) {
                lags.merge(topic.get(), Math.max(0, end - offset.offset()), Long::sum);
            }
        });
        return lags;
    }

    private TopicView view(Topic topic, long lag, Trend trend) {
        long limit = limits.of(topic);
        OptionalDouble perSecond = trend.perSecond();
        OptionalLong drain = trend.drainSeconds();
        return new TopicView(
                topic.topicName(),
                lag,
                limit,
                lag > limit,
                perSecond.isPresent() ? perSecond.getAsDouble() : null,
                drain.isPresent() ? drain.getAsLong() : null);
    }
}
