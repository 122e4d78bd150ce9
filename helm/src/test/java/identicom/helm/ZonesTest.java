package identicom.helm;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The network policies draw the zones: stations outside, services inside, brokers between. */
class ZonesTest {
    private static final String NAMES =
            ":53 {\"namespaceSelector\":{\"matchLabels\":{\"kubernetes.io/metadata.name\":\"kube-system\"}}}";
    private static final String MAIN = namespace("kafka-main", 9093);
    private static final String PRIORITY = namespace("kafka-priority", 9093);
    private static final String DATABASE = ":5432 {\"ipBlock\":{\"cidr\":\"10.2.0.10/32\"}}";
    private static final String COPY = ":5433 {\"ipBlock\":{\"cidr\":\"10.2.0.11/32\"}}";
    private static final String COLLECTOR = ":4318 {\"ipBlock\":{\"cidr\":\"10.3.0.43/32\"}}";
    private static final String MAIL = ":587 {\"ipBlock\":{\"cidr\":\"10.3.0.25/32\"}}";

    private static List<JsonNode> objects;

    @BeforeAll
    static void render() {
        objects = Chart.site().and("""
            database: {whitelistUrl: "jdbc:postgresql://copy.example.org:5433/identicom"}
            networkPolicies:
              whitelistDatabase: [{ipBlock: {cidr: 10.2.0.11/32}}]
              people: [{to: [{ipBlock: {cidr: 10.3.0.25/32}}], ports: [{protocol: TCP, port: 587}]}]
              traces: [{to: [{ipBlock: {cidr: 10.3.0.43/32}}], ports: [{protocol: TCP, port: 4318}]}]
            """).objects();
    }

    @Test
    void aStationReachesBrokersTheWhitelistAndTheCollectorAndNothingElse() {
        assertThat(egress("watch-receiver")).containsExactlyInAnyOrder(NAMES, MAIN, PRIORITY, COPY, COLLECTOR);
    }

    @Test
    void anybodyMayDialInAtAStationAndOnlyPrometheusMayAskIt() {
        assertThat(ingress("watch-receiver")).containsExactlyInAnyOrder(":7700 anybody", namespace("monitoring", 8080));
    }

    @Test
    void aServiceReachesBrokersAndItsDatabaseAndAlertServiceReachesPeople() {
        assertThat(egress("watch-log-service")).containsExactlyInAnyOrder(NAMES, MAIN, PRIORITY, DATABASE, COLLECTOR);
        assertThat(egress("watch-alert-service"))
                .containsExactlyInAnyOrder(NAMES, MAIN, PRIORITY, DATABASE, COLLECTOR, MAIL);
    }

    @Test
    void aServiceIsReachedByTheIngressControllerAndPrometheusAndNoStation() {
        for (String service : List.of("alert-service", "fleet-service", "log-service", "media-service")) {
            assertThat(ingress("watch-" + service))
                    .containsExactlyInAnyOrder(namespace("ingress-nginx", 8080), namespace("monitoring", 8080));
        }
    }

    @Test
    void whatIsNotNamedIsNotAllowed() {
        JsonNode rest =
                Rendered.one(objects, "NetworkPolicy", "watch-nothing-else").path("spec");
        assertThat(rest.has("ingress") || rest.has("egress")).isFalse();
        assertThat(rest.path("policyTypes")).hasSize(2);
        JsonNode labels = rest.at("/podSelector/matchLabels");
        assertThat(Rendered.workloads(objects)).allSatisfy(workload -> {
            JsonNode pod = workload.at("/spec/template/metadata/labels");
            assertThat(labels.properties())
                    .isNotEmpty()
                    .allSatisfy(label -> assertThat(pod.path(label.getKey())).isEqualTo(label.getValue()));
        });
    }

    @Test
    void everyPolicyIsAboutPodsThatThereAre() {
        assertThat(Rendered.workloads(objects)).allSatisfy(workload -> {
            JsonNode policy = Rendered.one(objects, "NetworkPolicy", Rendered.name(workload));
            JsonNode pod = workload.at("/spec/template/metadata/labels");
            assertThat(policy.at("/spec/podSelector/matchLabels").properties())
                    .isNotEmpty()
                    .allSatisfy(label -> assertThat(pod.path(label.getKey())).isEqualTo(label.getValue()));
        });
    }

    private static String namespace(String name, int port) {
        return ":" + port + " {\"namespaceSelector\":{\"matchLabels\":{\"kubernetes.io/metadata.name\":\"" + name
                + "\"}}}";
    }

    private static List<String> egress(String policy) {
        return ways(policy, "egress", "to");
    }

    private static List<String> ingress(String policy) {
        return ways(policy, "ingress", "from");
    }

    /** Each port with each peer, UDP left out. */
    private static List<String> ways(String policy, String direction, String peers) {
        JsonNode rules =
                Rendered.one(objects, "NetworkPolicy", policy).path("spec").path(direction);
        return Rendered.items(rules)
                .flatMap(rule -> Rendered.items(rule.path("ports"))
                        .filter(port -> port.path("protocol").asText().equals("TCP"))
                        .map(port -> ":" + port.path("port").asInt() + " ")
                        .flatMap(port -> rule.has(peers)
                                ? Rendered.items(rule.path(peers)).map(peer -> port + peer)
                                : Stream.of(port + "anybody")))
                .toList();
    }
}
