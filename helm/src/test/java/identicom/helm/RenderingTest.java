package identicom.helm;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.marcnuri.helm.LintResult;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** Every size, and what else can be chosen, passes the real helm and is what Kubernetes takes. */
class RenderingTest {
    /** Choices that render other objects than the example of a site does. */
    static final List<String> CHOICES = List.of(
            "{}",
            "stations: {autoscaling: {enabled: true}, state: {persistent: false}, namePrefix: north-}",
            "stations: {enabled: false}",
            """
            services: {enabled: false}
            migrate: {enabled: false}
            """,
            """
            stations:
              trustedProxies: [10.1.0.5/32]
              priorityClassName: emergencies
              nodeSelector: {zone: dmz}
              tolerations: [{key: dmz, operator: Exists, effect: NoSchedule}]
              service: {type: NodePort, sourceRanges: [10.0.0.0/8], annotations: {a: b}}
            """,
            "stations: {service: {sourceRanges: [10.0.0.0/8], loadBalancerClass: example.org/nlb}}",
            """
            kafka:
              topics: {strimzi: true, main: {cluster: main, namespace: kafka}, priority: {cluster: priority}}
              clientCertificates: {issuer: ""}
              main: {properties: {security.protocol: SASL_SSL}, secretProperties: [sasl.jaas.config], caSecret: ""}
            """,
            """
            secrets:
              existing: {stations: "", services: "", migrate: ""}
              values:
                database.whitelist.password: a
                database.fleet.password: b
                database.alerts.password: c
                database.event-log.password: d
                database.media.password: e
                database.admin.password: f
                admin.password: g
                mail.password: h
            """,
            "services: {media: {store: {existingClaim: pictures-of-before}}}",
            "image: {pullSecrets: [registry]}",
            "ingress: {enabled: false}",
            "{ingress: {tls: {issuer: '', secret: page}}, networkPolicies: {enabled: false}}",
            "publicUrl: http://10.1.2.3:8080",
            "monitoring: {enabled: false}",
            "services: {alert: {settings: {canary.serial: CANARY-1, canary.every: 2m}}}",
            """
            services: {alert: {settings: {mail.host: mx.example.org}}}
            networkPolicies: {people: [{to: [{ipBlock: {cidr: 10.3.0.0/16}}], ports: [{protocol: TCP, port: 587}]}]}
            """);

    static final List<String> SIZES = Chart.SIZES;

    static Stream<Chart> everything() {
        return Stream.concat(SIZES.stream().map(Chart::ofSize), CHOICES.stream().map(Chart.site()::and));
    }

    @ParameterizedTest
    @FieldSource("SIZES")
    void everySizePassesLint(String size) {
        LintResult result = Chart.ofSize(size).lint();
        assertThat(result.isFailed()).as("%s", result.getMessages()).isFalse();
    }

    @ParameterizedTest
    @FieldSource("SIZES")
    void everyObjectOfEverySizeIsOneThatKubernetesTakes(String size) {
        assertTaken(Chart.ofSize(size));
    }

    @ParameterizedTest
    @FieldSource("SIZES")
    void templateMakesOfEverySizeWhatAnInstallationDoes(String size) {
        assertThat(Chart.template(Chart.files(size)))
                .containsExactlyInAnyOrderElementsOf(Chart.ofSize(size).objects().stream()
                        .filter(object -> !object.at("/metadata/annotations").has("helm.sh/hook"))
                        .toList());
    }

    @ParameterizedTest
    @FieldSource("CHOICES")
    void everyObjectOfEveryChoiceIsOneThatKubernetesTakes(String choice) {
        assertTaken(Chart.site().and(choice));
    }

    private static void assertTaken(Chart chart) {
        List<JsonNode> objects =
                chart.objects().stream().filter(KubernetesModels::has).toList();
        assertThat(objects).hasSizeGreaterThan(4);
        assertThat(objects)
                .allSatisfy(object -> assertThat(KubernetesModels.fault(object))
                        .as(() -> Rendered.word(object) + "\n" + Yaml.text(object))
                        .isEmpty());
    }
}
