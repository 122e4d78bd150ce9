package identicom.helm;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What every pod has, and what tells a station from a service. */
class PodsTest {
    private static List<JsonNode> objects;
    private static List<JsonNode> workloads;

    @BeforeAll
    static void render() {
        objects = Chart.ofSize("values-large.yaml").objects();
        workloads = Rendered.workloads(objects);
    }

    @Test
    void noPodMayDoMoreThanItsProgramNeeds() {
        assertThat(workloads).hasSize(6).allSatisfy(workload -> {
            JsonNode pod = Rendered.pod(workload);
            assertThat(pod.path("enableServiceLinks").asBoolean(true)).isFalse();
            assertThat(pod.path("automountServiceAccountToken").asBoolean(true)).isFalse();
            assertThat(pod.at("/securityContext/runAsNonRoot").asBoolean()).isTrue();
            assertThat(pod.at("/securityContext/seccompProfile/type").asText()).isEqualTo("RuntimeDefault");
            JsonNode container = Rendered.container(workload);
            assertThat(container.at("/securityContext/readOnlyRootFilesystem").asBoolean())
                    .isTrue();
            assertThat(container.at("/securityContext/allowPrivilegeEscalation").asBoolean(true))
                    .isFalse();
            assertThat(container.at("/securityContext/capabilities/drop/0").asText())
                    .isEqualTo("ALL");
            assertThat(container.at("/resources/requests/memory").asText()).isNotEmpty();
            assertThat(container.at("/resources/limits/memory").asText()).isNotEmpty();
            assertThat(container.path("image").asText()).contains("@sha256:");
        });
    }

    @Test
    void everythingThatServesIsProbedWhereTheProgramsAnswer() {
        assertThat(workloads)
                .filteredOn(workload -> !Rendered.kind(workload).equals("Job"))
                .hasSize(5)
                .allSatisfy(workload -> {
                    JsonNode container = Rendered.container(workload);
                    assertThat(container.at("/startupProbe/httpGet/path").asText())
                            .isEqualTo("/health/live");
                    assertThat(container.at("/livenessProbe/httpGet/path").asText())
                            .isEqualTo("/health/live");
                    assertThat(container.at("/readinessProbe/httpGet/path").asText())
                            .isEqualTo("/health/ready");
                });
    }

    @Test
    void everythingThatServesIsSpreadOverZonesAndEvictedOneByOne() {
        assertThat(workloads)
                .filteredOn(workload -> !Rendered.kind(workload).equals("Job"))
                .allSatisfy(workload -> {
                    JsonNode labels = workload.path("spec").path("selector").path("matchLabels");
                    JsonNode spread = Rendered.pod(workload).path("topologySpreadConstraints");
                    assertThat(Rendered.items(spread)
                                    .map(one -> one.path("topologyKey").asText()))
                            .contains("topology.kubernetes.io/zone");
                    assertThat(Rendered.items(spread).map(one -> one.at("/labelSelector/matchLabels")))
                            .containsOnly(labels);
                    assertThat(Rendered.ofKind(objects, "PodDisruptionBudget"))
                            .filteredOn(budget ->
                                    budget.at("/spec/selector/matchLabels").equals(labels))
                            .hasSize(1);
                });
    }

    @Test
    void aStationKeepsItsNameAndItsCopyOfTheWhitelist() {
        JsonNode station = Rendered.one(objects, "StatefulSet", "watch-receiver");
        assertThat(Rendered.items(Rendered.container(station).path("env")))
                .filteredOn(entry -> entry.path("name").asText().equals("IDENTICOM_RECEIVER_STATION"))
                .extracting(entry -> entry.path("value").asText())
                .containsExactly("$(POD_NAME)");
        assertThat(station.at("/spec/volumeClaimTemplates/0/metadata/name").asText())
                .isEqualTo("data");
    }

    @Test
    void stationsAreScaledByTheirConnections() {
        JsonNode scaler = Rendered.one(objects, "HorizontalPodAutoscaler", "watch-receiver");
        assertThat(scaler.at("/spec/metrics/0/pods/metric/name").asText()).isEqualTo("identicom_receiver_connections");
        assertThat(scaler.at("/spec/metrics/0/pods/target/averageValue").asText())
                .isEqualTo("20000");
        assertThat(Rendered.one(objects, "StatefulSet", "watch-receiver")
                        .path("spec")
                        .has("replicas"))
                .isFalse();
    }

    @Test
    void whatMigrateNeedsIsThereBeforeItAndBeforeTheRelease() {
        List<JsonNode> own = Chart.site()
                .and(
                        "secrets: {existing: {migrate: ''}, values: {"
                                + "database.admin.password: a, database.fleet.password: a, database.alerts.password: a,"
                                + "database.event-log.password: a, database.media.password: a, database.whitelist.password: a}}")
                .objects();
        for (String kind : List.of("ConfigMap", "Secret", "Job")) {
            JsonNode annotations =
                    Rendered.one(own, kind, "watch-migrate").path("metadata").path("annotations");
            assertThat(annotations.path("helm.sh/hook").asText()).isEqualTo("pre-install,pre-upgrade");
            assertThat(annotations.path("helm.sh/hook-weight").asInt()).isEqualTo(kind.equals("Job") ? 0 : -5);
        }
    }

    @Test
    void noPodIsGivenThePasswordsOfAnother() {
        assertThat(workloads)
                .filteredOn(workload -> Rendered.process(workload).equals("receiver"))
                .allSatisfy(station -> assertThat(Environments.secret(station).keySet())
                        .containsExactly("IDENTICOM_DATABASE_WHITELIST_PASSWORD"));
        assertThat(workloads)
                .filteredOn(workload -> Rendered.process(workload).equals("log-service"))
                .allSatisfy(service -> assertThat(Environments.secret(service).keySet())
                        .containsExactly("IDENTICOM_DATABASE_EVENT_LOG_PASSWORD"));
    }
}
