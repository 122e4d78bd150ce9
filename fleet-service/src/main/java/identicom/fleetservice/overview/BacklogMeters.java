package identicom.fleetservice.overview;

import identicom.fleetservice.overview.SystemView.ClusterView;
import identicom.fleetservice.overview.SystemView.ConsumerView;
import identicom.fleetservice.overview.SystemView.TopicView;
import identicom.runtime.process.Metrics;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.MultiGauge.Row;
import io.micrometer.core.instrument.Tags;
import java.util.ArrayList;
import java.util.List;

/** A cluster's state and backlog as metrics. */
final class BacklogMeters {
    private final String cluster;
    private final MultiGauge lags;
    private final MultiGauge limits;

    BacklogMeters(ClusterLag cluster, Metrics metrics) {
        this.cluster = cluster.name();
        this.lags = MultiGauge.builder("identicom.backlog.records")
                .description("Records that a consumer group has not committed yet")
                .register(metrics.registry());
        this.limits = MultiGauge.builder("identicom.backlog.limit.records")
                .description("From how many on the group is behind")
                .register(metrics.registry());
        Gauge.builder("identicom.cluster.up", cluster, one -> up(one.view()))
                .description("Whether the cluster answered within the last 10 s")
                .tag("cluster", cluster.name())
                .register(metrics.registry());
    }

    private static double up(ClusterView view) {
        return view.state().equals("up") ? 1 : 0;
    }

    void show(List<ConsumerView> consumers) {
        List<Row<?>> lag = new ArrayList<>();
        List<Row<?>> limit = new ArrayList<>();
        for (ConsumerView consumer : consumers) {
            for (TopicView topic : consumer.topics()) {
                Tags tags = Tags.of("cluster", cluster, "group", consumer.group(), "topic", topic.topic());
                lag.add(Row.of(tags, topic.lag()));
                limit.add(Row.of(tags, topic.limit()));
            }
        }
        lags.register(lag, true);
        limits.register(limit, true);
    }
}
