package identicom.helm;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Rules and dashboards ask for metrics, and for labels of them, that there are. */
class MetricsTest {
    private static final Meters METERS = Meters.ofTheSources();

    /** What Prometheus and the operator put on every series. */
    private static final Set<String> ADDED = Set.of("namespace", "job", "pod", "le");

    /** What others expose, and the labels that are asked for: Prometheus, kube-state-metrics, cert-manager, the kubelet. */
    private static final Map<String, Set<String>> OUTSIDE = Map.of(
            "up", Set.of("namespace", "job"),
            "kube_statefulset_status_replicas_ready", Set.of("namespace", "statefulset"),
            "kube_deployment_status_replicas_available", Set.of("namespace", "deployment"),
            "certmanager_certificate_expiration_timestamp_seconds", Set.of("name"),
            "kubelet_volume_stats_available_bytes", Set.of("namespace", "persistentvolumeclaim"),
            "kubelet_volume_stats_capacity_bytes", Set.of("namespace", "persistentvolumeclaim"));

    record Expression(String where, String text) {
        @Override
        public String toString() {
            return where;
        }
    }

    static Stream<Expression> expressions() {
        Chart chart = Alarms.everywhere();
        List<Expression> expressions = new ArrayList<>();
        Alarms.rules(chart)
                .forEach(rule -> expressions.add(
                        new Expression(Alarms.name(rule), rule.path("expr").asText())));
        dashboards(chart.objects())
                .forEach(dashboard -> dashboard
                        .path("panels")
                        .forEach(panel -> panel.path("targets")
                                .forEach(target -> expressions.add(new Expression(
                                        dashboard.path("title").asText() + ", "
                                                + panel.path("title").asText(),
                                        target.path("expr").asText())))));
        return expressions.stream();
    }

    private static Stream<JsonNode> dashboards(List<JsonNode> objects) {
        return Rendered.ofKind(objects, "ConfigMap")
                .filter(map ->
                        map.at("/metadata/labels/grafana_dashboard").asText().equals("1"))
                .flatMap(map -> Rendered.items(map.path("data")))
                .map(dashboard -> Yaml.tree(dashboard.asText()));
    }

    @ParameterizedTest
    @MethodSource("expressions")
    void everyMetricAndEveryLabelExists(Expression expression) {
        Query query = Query.of(expression.text());
        assertThat(query.unknown()).as(expression.text()).isEmpty();
        assertThat(query.selectors()).isNotEmpty();
        Set<String> labels = new TreeSet<>();
        for (Query.Selector selector : query.selectors()) {
            Set<String> known = labels(selector.metric());
            assertThat(selector.labels()).as(selector.metric()).isSubsetOf(known);
            labels.addAll(known);
        }
        assertThat(query.grouped()).isSubsetOf(labels);
    }

    private static Set<String> labels(String metric) {
        if (OUTSIDE.containsKey(metric)) {
            return OUTSIDE.get(metric);
        }
        assertThat(METERS.exposed()).contains(metric);
        Set<String> labels = new TreeSet<>(METERS.labels(metric));
        labels.addAll(ADDED);
        return labels;
    }

    /** Two releases in one cluster do not count each other's. Certificates are told apart by their names. */
    @ParameterizedTest
    @MethodSource("expressions")
    void everySelectorIsOfThisRelease(Expression expression) {
        assertThat(Query.of(expression.text()).selectors())
                .filteredOn(selector -> !selector.metric().startsWith("certmanager_"))
                .allSatisfy(selector -> assertThat(selector.labels()).contains("namespace"));
    }

    @Test
    void whatDoesNotExistIsNoticed() {
        assertThat(METERS.exposed())
                .contains(
                        "identicom_receiver_deletes_total",
                        "identicom_supervision_watermark_age_seconds",
                        "identicom_media_block_bytes_total",
                        "identicom_canary_latency_seconds_bucket",
                        "identicom_consume_batch_seconds_sum",
                        "hikaricp_connections_pending")
                .doesNotContain("identicom_receiver_deletes", "identicom_consume_batch_seconds_bucket");
        assertThat(METERS.labels("identicom_cluster_up")).contains("cluster").doesNotContain("topic");
        assertThat(Query.of("sum(ups(x{a=\"b\"})) by (c)"))
                .isEqualTo(new Query(List.of(new Query.Selector("x", Set.of("a"))), Set.of("c"), Set.of("ups")));
        assertThat(Query.of("x{a='b'} > y").unknown()).containsExactly("x{a='b'}", "y");
    }
}
