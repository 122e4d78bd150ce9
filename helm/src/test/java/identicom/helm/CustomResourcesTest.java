package identicom.helm;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is for Strimzi, cert-manager and the Prometheus operator has the fields that these know. */
class CustomResourcesTest {
    static Stream<Chart> charts() {
        return RenderingTest.everything();
    }

    private static List<JsonNode> custom(Chart chart) {
        return chart.objects().stream()
                .filter(Predicate.not(KubernetesModels::has))
                .toList();
    }

    @ParameterizedTest
    @MethodSource("charts")
    void everyCustomResourceIsAsItsModelHasIt(Chart chart) {
        assertThat(custom(chart))
                .allSatisfy(object -> assertThat(CustomResources.faults(object))
                        .as(() -> Rendered.word(object))
                        .isEmpty());
    }

    @Test
    void allFourKindsAreRendered() {
        assertThat(custom(Chart.site()
                        .and("kafka: {topics: {strimzi: true, main: {cluster: main}, priority: {cluster: priority}}}")))
                .extracting(Rendered::kind)
                .contains("KafkaTopic", "Certificate", "ServiceMonitor", "PrometheusRule");
    }

    @Test
    void whatIsWrongIsNoticed() {
        JsonNode rules = Rendered.one(Chart.site().objects(), "PrometheusRule", Chart.RELEASE);
        ObjectNode rule = (ObjectNode) rules.at("/spec/groups/0/rules/0");
        rule.put("severity", "critical");
        rule.remove("expr");
        ((ObjectNode) rules.path("metadata")).put("names", "x");
        assertThat(CustomResources.faults(rules))
                .anySatisfy(fault -> assertThat(fault).contains("rules[].severity is unknown"))
                .anySatisfy(fault -> assertThat(fault).contains("/rules/0/expr is missing"))
                .anySatisfy(fault -> assertThat(fault).contains("names"));

        JsonNode certificate = Rendered.one(Chart.site().objects(), "Certificate", "watch-page");
        ((ObjectNode) certificate.path("spec")).put("dnsNames", "not a list");
        assertThat(CustomResources.faults(certificate)).isNotEmpty();
    }
}
