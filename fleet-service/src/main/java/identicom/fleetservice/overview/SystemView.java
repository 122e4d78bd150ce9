package identicom.fleetservice.overview;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The system at one moment.
 *
 * @param database {@code up} or {@code down}
 * @param stations those heard within the last day, newest first; none while the database is down
 */
record SystemView(Instant time, String database, List<ClusterView> clusters, List<StationView> stations) {

    /**
     * A Kafka cluster.
     *
     * @param name {@code main} or {@code priority}
     * @param state {@code up}, or {@code down} without an answer for 10 s
     * @param consumers this system's consumer groups, as last seen
     */
    record ClusterView(String name, String state, List<ConsumerView> consumers) {}

    /**
     * A consumer group.
     *
     * @param lag records that it has not committed yet, over all its topics
     */
    record ConsumerView(String group, long lag, List<TopicView> topics) {}

    /**
     * What a consumer group has before it in one topic.
     *
     * @param lag records that it has not committed yet
     * @param limit from more than these on it is behind
     * @param perSecond by how many records a second the lag grew over the last minute, negative: it shrank; null before it was
     *     watched for 10 s
     * @param drainSeconds until it has caught up if it goes on like that; null when it does not, or has
     */
    record TopicView(
            String topic,
            long lag,
            long limit,
            boolean behind,
            @Nullable Double perSecond,
            @Nullable Long drainSeconds) {}

    /**
     * A station as its last heartbeat has it.
     *
     * @param state {@code serving}, {@code draining}, {@code main-silent}: it serves but deletes nothing, or {@code silent}: not heard
     *     for 10 s
     * @param sessions open ones
     */
    record StationView(String station, String state, int sessions, Instant lastHeardAt) {}
}
